import { EllipsisIcon, LinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useCopyLink } from '@/lib/copy-link';
import { profilePath } from './handle';
import type { Profile } from './profiles-api';

/** What else one can do with a profile. */
export function ProfileMenu({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const copyLink = useCopyLink();
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
      <DropdownMenuItem onSelect={() => void copyLink(profilePath(profile.handle))}>
        <LinkIcon aria-hidden="true" />
        {t('app.copyLink')}
      </DropdownMenuItem>
      {/*% slot "profile.menu" %*/}
    </DropdownMenu>
  );
}
