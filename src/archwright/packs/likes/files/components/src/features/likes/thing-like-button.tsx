import { HeartIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { useLikeThing, type LikeableThing } from './use-like-thing';

/** Likes and unlikes; it lies along its row or column. Guests are sent to sign in. */
export function ThingLikeButton({ thing }: { thing: LikeableThing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const location = useLocation();
  const { userId } = useSession();
  const { mutate: like } = useLikeThing();
  const liked = thing.viewer_liked === true;
  const press = () => {
    if (userId === null) void navigate(signInPath(location));
    else like({ id: thing.id, liked: !liked });
  };
  return (
    <button
      type="button"
      aria-pressed={liked}
      aria-label={t('likes.like', { count: thing.like_count })}
      onClick={press}
      className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1 rounded-lg text-xs font-semibold transition-transform [flex-direction:inherit] active:scale-90"
    >
      <HeartIcon
        aria-hidden="true"
        className={cn('size-(--action-icon,1.75rem)', liked && 'fill-primary text-primary')}
      />
      {format.compact(thing.like_count)}
    </button>
  );
}
