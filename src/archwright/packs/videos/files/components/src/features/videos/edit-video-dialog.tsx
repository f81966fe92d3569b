import { useId, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { useUpdateVideo } from './use-change-video';
import { CaptionField } from './caption-field';
import type { Video } from './videos-api';
import { VisibilitySelect } from './visibility-select';

interface EditVideoDialogProps {
  video: Video;
  onClose: () => void;
}

/** Caption and visibility of one's own video. It is mounted while it is open, so it starts afresh. */
export function EditVideoDialog({ video, onClose }: EditVideoDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [caption, setCaption] = useState(video.caption);
  const [visibility, setVisibility] = useState(video.visibility);
  const { mutate } = useUpdateVideo();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    mutate({ id: video.id, changes: { caption: caption.trim(), visibility } });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('videos.edit')}
      description={t('videos.editText')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" form={id}>
            {t('videos.save')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={save} className="flex flex-col gap-5">
        <CaptionField value={caption} onChange={setCaption} />
        <div className="flex flex-col gap-2">
          <Label htmlFor={`${id}-visibility`}>{t('videos.visibleTo')}</Label>
          <VisibilitySelect id={`${id}-visibility`} value={visibility} onChange={setVisibility} />
        </div>
      </form>
    </Dialog>
  );
}
