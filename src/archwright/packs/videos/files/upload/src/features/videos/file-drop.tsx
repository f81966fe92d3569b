import { ClapperboardIcon } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '@/components/ui/spinner';
import { cn } from '@/lib/cn';
import { VIDEO_TYPES } from './video-file';

interface FileDropProps {
  /** The chosen file is being looked at. */
  reading: boolean;
  disabled: boolean;
  /** Shows the chosen video. */
  previewUrl: string | null;
  onFile: (file: File) => void;
}

/** A place to choose a file or drop one. The file input itself keeps it usable by keyboard. */
export function FileDrop({ reading, disabled, previewUrl, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !disabled) onFile(file);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'relative flex aspect-[9/12] flex-col items-center justify-center gap-3 overflow-hidden rounded-2xl border-2 border-dashed bg-muted p-6 text-center focus-within:outline-2 focus-within:outline-offset-2',
        over && 'border-primary',
      )}
    >
      {previewUrl === null ? (
        <ClapperboardIcon aria-hidden="true" className="size-12 text-muted-foreground" />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- a chosen file brings no captions
        <video
          src={previewUrl}
          aria-label={t('videos.preview')}
          muted
          playsInline
          controls
          preload="auto"
          className="absolute inset-0 size-full bg-background object-contain"
        />
      )}
      <label
        htmlFor={id}
        className="z-10 flex min-h-11 cursor-pointer items-center gap-2 rounded-full bg-secondary px-5 font-semibold text-secondary-foreground"
      >
        {reading && <Spinner />}
        {t(reading ? 'videos.reading' : previewUrl === null ? 'videos.choose' : 'videos.chooseOther')}
      </label>
      {previewUrl === null && (
        <span className="text-sm text-muted-foreground">{t('videos.chooseHint')}</span>
      )}
      <input
        id={id}
        type="file"
        accept={VIDEO_TYPES.join(',')}
        disabled={disabled || reading}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = ''; // the same file may be chosen again after a failure
        }}
        className="sr-only"
      />
    </div>
  );
}
