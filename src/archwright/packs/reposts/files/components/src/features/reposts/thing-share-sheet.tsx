import { LinkIcon, Repeat2Icon, Share2Icon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { useCopyLink } from '@/lib/copy-link';
import { errorMessage, isAbort } from '@/lib/errors';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { useCountThingShare, useRepostThing, type ShareableThing } from './use-thing-reposts';

interface ThingShareSheetProps {
  thing: ShareableThing;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The ways to pass something on: to one's followers, as a link, or by another app. */
export function ThingShareSheet({ thing, open, onOpenChange }: ThingShareSheetProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const { userId } = useSession();
  const { mutate: repost } = useRepostThing();
  const { mutate: count } = useCountThingShare();
  const reposted = thing.viewer_reposted === true;
  const copyLink = useCopyLink();
  const path = `/things/${thing.id}`;

  const shared = () => {
    onOpenChange(false);
    if (userId !== null) count(thing.id);
  };
  const failed = (error: unknown) => {
    if (!isAbort(error)) toast.error(errorMessage(error, t));
  };
  const copy = async () => {
    if (await copyLink(path)) shared();
  };
  const share = () => {
    const { href } = new URL(path, window.location.origin);
    return navigator.share({ url: href }).then(shared, failed);
  };
  const pressRepost = () => {
    if (userId === null) void navigate(signInPath(location));
    else repost({ id: thing.id, userId, reposted: !reposted });
  };

  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t('reposts.thing.title')}>
      <div className="flex flex-col gap-2">
        <Button variant={reposted ? 'secondary' : 'primary'} onClick={pressRepost}>
          <Repeat2Icon aria-hidden="true" />
          {t(reposted ? 'reposts.undo' : 'reposts.repost')}
        </Button>
        <p className="text-center text-sm text-muted-foreground">
          {t('reposts.reposts', { count: thing.repost_count })}
        </p>
        <Button variant="outline" onClick={() => void copy()}>
          <LinkIcon aria-hidden="true" />
          {t('app.copyLink')}
        </Button>
        {'share' in navigator && (
          <Button variant="outline" onClick={() => void share()}>
            <Share2Icon aria-hidden="true" />
            {t('reposts.more')}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
