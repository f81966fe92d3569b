import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from './errors';

/** Copies the address of a page of this app and says so; gives whether that worked. */
export function useCopyLink(): (path: string) => Promise<boolean> {
  const { t } = useTranslation();
  return async (path) => {
    const { href } = new URL(path, window.location.origin);
    try {
      await navigator.clipboard.writeText(href); // there is none where the page is not secure
    } catch (error) {
      toast.error(errorMessage(error, t));
      return false;
    }
    toast.success(t('app.linkCopied'));
    return true;
  };
}
