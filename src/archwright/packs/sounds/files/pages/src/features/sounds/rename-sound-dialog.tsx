import { useId, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import type { Sound } from './sounds-api';
import { useRenameSound } from './use-sounds';

const LIMIT = 80;

interface RenameSoundDialogProps {
  sound: Sound;
  onClose: () => void;
}

/** Lets the creator of a sound name it. It is mounted while it is open, so it starts afresh. */
export function RenameSoundDialog({ sound, onClose }: RenameSoundDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [title, setTitle] = useState(sound.title ?? '');
  const { mutate } = useRenameSound();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    mutate({ id: sound.id, title: title.trim() });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('sounds.rename')}
      description={t('sounds.renameText')}
      footer={
        <Button type="submit" form={`${id}-form`} disabled={title.trim() === ''}>
          {t('sounds.save')}
        </Button>
      }
    >
      <form id={`${id}-form`} onSubmit={save} className="flex flex-col gap-2">
        <Label htmlFor={id}>{t('sounds.title')}</Label>
        <Input
          id={id}
          value={title}
          maxLength={LIMIT}
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
