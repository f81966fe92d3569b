import { EllipsisIcon, LinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { errorMessage } from '@/lib/errors';
import { profilePath } from './handle';
import type { Profile } from './profiles-api';

/** What else one can do with a profile. */
export function ProfileMenu({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const copyLink = () => {
    const address = new URL(profilePath(profile.handle), window.location.origin);
    navigator.clipboard.writeText(address.href).then(
      () => toast.success(t('profiles.linkCopied')),
      (error: unknown) => toast.error(errorMessage(error, t)),
    );
  };
  return (
    <DropdownMenu
      trigger={
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('profiles.more', { handle: profile.handle })}
        >
          <EllipsisIcon aria-hidden="true" />
        </Button>
      }
    >
      <DropdownMenuItem onSelect={copyLink}>
        <LinkIcon aria-hidden="true" />
        {t('profiles.copyLink')}
      </DropdownMenuItem>
      {/*% slot "profile.menu" %*/}
    </DropdownMenu>
  );
}
