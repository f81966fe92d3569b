import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';

const LIMIT = 2200;

interface CaptionFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** The caption of a video; it cannot get longer than the database takes. */
export function CaptionField({ value, onChange }: CaptionFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="flex flex-col gap-2">
      <Label htmlFor={id}>{t('videos.caption')}</Label>
      <Textarea
        id={id}
        value={value}
        rows={4}
        maxLength={LIMIT}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="flex justify-between gap-4 text-sm text-muted-foreground">
        <span>{t('videos.captionHint')}</span>
        <span>{t('videos.captionCount', { count: value.length, limit: LIMIT })}</span>
      </p>
    </div>
  );
}
