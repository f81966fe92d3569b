import { EllipsisIcon, LinkIcon, PencilIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useCopyLink } from '@/lib/copy-link';
import { errorMessage } from '@/lib/errors';
import { useSession } from '@/lib/session';
import { EditVideoDialog } from './edit-video-dialog';
import { useDeleteVideo } from './use-change-video';
import type { Video } from './videos-api';

/** What else one can do with a video; its author can change and delete it. */
export function VideoMenu({ video }: { video: Video }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const { mutate, isPending } = useDeleteVideo();
  const copyLink = useCopyLink();
  const remove = () =>
    mutate(video, {
      onSuccess: () => toast.success(t('videos.deleted')),
      onError: (error) => toast.error(errorMessage(error, t)),
      onSettled: () => setOpen(null),
    });
  return (
    <>
      <DropdownMenu
        side="left"
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('videos.more')}>
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => void copyLink(`/videos/${video.id}`)}>
          <LinkIcon aria-hidden="true" />
          {t('app.copyLink')}
        </DropdownMenuItem>
        {/*% slot "video.menu" %*/}
        {video.author_id === userId && (
          <>
            <DropdownMenuItem onSelect={() => setOpen('edit')}>
              <PencilIcon aria-hidden="true" />
              {t('videos.edit')}
            </DropdownMenuItem>
            <DropdownMenuItem destructive onSelect={() => setOpen('delete')}>
              <Trash2Icon aria-hidden="true" />
              {t('videos.delete')}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenu>
      {open === 'edit' && <EditVideoDialog video={video} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={() => setOpen(null)}
        title={t('videos.deleteTitle')}
        text={t('videos.deleteText')}
        confirmLabel={t('videos.delete')}
        destructive
        pending={isPending}
        onConfirm={remove}
      />
    </>
  );
}
