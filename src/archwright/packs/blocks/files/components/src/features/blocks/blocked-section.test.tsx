import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { BlockedSection } from './blocked-section';
import { MutedSection } from './muted-section';

const { t } = i18n;
const bob = {
  id: 'bob',
  handle: 'bob',
  display_name: 'Bob',
  avatar_path: null,
  created_at: '2026-01-01T00:00:00Z',
};

describe('BlockedSection', () => {
  it('lets someone back in', async () => {
    const answers = { blocked_members: [bob] };
    const request = fakeRest(answers);
    renderPage(<BlockedSection />, { userId: 'ann' });
    const name = t('blocks.unblockOne', { handle: 'bob' });
    const button = await screen.findByRole('button', { name });
    answers.blocked_members = []; // what is empty is looked up once more
    await userEvent.click(button);
    await waitFor(() => expect(screen.queryByText('@bob')).not.toBeInTheDocument());
    expect(request).toHaveBeenCalledWith(
      expect.stringContaining('blocked_id=eq.bob'),
      expect.objectContaining({ method: 'DELETE' }),
    );
  });

  it('says when there is nobody', async () => {
    fakeRest({});
    renderPage(<BlockedSection />, { userId: 'ann' });
    expect(await screen.findByText(t('blocks.blockedEmpty'))).toBeInTheDocument();
  });
});

describe('MutedSection', () => {
  it('lists whom one has muted', async () => {
    fakeRest({ muted_members: [bob] });
    renderPage(<MutedSection />, { userId: 'ann' });
    expect(
      await screen.findByRole('button', { name: t('blocks.unmuteOne', { handle: 'bob' }) }),
    ).toBeInTheDocument();
  });
});
