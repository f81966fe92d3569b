import { useId, useMemo, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { useUserId } from '@/lib/session';
import { CaptionField } from './caption-field';
import { FileDrop } from './file-drop';
import { UploadDraftContext, useUploadDraft, type UploadDraft } from './upload-draft';
import { UploadError } from './upload-error';
import { UploadProgress } from './upload-progress';
import { useChosenFile } from './use-chosen-file';
import { useUpload } from './use-upload';
import { VisibilitySelect } from './visibility-select';

function UploadFields() {
  const { t } = useTranslation();
  const id = useId();
  const { draft, change } = useUploadDraft();
  return (
    <>
      <CaptionField value={draft.caption ?? ''} onChange={(caption) => change({ caption })} />
      <div className="flex flex-col gap-2">
        <Label htmlFor={id}>{t('videos.visibleTo')}</Label>
        <VisibilitySelect
          id={id}
          value={draft.visibility ?? 'public'}
          onChange={(visibility) => change({ visibility })}
        />
      </div>
      {/*% slot "upload.fields" %*/}
    </>
  );
}

interface UploadFormProps {
  /** An upload that was left unfinished. */
  videoId: string | null;
  initial: UploadDraft;
}

/** Choose a file, say what it is, publish it. */
export function UploadForm({ videoId, initial }: UploadFormProps) {
  const { t } = useTranslation();
  const userId = useUserId();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
  const { choose, chosen, reading, error: fileError, previewUrl } = useChosenFile();
  const { upload, cancel, progress, uploading, error } = useUpload(videoId);
  const state = useMemo(
    () => ({
      draft,
      change: (change: Partial<UploadDraft>) => setDraft((before) => ({ ...before, ...change })),
    }),
    [draft],
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!chosen || uploading) return;
    const trimmed = { ...draft, caption: (draft.caption ?? '').trim() };
    upload(
      { ...chosen, draft: trimmed, userId },
      { onSuccess: (id) => void navigate(`/videos/${id}`) },
    );
  };

  return (
    <UploadDraftContext value={state}>
      <form onSubmit={submit} className="grid gap-6 md:grid-cols-[minmax(0,20rem)_1fr]">
        <div className="flex flex-col gap-3">
          <FileDrop
            reading={reading}
            disabled={uploading}
            previewUrl={previewUrl}
            onFile={choose}
          />
          <UploadError error={fileError} />
        </div>
        <div className="flex flex-col gap-5">
          <UploadFields />
          {uploading && <UploadProgress fraction={progress} />}
          <UploadError error={error} />
          <div className="flex justify-end gap-2">
            {uploading && (
              <Button variant="ghost" onClick={cancel}>
                {t('app.cancel')}
              </Button>
            )}
            <Button type="submit" disabled={!chosen || reading} pending={uploading}>
              {t(error ? 'videos.publishRetry' : 'videos.publish')}
            </Button>
          </div>
        </div>
      </form>
    </UploadDraftContext>
  );
}
