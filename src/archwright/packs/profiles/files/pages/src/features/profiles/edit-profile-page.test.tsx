import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { supabase } from '@/lib/supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { Component as EditProfilePage } from './edit-profile-page';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann', display_name: 'Ann', avatar_path: 'ann/a.png' });

interface Answers {
  /** What the check of a handle finds. */
  taken?: boolean;
  /** How saving is refused. */
  refusal?: { code: string; message: string };
}

function written(init: RequestInit | undefined): object {
  return typeof init?.body === 'string' ? (JSON.parse(init.body) as object) : {};
}

/** Answers reads with the profile, checks of a handle, and changes. */
function fakeProfiles({ taken = false, refusal }: Answers = {}) {
  let profile = ann;
  return vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (init?.method === 'PATCH') {
      if (refusal) return Promise.resolve(Response.json(refusal, { status: 409 }));
      profile = { ...profile, ...written(init) };
    }
    if (!url.pathname.endsWith('/profiles')) return Promise.resolve(Response.json([]));
    const asked = url.searchParams.get('select') === 'id';
    return Promise.resolve(Response.json(asked ? (taken ? [{ id: 'bob' }] : []) : profile));
  });
}

function changes(rest: ReturnType<typeof fakeProfiles>): object[] {
  return rest.mock.calls
    .filter(([, init]) => init?.method === 'PATCH')
    .map(([, init]) => written(init));
}

async function renderForm() {
  renderPage(<EditProfilePage />, { userId: 'ann' });
  const handle = await screen.findByRole('textbox', { name: t('profiles.handle') });
  return { user: userEvent.setup(), handle };
}

describe('editing a profile', () => {
  it('saves what was written', async () => {
    const rest = fakeProfiles();
    const { user, handle } = await renderForm();
    await user.clear(handle);
    await user.type(handle, '@Ann.Cooks');
    await user.type(screen.getByRole('textbox', { name: /^Bio/ }), 'Soup.');
    await user.click(screen.getByRole('button', { name: t('profiles.save') }));
    await waitFor(() => expect(handle).toHaveValue('ann.cooks'));
    expect(changes(rest)).toEqual([{ display_name: 'Ann', handle: 'ann.cooks', bio: 'Soup.' }]);
  });

  it('tells while typing that a handle is taken', async () => {
    fakeProfiles({ taken: true });
    const { user, handle } = await renderForm();
    await user.type(handle, 'lee');
    expect(screen.getByText(t('profiles.handleChecking'))).toBeInTheDocument();
    expect(await screen.findByText(t('profiles.handleTaken'))).toBeInTheDocument();
  });

  it('does not send a handle that cannot be one', async () => {
    const rest = fakeProfiles();
    const { user, handle } = await renderForm();
    await user.type(handle, '..x');
    await user.click(screen.getByRole('button', { name: t('profiles.save') }));
    expect(await screen.findByText(t('profiles.handleForm'))).toBeInTheDocument();
    expect(handle).toBeInvalid();
    expect(changes(rest)).toEqual([]);
  });

  it('has words for a handle that was taken in the meantime', async () => {
    const message = 'duplicate key value violates unique constraint "profiles_handle_key"';
    fakeProfiles({ refusal: { code: '23505', message } });
    const { user } = await renderForm();
    await user.click(screen.getByRole('button', { name: t('profiles.save') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('profiles.handleTaken'));
  });

  it('switches to private at once, and back when the server refuses', async () => {
    const rest = fakeProfiles({ refusal: { code: '42501', message: 'denied' } });
    const { user } = await renderForm();
    const toggle = screen.getByRole('switch', { name: t('profiles.privateLabel') });
    await user.click(toggle);
    await waitFor(() => expect(changes(rest)).toEqual([{ is_private: true }]));
    await waitFor(() => expect(toggle).not.toBeChecked());
  });
});

describe('the picture', () => {
  it('can be removed', async () => {
    const rest = fakeProfiles();
    const remove = vi.fn(() => Promise.resolve({ data: [], error: null }));
    const bucket = supabase.storage.from('avatars');
    vi.spyOn(supabase.storage, 'from').mockReturnValue(Object.assign(bucket, { remove }));
    const { user } = await renderForm();
    await user.click(screen.getByRole('button', { name: t('profiles.avatarRemove') }));
    await waitFor(() => expect(remove).toHaveBeenCalledWith(['ann/a.png']));
    expect(changes(rest)).toEqual([{ avatar_path: null }]);
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: t('profiles.avatarRemove') })).toBeNull(),
    );
  });

  it('can be called off while it is uploaded', async () => {
    const rest = fakeProfiles();
    const stopped = vi.fn();
    class NeverDone extends EventTarget {
      readonly upload = new EventTarget();
      open = vi.fn();
      setRequestHeader = vi.fn();
      send = vi.fn();
      abort() {
        stopped();
        this.dispatchEvent(new Event('abort'));
      }
    }
    vi.stubGlobal('XMLHttpRequest', NeverDone);
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:me');
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
    const { user } = await renderForm();
    const file = new File(['x'], 'me.png', { type: 'image/png' });
    await user.upload(screen.getByLabelText(t('profiles.avatarChoose'), { selector: 'input' }), file);
    expect(screen.getByText(t('profiles.avatarUploading', { percent: 0 }))).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: t('app.cancel') }));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: t('app.cancel') })).not.toBeInTheDocument(),
    );
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(changes(rest)).toEqual([]);
  });

  it('refuses a file of another type before sending it', async () => {
    const rest = fakeProfiles();
    await renderForm();
    const user = userEvent.setup({ applyAccept: false });
    const file = new File(['x'], 'me.gif', { type: 'image/gif' });
    await user.upload(screen.getByLabelText(t('profiles.avatarChoose'), { selector: 'input' }), file);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorFileType'));
    expect(changes(rest)).toEqual([]);
  });
});
