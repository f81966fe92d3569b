import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { families } from './notification-kinds';
import { NotificationPreferences } from './notification-preferences';

const { t } = i18n;

describe('NotificationPreferences', () => {
  it('has a switch for each family of news, on unless it was turned off', async () => {
    const [off] = families();
    fakeRest({ notification_opt_outs: (off?.kinds ?? []).map((kind) => ({ kind })) });
    renderPage(<NotificationPreferences />, { userId: 'ann' });
    expect(
      await screen.findByRole('heading', { name: t('notifications.preferences') }),
    ).toBeInTheDocument();
    for (const family of families()) {
      const name = t(family.textKey);
      const control = await screen.findByRole('switch', { name });
      expect(control).toHaveAttribute('aria-checked', String(family.name !== off?.name));
    }
  });

  it('turns every kind of a family off at once', async () => {
    const request = fakeRest({});
    renderPage(<NotificationPreferences />, { userId: 'ann' });
    expect(await screen.findByRole('region')).toBeInTheDocument();
    for (const { textKey, kinds } of families()) {
      await userEvent.click(await screen.findByRole('switch', { name: t(textKey) }));
      expect(request).toHaveBeenCalledWith(
        expect.stringContaining('/notification_opt_outs'),
        expect.objectContaining({
          method: 'POST',
          body: JSON.stringify(kinds.map((kind) => ({ kind }))),
        }),
      );
    }
  });
});
