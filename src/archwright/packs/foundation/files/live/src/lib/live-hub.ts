import { REALTIME_SUBSCRIBE_STATES, type RealtimeChannel } from '@supabase/supabase-js';
import { supabase } from './supabase';

/** `off`: nothing is listened to. `lost`: nothing has come through for a while. */
export type LiveStatus = 'off' | 'joining' | 'live' | 'lost';

export interface LiveListener {
  /** From now on everything is heard, for the first time or again: what was before may be missing. */
  onJoined: () => void;
  onMessage: (event: string, payload: unknown) => void;
}

interface Room {
  listeners: Set<LiveListener>;
  channel: RealtimeChannel | null;
  joined: boolean;
  tries: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** How long a connection may be away before that is worth a word, in milliseconds. */
const GRACE = 5000;
/** How long nobody must listen before a topic is left: pages that follow each other share it. */
const LINGER = 2000;
const LONGEST_WAIT = 30_000;

/** One private channel for each topic, however many listen to it; none when nobody does. */
export function createLiveHub() {
  const rooms = new Map<string, Room>();
  const closing = new Map<string, Promise<unknown>>();
  const watchers = new Set<() => void>();
  let status: LiveStatus = 'off';
  let grace: ReturnType<typeof setTimeout> | undefined;

  function show(next: LiveStatus) {
    status = next;
    for (const watcher of watchers) watcher();
  }

  function settle() {
    const all = [...rooms.values()];
    const joined = all.some((room) => room.joined);
    if (joined || all.length === 0) {
      clearTimeout(grace);
      grace = undefined;
      show(joined ? 'live' : 'off');
    } else if (status !== 'lost') {
      grace ??= setTimeout(() => show('lost'), GRACE);
      show('joining');
    }
  }

  async function open(topic: string, room: Room) {
    await closing.get(topic);
    await supabase.realtime.setAuth(); // a private channel is joined as whoever is signed in
    if (rooms.get(topic) !== room || room.channel) return;
    const channel = supabase.channel(topic, { config: { private: true } });
    room.channel = channel;
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }: { event: string; payload?: unknown }) => {
        for (const listener of room.listeners) listener.onMessage(event, payload);
      })
      .subscribe((state) => {
        if (rooms.get(topic) !== room || room.channel !== channel) return;
        room.joined = state === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED;
        if (room.joined) {
          room.tries = 0;
          for (const listener of room.listeners) listener.onJoined();
        }
        // the client joins again by itself, unless the server has closed the channel for good
        if (state === REALTIME_SUBSCRIBE_STATES.CLOSED) reopen(topic, room);
        settle();
      });
  }

  function reopen(topic: string, room: Room) {
    room.channel = null;
    const wait = Math.min(1000 * 2 ** room.tries, LONGEST_WAIT);
    room.tries += 1;
    clearTimeout(room.timer);
    room.timer = setTimeout(() => void open(topic, room), wait * (0.5 + Math.random() / 2));
  }

  function leave(topic: string, room: Room) {
    clearTimeout(room.timer);
    rooms.delete(topic);
    if (room.channel) {
      const gone = supabase.removeChannel(room.channel).catch(() => undefined);
      closing.set(topic, gone);
      void gone.then(() => closing.get(topic) === gone && closing.delete(topic));
    }
    settle();
  }

  return {
    /** Listens to a topic until the returned function is called. */
    listen(topic: string, listener: LiveListener): () => void {
      const known = rooms.get(topic);
      const room: Room = known ?? {
        listeners: new Set(),
        channel: null,
        joined: false,
        tries: 0,
        timer: undefined,
      };
      room.listeners.add(listener);
      if (!known) {
        rooms.set(topic, room);
        void open(topic, room);
        settle();
      } else if (room.joined) {
        listener.onJoined(); // what came while nobody listened was heard by nobody
      }
      return () => {
        room.listeners.delete(listener);
        if (room.listeners.size > 0 || rooms.get(topic) !== room) return;
        setTimeout(() => {
          if (room.listeners.size === 0 && rooms.get(topic) === room) leave(topic, room);
        }, LINGER);
      };
    },
    /** Tells the others in a topic of something that nobody keeps. Unheard where there is no connection. */
    send(topic: string, event: string, payload: Record<string, unknown>): void {
      const room = rooms.get(topic);
      if (room?.joined) void room.channel?.send({ type: 'broadcast', event, payload });
    },
    isJoined: (topic: string) => rooms.get(topic)?.joined ?? false,
    status: () => status,
    watch: (watcher: () => void): (() => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    /** Tries again at once, where there is reason to believe that it works now. */
    wake(): void {
      if (rooms.size > 0 && !supabase.realtime.isConnected()) supabase.realtime.connect();
    },
    /** Leaves every topic. */
    close(): void {
      for (const [topic, room] of rooms) leave(topic, room);
    },
  };
}

export type LiveHub = ReturnType<typeof createLiveHub>;
