import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Profile } from '@/features/profiles/profiles-api';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { FollowActions } from './follow-actions';
import { FollowButton } from './follow-button';
import { FollowStats } from './follow-stats';

const { t } = i18n;
const bob = sampleProfile({
  id: 'bob',
  handle: 'bob',
  display_name: 'Bob',
  follower_count: 1234,
  following_count: 1,
});

describe('FollowButton', () => {
  let rest: ReturnType<typeof fakeRest>;
  beforeEach(() => {
    rest = fakeRest({});
  });

  const button = (key: 'follow' | 'following' | 'requested' | 'followBack') =>
    screen.getByRole('button', {
      name: t('follows.buttonLabel', { state: t(`follows.${key}`), name: 'Bob' }),
    });
  const sent = () => rest.mock.calls.map(([, init]) => init?.method).filter((m) => m !== 'GET');
  const show = (fields: Partial<Profile>) =>
    renderPage(<FollowButton profile={{ ...bob, ...fields }} />, { userId: 'ann' });

  it('follows', async () => {
    show({});
    await userEvent.click(button('follow'));
    await waitFor(() => expect(sent()).toEqual(['POST']));
  });

  it('unfollows', async () => {
    show({ viewer_follows: true });
    await userEvent.click(button('following'));
    await waitFor(() => expect(sent()).toEqual(['DELETE']));
  });

  it('asks first where coming back needs consent', async () => {
    show({ viewer_follows: true, is_private: true });
    await userEvent.click(button('following'));
    expect(sent()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: t('follows.unfollowConfirm') }));
    await waitFor(() => expect(sent()).toEqual(['DELETE']));
  });

  it('takes a request back', async () => {
    show({ viewer_requested: true, is_private: true });
    await userEvent.click(button('requested'));
    await waitFor(() => expect(sent()).toEqual(['DELETE']));
  });

  it('says that the other follows already', () => {
    show({ follows_viewer: true });
    expect(button('followBack')).toBeInTheDocument();
  });

  it('sends guests to sign in and back', () => {
    renderPage(<FollowButton profile={bob} />, { at: '/u/bob' });
    expect(screen.getByRole('link')).toHaveAttribute('href', '/sign-in?next=%2Fu%2Fbob');
  });
});

describe('FollowActions', () => {
  it('offers nothing to press on an own profile without requests', () => {
    fakeRest({});
    renderPage(<FollowActions profile={bob} />, { userId: 'bob' });
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('FollowStats', () => {
  it('leads to the lists of those one may see', () => {
    renderPage(<FollowStats profile={bob} />);
    const followers = t('follows.followerCount', { count: 1234, shown: '1.2K' });
    expect(screen.getByRole('link', { name: followers })).toHaveAttribute(
      'href',
      '/u/bob/followers',
    );
  });

  it('only counts for everyone else', () => {
    renderPage(<FollowStats profile={{ ...bob, viewer_may_see: false }} />);
    expect(screen.getByText(t('follows.followingCount', { shown: '1' }))).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
