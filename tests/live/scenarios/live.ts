import { createClient } from '@supabase/supabase-js';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addVideoComment, fetchVideoCommentCount } from '@/features/comments/video-comments-api';
import { blockMember } from '@/features/blocks/blocks-api';
import { openConversation } from '@/features/messages/conversations-api';
import { fetchMessages, sendMessage } from '@/features/messages/messages-api';
import { env } from '@/lib/env';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { createLiveHub, type LiveHub } from '@/lib/live-hub';
import { createRefresher } from '@/lib/live-refresh';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { join, PASSWORD, publish, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let hub: LiveHub | undefined;

/** A browser of somebody else. */
async function elsewhere(who: Member) {
  const auth = { persistSession: false, autoRefreshToken: false, storageKey: who.handle };
  const client = createClient(env.supabaseUrl, env.supabaseKey, { auth });
  const { error } = await client.auth.signInWithPassword({ email: who.email, password: PASSWORD });
  if (error) throw error;
  return client;
}

/** Longer than a test usually takes, in milliseconds: connections are cut here. */
const LONG = 30_000;

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

/** Cuts the connection without a word, as a tunnel does. */
function cut() {
  const { socketAdapter } = supabase.realtime as unknown as {
    socketAdapter: { socket: { conn: WebSocket | null } };
  };
  socketAdapter.socket.conn?.close();
}

beforeAll(async () => {
  ann = await join('live.ann');
  bob = await join('live.bob');
});
afterEach(() => hub?.close());

test('all of a hundred messages are there, in order and once, though the connection is cut', { timeout: LONG }, async () => {
  const talk = await as(ann.email, () => openConversation(bob.id));
  const annElsewhere = await elsewhere(ann);
  await as(bob.email, async () => {
    const client = new QueryClient();
    const refresher = createRefresher(client);
    const newest = new QueryObserver(client, {
      queryKey: ['messages', talk],
      queryFn: () => fetchMessages(talk, null, signal),
    });
    const stop = newest.subscribe(() => undefined);
    const joined = vi.fn();
    hub = createLiveHub();
    hub.listen(`conversations:${talk}`, {
      onJoined: () => {
        joined();
        refresher.mark(['messages']);
      },
      onMessage: () => refresher.mark(['messages']),
    });
    await waitFor(() => expect(joined).toHaveBeenCalledOnce());
    for (let number = 1; number <= 100; number += 1) {
      if (number % 30 === 0) cut();
      const message = { conversation_id: talk, body: String(number) };
      // oxlint-disable-next-line no-await-in-loop
      await annElsewhere.from('messages').insert(message).throwOnError();
    }
    await waitFor(() => expect(newest.getCurrentResult().data?.[0]?.body).toBe('100'));
    expect(joined.mock.calls.length).toBeGreaterThan(1);
    const all: string[] = [];
    let cursor: Cursor | null = null;
    do {
      // oxlint-disable-next-line no-await-in-loop
      const page = await fetchMessages(talk, cursor, signal);
      all.unshift(...page.map(({ body }) => body).toReversed());
      cursor = nextCursor(page);
    } while (cursor);
    expect(all).toEqual(Array.from({ length: 100 }, (_, index) => String(index + 1)));
    stop();
    refresher.stop();
  });
});

test('a comment is heard of where its video is open, and counted', { timeout: LONG }, async () => {
  const video = await publish(ann, 'Heard');
  const bobElsewhere = await elsewhere(bob);
  await as(ann.email, async () => {
    const [onJoined, onMessage] = [vi.fn(), vi.fn()];
    hub = createLiveHub();
    hub.listen(`videos:${video}`, { onJoined, onMessage });
    await waitFor(() => expect(onJoined).toHaveBeenCalledOnce());
    await bobElsewhere
      .from('video_comments')
      .insert({ video_id: video, body: 'Hello' })
      .throwOnError();
    await waitFor(() =>
      expect(onMessage).toHaveBeenCalledWith(
        'changed',
        expect.objectContaining({ changed: ['video_comments'] }),
      ),
    );
    expect(await fetchVideoCommentCount(video, signal)).toEqual({ comment_count: 1 });
    await addVideoComment({ video_id: video, parent_id: null, body: 'Welcome' });
    expect(await fetchVideoCommentCount(video, signal)).toEqual({ comment_count: 2 });
    await blockMember(bob.id);
  });
  await as(bob.email, async () => {
    expect(await fetchVideoCommentCount(video, signal)).toBeNull();
    const onJoined = vi.fn();
    hub = createLiveHub();
    hub.listen(`videos:${video}`, { onJoined, onMessage: vi.fn() });
    await vi.waitFor(() => expect(hub?.status()).toBe('lost'), { timeout: 10_000 });
    expect(onJoined).not.toHaveBeenCalled();
  });
});

test('a message is sent to nobody twice, whichever way it is cut off', async () => {
  const cid = await join('live.cid');
  const talk = await as(ann.email, () => openConversation(cid.id));
  await as(ann.email, async () => {
    const id = crypto.randomUUID();
    const real = globalThis.fetch;
    const lost = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...call) => {
      await real(...call);
      throw new TypeError('the answer was lost');
    });
    await expect(sendMessage({ id, conversationId: talk, body: 'Once' })).rejects.toBeDefined();
    lost.mockRestore();
    expect(await sendMessage({ id, conversationId: talk, body: 'Once' })).toBeNull();
    expect(await fetchMessages(talk, null, signal)).toHaveLength(1);
  });
});
