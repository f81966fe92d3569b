import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { SuspensionBadge } from './suspension-badge';

const { t } = i18n;

describe('SuspensionBadge', () => {
  it('tells members until when they are suspended', async () => {
    fakeRest({ suspensions: { ends_at: '2126-05-10T12:00:00Z' } });
    renderPage(<SuspensionBadge />, { userId: 'ann' });
    await userEvent.click(await screen.findByRole('button', { name: t('reports.suspendedBadge') }));
    const dialog = screen.getByRole('dialog', { name: t('reports.suspendedTitle') });
    expect(dialog).toHaveAccessibleDescription(/2126/);
  });

  it('is not there for anybody else', async () => {
    const rest = fakeRest({ suspensions: [] });
    const { unmount } = renderPage(<SuspensionBadge />, { userId: 'ann' });
    await waitFor(() => expect(rest).toHaveBeenCalled());
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    unmount();
    rest.mockClear();
    renderPage(<SuspensionBadge />);
    expect(rest).not.toHaveBeenCalled();
  });
});
