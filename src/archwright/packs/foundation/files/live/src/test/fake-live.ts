import type { RealtimeChannel } from '@supabase/supabase-js';
import { act } from '@testing-library/react';
import { vi } from 'vitest';
import { supabase } from '@/lib/supabase';

type State = 'SUBSCRIBED' | 'CHANNEL_ERROR' | 'TIMED_OUT' | 'CLOSED';
type Heard = (message: { event: string; payload: unknown }) => void;

interface Line {
  heard: Heard[];
  states: ((state: State) => void)[];
  sent: { event: string; payload: unknown }[];
}

/** Stands in for Realtime. Channels are joined when the test says so; restored after each test. */
export function fakeLive() {
  const lines = new Map<string, Line>();
  const setAuth = vi.spyOn(supabase.realtime, 'setAuth').mockResolvedValue(undefined);
  const openChannel = vi.spyOn(supabase, 'channel').mockImplementation((topic: string) => {
    const line: Line = { heard: [], states: [], sent: [] };
    lines.set(topic, line);
    const channel = {
      topic,
      on: (_type: string, _filter: unknown, heard: Heard) => {
        line.heard.push(heard);
        return channel;
      },
      subscribe: (onState: (state: State) => void) => {
        line.states.push(onState);
        return channel;
      },
      send: (message: { event: string; payload: unknown }) => {
        line.sent.push(message);
        return Promise.resolve('ok');
      },
    };
    return channel as unknown as RealtimeChannel;
  });
  vi.spyOn(supabase, 'removeChannel').mockImplementation(({ topic }) => {
    lines.delete(topic);
    return Promise.resolve('ok');
  });
  const state = (topic: string, next: State) =>
    act(() => {
      for (const told of lines.get(topic)?.states ?? []) told(next);
    });
  const say = (topic: string, event: string, payload: unknown) =>
    act(() => {
      for (const heard of lines.get(topic)?.heard ?? []) heard({ event, payload });
    });
  return {
    /** The topics of which there is a channel, joined or not. */
    topics: () => [...lines.keys()],
    setAuth,
    channel: openChannel,
    join: (topic: string) => state(topic, 'SUBSCRIBED'),
    state,
    say,
    /** What the database tells: these tables have changed. */
    tell: (topic: string, ...changed: string[]) => say(topic, 'changed', { changed }),
    sent: (topic: string) => lines.get(topic)?.sent ?? [],
  };
}
