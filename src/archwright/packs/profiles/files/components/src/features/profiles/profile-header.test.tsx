import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { HandleNudge } from './handle-nudge';
import { ProfileHeader } from './profile-header';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann', display_name: 'Ann Lee', bio: 'Cooks.' });

describe('ProfileHeader', () => {
  it('says who it is', () => {
    fakeRest({});
    renderPage(<ProfileHeader profile={ann} />);
    expect(screen.getByRole('heading', { level: 1, name: 'Ann Lee' })).toBeInTheDocument();
    expect(screen.getByText('@ann')).toBeInTheDocument();
    expect(screen.getByText('Cooks.')).toBeInTheDocument();
    expect(screen.queryByText(t('profiles.privateBadge'))).not.toBeInTheDocument();
  });

  it('lets only the owner edit it', () => {
    fakeRest({});
    const { unmount } = renderPage(<ProfileHeader profile={ann} />, { userId: 'bob' });
    expect(screen.queryByRole('link', { name: t('profiles.edit') })).not.toBeInTheDocument();
    unmount();
    renderPage(<ProfileHeader profile={ann} />, { userId: 'ann' });
    expect(screen.getByRole('link', { name: t('profiles.edit') })).toHaveAttribute(
      'href',
      '/settings/profile',
    );
  });

  it('copies the address of the profile', async () => {
    fakeRest({});
    renderPage(<ProfileHeader profile={ann} />);
    const user = userEvent.setup();
    const copy = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: t('profiles.more', { handle: 'ann' }) }));
    await user.click(screen.getByRole('menuitem', { name: t('app.copyLink') }));
    expect(copy).toHaveBeenCalledWith(expect.stringMatching(/\/u\/ann$/));
  });
});

describe('HandleNudge', () => {
  it('asks those whose handle was made up', () => {
    fakeRest({});
    renderPage(<HandleNudge profile={{ ...ann, handle: 'user_0123456789abcdef' }} />);
    expect(screen.getByRole('link', { name: t('profiles.nudgeAction') })).toBeInTheDocument();
  });

  it('leaves others alone', () => {
    fakeRest({});
    renderPage(<HandleNudge profile={ann} />);
    expect(screen.queryByText(t('profiles.nudgeTitle'))).not.toBeInTheDocument();
  });
});
