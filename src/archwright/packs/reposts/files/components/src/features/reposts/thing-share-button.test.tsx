import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { RepostedThings } from './reposted-things';
import { ThingShareButton } from './thing-share-button';

const { t } = i18n;
const thing = { id: 'a', repost_count: 1, share_count: 7, viewer_reposted: false };

async function openSheet(userId: string | null) {
  const rest = fakeRest({});
  const user = userEvent.setup();
  const page = renderPage(<ThingShareButton thing={thing} />, {
    userId,
    at: '/somewhere',
    routes: [{ path: '/sign-in', element: <p>sign in here</p> }],
  });
  await user.click(screen.getByRole('button', { name: t('reposts.share', { count: 7 }) }));
  await screen.findByRole('dialog', { name: t('reposts.thing.title') });
  const paths = () =>
    rest.mock.calls.map(([input]) => (input instanceof Request ? input.url : input.toString()));
  return { ...page, user, paths };
}

describe('ThingShareButton', () => {
  it('copies the link, and counts that for members', async () => {
    const { user, paths } = await openSheet('ann');
    const copy = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: t('app.copyLink') }));
    expect(copy).toHaveBeenCalledWith(expect.stringMatching(/\/things\/a$/));
    await waitFor(() => expect(paths().some((path) => path.includes('/thing_shares'))).toBe(true));
  });

  it('counts nothing when another app is not chosen after all', async () => {
    const share = vi.fn<(data: ShareData) => Promise<void>>();
    share.mockRejectedValue(new DOMException('given up', 'AbortError'));
    vi.stubGlobal('navigator', Object.assign(navigator, { share }));
    const { user, paths } = await openSheet('ann');
    await user.click(screen.getByRole('button', { name: t('reposts.more') }));
    expect(share).toHaveBeenCalledTimes(1);
    expect(paths().some((path) => path.includes('/thing_shares'))).toBe(false);
    Reflect.deleteProperty(navigator, 'share');
  });

  it('reposts', async () => {
    const { user, paths } = await openSheet('ann');
    await user.click(screen.getByRole('button', { name: t('reposts.repost') }));
    await waitFor(() => expect(paths().some((path) => path.includes('/thing_reposts'))).toBe(true));
  });

  it('sends guests who want to repost to sign in', async () => {
    const { user, router } = await openSheet(null);
    await user.click(screen.getByRole('button', { name: t('reposts.repost') }));
    expect(await screen.findByText('sign in here')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?next=%2Fsomewhere');
  });
});

describe('RepostedThings', () => {
  it('says when there is nothing', async () => {
    fakeRest({ thing_reposts: [] });
    renderPage(<RepostedThings profile={sampleProfile()} />);
    expect(await screen.findByText(t('reposts.emptyTitle'))).toBeInTheDocument();
  });
});
