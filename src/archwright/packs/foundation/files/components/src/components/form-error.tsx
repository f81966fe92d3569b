import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/lib/errors';

/** Why sending the form failed; nothing while there is no error. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="rounded-lg bg-muted px-4 py-3 text-sm font-medium text-destructive">
      {errorMessage(error, t)}
    </p>
  );
}
