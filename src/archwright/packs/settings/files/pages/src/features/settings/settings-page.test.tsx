import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { supabase } from '@/lib/supabase';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { Component as SettingsPage } from './settings-page';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann' });

function renderSettings(at = '/settings/data') {
  return renderPage(<SettingsPage />, {
    at,
    path: '/settings/:section?',
    userId: 'ann',
    routes: [{ path: '/', element: <p>home</p> }],
  });
}

describe('the settings', () => {
  let rest: ReturnType<typeof fakeRest>;
  beforeEach(() => {
    rest = fakeRest({ profiles: ann, export_my_data: { tables: {} }, may_delete_account: true, delete_account: null });
  });

  const called = (name: string) =>
    rest.mock.calls.some(([input]) =>
      (input instanceof Request ? input.url : String(input)).endsWith(`/rpc/${name}`),
    );

  it('open at the section of the address', () => {
    const shown: string[] = [];
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      shown.push(this.id);
    });
    renderSettings('/settings/privacy');
    expect(shown).toContain('privacy');
  });

  it('change the email address after a confirmation', async () => {
    const { user: account } = sessionOf('ann');
    const saved = vi
      .spyOn(supabase.auth, 'updateUser')
      .mockResolvedValue({ data: { user: account }, error: null });
    renderSettings();
    const field = screen.getByLabelText(t('settings.email'));
    const save = screen.getByRole('button', { name: t('settings.changeEmail') });
    await userEvent.click(save);
    await waitFor(() => expect(field).toBeInvalid());
    expect(saved).not.toHaveBeenCalled();
    await userEvent.clear(field);
    await userEvent.type(field, 'New@example.com');
    await userEvent.click(save);
    const emailRedirectTo = `${window.location.origin}/settings`;
    await waitFor(() =>
      expect(saved).toHaveBeenCalledWith({ email: 'new@example.com' }, { emailRedirectTo }),
    );
  });

  it('end the session on every device', async () => {
    renderSettings();
    const signOut = vi.spyOn(supabase.auth, 'signOut');
    const button = screen.getByRole('button', { name: t('settings.signOutEverywhere') });
    await userEvent.click(button);
    expect(signOut).toHaveBeenCalledWith({ scope: 'global' });
  });

  it('choose the theme', async () => {
    renderSettings();
    await userEvent.click(screen.getByRole('button', { name: t('app.themeDark') }));
    expect(screen.getByRole('button', { name: t('app.themeDark') })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(document.documentElement).toHaveClass('dark');
    await userEvent.click(screen.getByRole('button', { name: t('app.themeSystem') }));
  });

  it("give a copy of one's data", async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:data');
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    renderSettings();
    await userEvent.click(screen.getByRole('button', { name: t('settings.exportAction') }));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(called('export_my_data')).toBe(true);
  });

  it('delete the account only of those who type their handle', async () => {
    renderSettings();
    const signOut = vi.spyOn(supabase.auth, 'signOut');
    await userEvent.click(await screen.findByRole('button', { name: t('settings.deleteAction') }));
    const field = screen.getByLabelText(t('settings.deleteConfirm', { handle: 'ann' }));
    const confirm = screen.getByRole('button', { name: t('settings.deleteAction') });
    expect(confirm).toBeDisabled();
    await userEvent.type(field, '@Ann');
    await userEvent.click(confirm);
    expect(await screen.findByText('home')).toBeInTheDocument();
    expect(called('delete_account')).toBe(true);
    expect(signOut).toHaveBeenCalledWith({ scope: 'local' });
  });

  it('say so when the account could not be deleted', async () => {
    renderSettings();
    await userEvent.click(await screen.findByRole('button', { name: t('settings.deleteAction') }));
    await userEvent.type(screen.getByRole('textbox', { name: /handle/ }), 'ann');
    fakeRest({ may_delete_account: { code: 'P0001', message: 'account_files_remain' } }, 400);
    await userEvent.click(screen.getByRole('button', { name: t('settings.deleteAction') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('settings.filesRemain'));
  });
});
