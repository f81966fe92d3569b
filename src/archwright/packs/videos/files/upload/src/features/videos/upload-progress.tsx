import { useTranslation } from 'react-i18next';

/** How much of the file is through; after the last byte the server has work left. */
export function UploadProgress({ fraction }: { fraction: number }) {
  const { t } = useTranslation();
  const percent = Math.floor(fraction * 100);
  return (
    <div className="flex flex-col gap-2">
      <progress
        aria-label={t('videos.uploadProgress')}
        value={percent}
        max={100}
        className="h-2 w-full accent-primary"
      />
      {/* the bar says the percentage to those who ask; spoken of itself is only what comes next */}
      <p aria-live={percent < 100 ? 'off' : 'polite'} className="text-sm text-muted-foreground">
        {percent < 100 ? t('videos.uploading', { percent }) : t('videos.publishing')}
      </p>
    </div>
  );
}
