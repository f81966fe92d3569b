import { useEffect } from 'react';
import { useThingStage } from '@/features/things/thing-stage';
import { useSession } from '@/lib/session';
import { useLikeThing, type LikeableThing } from './use-like-thing';

/** A double tap likes and never unlikes. Guests have the button, which sends them to sign in. */
export function ThingDoubleTap({ thing }: { thing: LikeableThing }) {
  const { onDoubleTap } = useThingStage();
  const { userId } = useSession();
  const { mutate: like } = useLikeThing();
  const { id, viewer_liked: liked } = thing;
  const wanted = userId !== null && liked !== true;

  useEffect(
    () => (wanted ? onDoubleTap(() => like({ id, liked: true })) : undefined),
    [wanted, onDoubleTap, like, id],
  );
  return null;
}
