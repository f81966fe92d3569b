import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useMemo, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { UploadDraftContext, type UploadDraft } from '@/features/things/upload-draft';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThing } from '@/test/sample-thing';
import { ThingSound } from './thing-sound';
import { UploadSound } from './upload-sound';

const { t } = i18n;
const sound = { id: 's1', title: null, creator: { id: 'ann', handle: 'ann' } };

function Draft() {
  const [draft, setDraft] = useState<UploadDraft>({});
  const state = useMemo(
    () => ({
      draft,
      change: (change: Partial<UploadDraft>) => setDraft((before) => ({ ...before, ...change })),
    }),
    [draft],
  );
  return (
    <UploadDraftContext value={state}>
      <UploadSound />
      <output>{draft.sound_id ?? 'none'}</output>
    </UploadDraftContext>
  );
}

describe('UploadSound', () => {
  it('puts the sound into the form, and takes it out again', async () => {
    fakeRest({ sounds: [sound] });
    renderPage(<Draft />, { at: '/upload?sound=s1', path: '/upload' });
    expect(await screen.findByText(t('sounds.original', { handle: 'ann' }))).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('s1');
    await userEvent.click(screen.getByRole('button', { name: t('sounds.fieldRemove') }));
    expect(screen.getByRole('status')).toHaveTextContent('none');
  });

  it('goes without a sound that is gone', async () => {
    fakeRest({ sounds: [] });
    renderPage(<Draft />, { at: '/upload?sound=s1', path: '/upload' });
    expect(await screen.findByText(t('sounds.fieldGone'))).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('none');
  });

  it('does not take a failure for a sound that is gone', async () => {
    fakeRest({ sounds: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<Draft />, { at: '/upload?sound=s1', path: '/upload' });
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
    expect(screen.queryByText(t('sounds.fieldGone'))).not.toBeInTheDocument();
  });

  it('says nothing where none was chosen', async () => {
    fakeRest({});
    renderPage(<Draft />, { at: '/upload' });
    expect(await screen.findByRole('status')).toHaveTextContent('none');
    expect(screen.queryByText(t('sounds.fieldText'))).not.toBeInTheDocument();
  });
});

describe('ThingSound', () => {
  it('names the sound and leads to it', () => {
    fakeRest({});
    renderPage(<ThingSound thing={sampleThing({ sound: { ...sound, title: 'Lake hum' } })} />);
    const name = t('sounds.open', { title: 'Lake hum' });
    expect(screen.getByRole('link', { name })).toHaveAttribute('href', '/sounds/s1');
  });

  it('is not there without a sound', () => {
    fakeRest({});
    renderPage(<ThingSound thing={sampleThing({ sound: null })} />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
