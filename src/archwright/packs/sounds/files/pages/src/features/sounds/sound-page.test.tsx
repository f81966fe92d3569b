import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThing } from '@/test/sample-thing';
import { Component } from './sound-page';

const { t } = i18n;
const sound = {
  id: 's1',
  title: 'Lake hum',
  thing_count: 2,
  created_at: '2026-01-01T00:00:00Z',
  creator: { id: 'ann', handle: 'ann', display_name: 'Ann', avatar_path: null },
};
const open = (userId: string | null = null) =>
  renderPage(<Component />, { userId, at: '/sounds/s1', path: '/sounds/:soundId' });

describe('sound page', () => {
  it('lists what uses the sound, and offers to use it', async () => {
    fakeRest({ sounds: [sound], things: [sampleThing({ id: 't1' })] });
    open();
    expect(await screen.findByRole('heading', { level: 1, name: 'Lake hum' })).toBeInTheDocument();
    expect(screen.getByText(t('sounds.count', { count: 2 }))).toBeInTheDocument();
    expect(await screen.findByRole('list', { name: t('sounds.videos') })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('sounds.use') })).toHaveAttribute(
      'href',
      '/upload?sound=s1',
    );
    expect(screen.queryByRole('button', { name: t('sounds.rename') })).not.toBeInTheDocument();
  });

  it('lets its creator name it', async () => {
    const rest = fakeRest({ sounds: [{ ...sound, title: null }] });
    open('ann');
    const original = t('sounds.original', { handle: 'ann' });
    expect(await screen.findByRole('heading', { level: 1, name: original })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: t('sounds.rename') }));
    expect(screen.getByRole('button', { name: t('sounds.save') })).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox', { name: t('sounds.title') }), ' Wind ');
    await userEvent.click(screen.getByRole('button', { name: t('sounds.save') }));
    await waitFor(() =>
      expect(rest.mock.calls.map(([, init]) => init?.body)).toContain('{"title":"Wind"}'),
    );
  });

  it('says when there is none', async () => {
    fakeRest({ sounds: [] });
    open();
    expect(await screen.findByText(t('sounds.gone'))).toBeInTheDocument();
  });

  it('says when it cannot be loaded', async () => {
    fakeRest({ sounds: { code: '57014', message: 'timeout' } }, 500);
    open();
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });
});
