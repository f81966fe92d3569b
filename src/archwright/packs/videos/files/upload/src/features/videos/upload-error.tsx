import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { LIMITS, VideoFileError } from './video-file';

/** Why a file was refused, or why the upload failed. */
export function UploadError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!(error instanceof VideoFileError)) return <FormError error={error} />;
  return (
    <p role="alert" className="rounded-lg bg-muted px-4 py-3 text-sm font-medium text-destructive">
      {t(error.key, { size: LIMITS.megabytes, minutes: LIMITS.minutes })}
    </p>
  );
}
