import { useEffect } from 'react';
import { useThingStage } from '@/features/things/thing-stage';
import { useSession } from '@/lib/session';
import { fetchViewToken, recordLastThingView } from './thing-views-api';
import { useRecordThingView } from './use-thing-history';
import { WatchMeter } from './watch-meter';

/** Reports what a member watches: after two seconds, at each stop, and when the page goes away. */
export function ThingViewTracker({ thingId }: { thingId: string }) {
  const { userId } = useSession();
  const { element } = useThingStage();
  const { mutate: record } = useRecordThingView();

  useEffect(() => {
    const player = element.current;
    if (!player || userId === null) return undefined;
    const meter = new WatchMeter(player.currentTime);
    let token: string | null = null;

    const tell = () => {
      const watched = meter.report(player.duration);
      if (watched) record({ thingId, ...watched });
    };
    const move = () => {
      meter.move(player.currentTime);
      if (!meter.begun) return;
      tell();
      fetchViewToken().then(
        (found) => {
          token = found;
        },
        () => undefined,
      );
    };
    const leave = () => {
      if (document.visibilityState !== 'hidden') return;
      const watched = token === null ? null : meter.report(player.duration);
      if (watched && token !== null) recordLastThingView({ thingId, ...watched }, token);
    };
    player.addEventListener('timeupdate', move);
    player.addEventListener('pause', tell);
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('pagehide', leave);
    return () => {
      player.removeEventListener('timeupdate', move);
      player.removeEventListener('pause', tell);
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('pagehide', leave);
      tell();
    };
  }, [element, userId, thingId, record]);

  return null;
}
