import { EllipsisIcon, LinkIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useCopyLink } from '@/lib/copy-link';
import type { StandingThingComment } from './standing-thing-comment';
import { useDeleteThingComment } from './use-delete-thing-comment';

/** What else one can do with a comment. */
export function ThingCommentMenu({ comment }: { comment: StandingThingComment }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { mutate: remove } = useDeleteThingComment();
  const copyLink = useCopyLink();
  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            variant="ghost"
            size="icon"
            className="-mr-2 shrink-0 text-muted-foreground"
            aria-label={t('comments.menu', { handle: comment.author.handle })}
          >
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => void copyLink(`/thing-comments/${comment.id}`)}>
          <LinkIcon aria-hidden="true" />
          {t('app.copyLink')}
        </DropdownMenuItem>
        {/*% slot "thing_comment.menu" %*/}
        {comment.viewer_may_delete && (
          <DropdownMenuItem destructive onSelect={() => setAsking(true)}>
            <Trash2Icon aria-hidden="true" />
            {t('comments.delete')}
          </DropdownMenuItem>
        )}
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('comments.deleteTitle')}
        text={t('comments.deleteText')}
        confirmLabel={t('comments.delete')}
        destructive
        onConfirm={() => {
          setAsking(false);
          remove(comment);
        }}
      />
    </>
  );
}
