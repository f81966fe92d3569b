import { onlineManager, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { createLiveHub, type LiveHub, type LiveStatus } from './live-hub';
import { createRefresher, type Refresher } from './live-refresh';
import { personalTables, subjectTables } from './live-topics';
import { createReach, type Reach } from './reach';
import { useSession } from './session';

const LiveContext = createContext<{ hub: LiveHub; refresher: Refresher; reach: Reach } | null>(null);

const silent = () => () => undefined;

const topicOf = (kind: string, id: string) => `${kind}:${id}`;

/** The names in "these tables have changed" that this app has something of. */
function changedTables(payload: unknown, known: readonly string[]): string[] {
  if (typeof payload !== 'object' || payload === null || !('changed' in payload)) return [];
  const { changed } = payload;
  return Array.isArray(changed) ? known.filter((table) => changed.includes(table)) : [];
}

interface TopicOptions {
  /** Up to how many milliseconds a fetch may wait: where many look on, they do not all ask at once. */
  spread?: number;
  /** What the others in the topic send themselves. */
  onMessage?: (event: string, payload: unknown) => void;
}

/** Keeps queries of some tables up to date by what is told in a topic; null: there is none. */
function useTopic(
  topic: string | null,
  tables: readonly string[],
  { spread = 0, onMessage }: TopicOptions,
): boolean {
  const live = use(LiveContext);
  const onOther = useEffectEvent((event: string, payload: unknown) => onMessage?.(event, payload));
  useEffect(() => {
    if (!live || topic === null) return undefined;
    return live.hub.listen(topic, {
      onJoined: () => live.refresher.mark(tables, spread),
      onMessage: (event, payload) => {
        if (event === 'changed') live.refresher.mark(changedTables(payload, tables), spread);
        else onOther(event, payload);
      },
    });
  }, [live, topic, tables, spread]);
  return useSyncExternalStore(
    live?.hub.watch ?? silent,
    () => topic !== null && (live?.hub.isJoined(topic) ?? false),
  );
}

function useUserTopic(): string | null {
  const { userId } = useSession();
  return userId !== null && personalTables.length > 0 ? topicOf('person', userId) : null;
}

/** Hears of what concerns the member, wherever in the app they are. */
function PersonalTopic() {
  useTopic(useUserTopic(), personalTables, {});
  return null;
}

/** Shows what happens elsewhere, for whoever is signed in; starts afresh with each account. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live] = useState(() => ({
    hub: createLiveHub(),
    refresher: createRefresher(client),
    reach: createReach(client),
  }));
  useEffect(() => live.reach.start(), [live]);
  useEffect(() => {
    const wake = () => live.hub.wake();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      live.hub.close();
      live.refresher.stop();
    };
  }, [live]);
  return (
    <LiveContext value={live}>
      <PersonalTopic />
      {children}
    </LiveContext>
  );
}

/** Whether news come through; `off` for guests. */
export function useLiveStatus(): LiveStatus {
  const live = use(LiveContext);
  return useSyncExternalStore(live?.hub.watch ?? silent, () => live?.hub.status() ?? 'off');
}

const watchOnline = (onChange: () => void) => onlineManager.subscribe(onChange);

/**
 * What people should know of their connection: `away` while they are online and nothing they ask
 * for gets through, `lost` while only no news do.
 */
export function useConnection(): 'fine' | 'offline' | 'away' | 'lost' {
  const live = use(LiveContext);
  const online = useSyncExternalStore(watchOnline, () => onlineManager.isOnline());
  const away = useSyncExternalStore(
    live?.reach.watch ?? silent,
    () => live?.reach.isLost() ?? false,
  );
  const lost = useLiveStatus() === 'lost';
  if (!online) return 'offline';
  if (away) return 'away';
  return lost ? 'lost' : 'fine';
}

/** Whether the member is told at once of what concerns them; else it has to be asked for. */
export function usePersonalLive(): boolean {
  const live = use(LiveContext);
  const topic = useUserTopic();
  return useSyncExternalStore(
    live?.hub.watch ?? silent,
    () => topic !== null && (live?.hub.isJoined(topic) ?? false),
  );
}

/**
 * Shows at once what others do about a row that is on screen, for members: queries of the tables
 * that the row's topic is about are fetched again when they change. `live` says whether that works.
 */
export function useLive(
  table: keyof typeof subjectTables,
  id: string | null,
  options: TopicOptions = {},
) {
  const live = use(LiveContext);
  const { userId } = useSession();
  const topic = userId !== null && id !== null ? [table, id].join(':') : null;
  const joined = useTopic(topic, subjectTables[table], options);
  const send = useCallback(
    (event: string, payload: Record<string, unknown>) => {
      if (topic !== null) live?.hub.send(topic, event, payload);
    },
    [live, topic],
  );
  return { live: joined, send };
}
