import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { Component as MePage } from './me-page';
import { Component as ProfilePage } from './profile-page';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann', display_name: 'Ann Lee' });

function renderProfile(answer: unknown, status = 200) {
  fakeRest({ profiles: answer }, status);
  return renderPage(<ProfilePage />, { at: '/u/Ann', path: '/u/:handle', userId: 'bob' });
}

describe('the page of a profile', () => {
  it('shows whose it is', async () => {
    renderProfile([ann]);
    expect(screen.getByRole('status', { name: t('app.loading') })).toBeInTheDocument();
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Ann Lee');
    expect(screen.queryByText(t('profiles.privateTitle'))).not.toBeInTheDocument();
  });

  it('says so when nobody has the handle', async () => {
    renderProfile([]);
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });

  it('shows only the header of a profile that is closed to the viewer', async () => {
    renderProfile([{ ...ann, is_private: true, viewer_may_see: false }]);
    expect(await screen.findByText(t('profiles.privateTitle'))).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Ann Lee');
    expect(screen.queryByRole('tablist')).not.toBeInTheDocument();
  });

  it('offers to try again after a failure', async () => {
    renderProfile({ code: '42501', message: 'denied' }, 403);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorForbidden'));
    expect(screen.getByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });
});

describe('/me', () => {
  it("leads to one's own profile", async () => {
    fakeRest({ profiles: ann });
    const routes = [{ path: '/u/:handle', element: <p>profile</p> }];
    const { router } = renderPage(<MePage />, { at: '/me', userId: 'ann', routes });
    expect(await screen.findByText('profile')).toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/u/ann');
  });
});
