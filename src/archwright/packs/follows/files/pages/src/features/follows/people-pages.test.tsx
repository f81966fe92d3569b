import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { RequireMember } from '@/app/guards';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { Component as FollowersPage } from './followers-page';
import { Component as FollowingPage } from './following-page';
import { Component as RequestsPage } from './requests-page';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann', display_name: 'Ann' });
const bob = sampleProfile({ id: 'bob', handle: 'bob', display_name: 'Bob' });
const row = { created_at: '2026-01-02T00:00:00Z', profile: bob };

const at = { at: '/u/ann/followers', path: '/u/:handle/followers' };

function sent(rest: ReturnType<typeof fakeRest>) {
  return rest.mock.calls.map(([, init]) => init?.method).filter((method) => method !== 'GET');
}

describe('followers', () => {
  it('are listed with a button to follow each', async () => {
    fakeRest({ profiles: [ann], follows: [row] });
    renderPage(<FollowersPage />, { ...at, userId: 'eve' });
    expect(await screen.findByRole('link', { name: /Bob/ })).toHaveAttribute('href', '/u/bob');
    const state = t('follows.follow');
    const name = t('follows.buttonLabel', { state, name: 'Bob' });
    expect(screen.getByRole('button', { name })).toBeInTheDocument();
    const remove = t('follows.removeFollower', { name: 'Bob' });
    expect(screen.queryByRole('button', { name: remove })).not.toBeInTheDocument();
  });

  it('can be removed by the one whom they follow', async () => {
    const rest = fakeRest({ profiles: [ann], follows: [row] });
    renderPage(<FollowersPage />, { ...at, userId: 'ann' });
    const name = t('follows.removeFollower', { name: 'Bob' });
    await userEvent.click(await screen.findByRole('button', { name }));
    await waitFor(() => expect(sent(rest)).toEqual(['DELETE']));
  });

  it('of a private profile are not for everyone', async () => {
    fakeRest({ profiles: [{ ...ann, is_private: true, viewer_may_see: false }], follows: [row] });
    renderPage(<FollowersPage />, { ...at, userId: 'eve' });
    expect(await screen.findByText(t('profiles.privateTitle'))).toBeInTheDocument();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});

describe('those who are followed', () => {
  it('may be nobody', async () => {
    fakeRest({ profiles: [ann], follows: [] });
    renderPage(<FollowingPage />, { at: '/u/ann/following', path: '/u/:handle/following' });
    expect(await screen.findByText(t('follows.followingEmpty'))).toBeInTheDocument();
  });

  it('of nobody are not found', async () => {
    fakeRest({ profiles: [] });
    renderPage(<FollowingPage />, { at: '/u/x/following', path: '/u/:handle/following' });
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});

describe('requests', () => {
  it.each([
    ['accept', 'PATCH'],
    ['decline', 'DELETE'],
  ] as const)('%s: the row goes', async (answer, method) => {
    const answers = { follows: [row] };
    const rest = fakeRest(answers);
    renderPage(<p>home</p>, {
      at: '/follow-requests',
      path: '/',
      userId: 'ann',
      routes: [
        {
          Component: RequireMember,
          children: [{ path: '/follow-requests', Component: RequestsPage }],
        },
      ],
    });
    const name = t(`follows.${answer}Label`, { name: 'Bob' });
    const button = await screen.findByRole('button', { name });
    answers.follows = []; // what is empty is looked up once more
    await userEvent.click(button);
    expect(await screen.findByText(t('follows.requestsEmpty'))).toBeInTheDocument();
    await waitFor(() => expect(sent(rest)).toEqual([method]));
  });
});
