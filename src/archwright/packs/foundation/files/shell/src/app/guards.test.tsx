import { act, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { safePath, signInPath } from '@/lib/next-path';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { RequireGuest, RequireMember, RequireRole } from './guards';

const { t } = i18n;

function renderGuard(guard: ReactElement, at: string, userId: string | null) {
  const page = (path: string, text: string) => ({ path, element: <p>{text}</p> });
  return renderPage(<p>home</p>, {
    at,
    path: '/',
    userId,
    routes: [
      { element: guard, children: [page('/inbox', 'inside')] },
      { Component: RequireGuest, children: [page('/sign-in', 'sign in here')] },
    ],
  });
}

describe('RequireMember', () => {
  it('lets members in', () => {
    fakeRest({});
    renderGuard(<RequireMember />, '/inbox', 'ann');
    expect(screen.getByText('inside')).toBeInTheDocument();
  });

  it('sends guests to sign in, and back to where they wanted to go', async () => {
    fakeRest({});
    const { auth, router } = renderGuard(<RequireMember />, '/inbox?tab=new#top', null);
    expect(await screen.findByText('sign in here')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?next=%2Finbox%3Ftab%3Dnew%23top');
    act(() => auth.emit('SIGNED_IN', sessionOf('ann')));
    expect(await screen.findByText('inside')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?tab=new');
  });
});

describe('RequireRole', () => {
  it('lets the role in', async () => {
    fakeRest({ my_roles: ['moderator'] });
    renderGuard(<RequireRole role="moderator" />, '/inbox', 'ann');
    expect(await screen.findByText('inside')).toBeInTheDocument();
  });

  it('does not exist for others', async () => {
    fakeRest({ my_roles: ['seller'] });
    renderGuard(<RequireRole role="moderator" />, '/inbox', 'ann');
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
    expect(screen.queryByText('inside')).not.toBeInTheDocument();
  });

  it('offers to try again when the roles cannot be read', async () => {
    fakeRest({ my_roles: { code: '57014', message: 'timeout' } }, 500);
    renderGuard(<RequireRole role="moderator" />, '/inbox', 'ann');
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });

  it('sends guests to sign in', async () => {
    fakeRest({});
    renderGuard(<RequireRole role="moderator" />, '/inbox', null);
    expect(await screen.findByText('sign in here')).toBeInTheDocument();
  });
});

describe('safePath', () => {
  it.each([
    ['/inbox', '/inbox'],
    ['/videos/1?t=2#c', '/videos/1?t=2#c'],
    [null, '/'],
    ['', '/'],
    ['inbox', '/'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('%j leads to %s', (wanted, path) => {
    expect(safePath(wanted)).toBe(path);
  });

  it('comes back from the address that signInPath makes', () => {
    const path = signInPath({ pathname: '/a', search: '?b=c&d', hash: '#e' });
    expect(safePath(new URLSearchParams(path.split('?')[1]).get('next'))).toBe('/a?b=c&d#e');
  });
});
