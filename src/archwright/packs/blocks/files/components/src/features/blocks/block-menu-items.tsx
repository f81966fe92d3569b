import { BanIcon, BellOffIcon, BellRingIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useSession } from '@/lib/session';
import { useBlockDialogStore } from './block-dialog-store';
import type { Member } from './use-blocks';
import { useIsMuted, useSetMuted } from './use-mutes';

function MuteItem({ id, handle }: Member) {
  const { t } = useTranslation();
  const { data: muted } = useIsMuted(id);
  const setMuted = useSetMuted();
  const Icon = muted ? BellRingIcon : BellOffIcon;
  return (
    <DropdownMenuItem
      disabled={muted === undefined}
      onSelect={() => setMuted.mutate({ id, handle, muted: !muted })}
    >
      <Icon aria-hidden="true" />
      {t(muted ? 'blocks.unmuteOne' : 'blocks.mute', { handle })}
    </DropdownMenuItem>
  );
}

/** Items to mute or block a member, or the author of something; none for guests and for oneself. */
export function BlockMenuItems({ of }: { of: Member | { author: Member } }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const ask = useBlockDialogStore((state) => state.ask);
  const { id, handle } = 'author' in of ? of.author : of;
  if (userId === null || userId === id) return null;
  return (
    <>
      <MuteItem id={id} handle={handle} />
      <DropdownMenuItem destructive onSelect={() => ask({ id, handle })}>
        <BanIcon aria-hidden="true" />
        {t('blocks.block', { handle })}
      </DropdownMenuItem>
    </>
  );
}
