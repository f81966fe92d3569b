// What members hear of one another, as the emitted app listens: private topics, one a person or row.
import assert from 'node:assert/strict';
import { createClient } from '@supabase/supabase-js';
import { check, good, key, url } from './harness.mjs';

const { ANN, BEN, CAT, OPEN, HIDDEN } = process.env;
const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };
const as = async (who) => {
  const token = process.env[`${who}_TOKEN`];
  const options = who ? { accessToken: async () => token } : { auth };
  const client = createClient(url, key, options);
  await client.realtime.setAuth();
  return client;
};
const soon = (ms) => new Promise((done) => setTimeout(done, ms));

/** Joins a topic and collects what is said there. */
const listen = async (client, topic) => {
  const heard = [];
  const channel = client.channel(topic, { config: { private: true } });
  await new Promise((done, failed) => {
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }) => heard.push({ event, payload }))
      .subscribe((state, error) => {
        if (state === 'SUBSCRIBED') done();
        else if (state !== 'CLOSED') failed(error ?? new Error(state));
      });
  });
  return {
    channel,
    /** Waits until some tables have changed, and forgets what was heard. */
    of: async (...tables) => {
      const missing = () =>
        tables.filter((t) => !heard.some(({ payload }) => payload.changed?.includes(t)));
      for (let turn = 0; turn < 300 && missing().length > 0; turn += 1) await soon(10);
      assert.deepEqual(missing(), [], `only ${JSON.stringify(heard)} was heard`);
      return heard.splice(0);
    },
    said: async (event) => {
      for (let turn = 0; turn < 300 && !heard.some((m) => m.event === event); turn += 1)
        await soon(10);
      return heard.splice(0).find((message) => message.event === event)?.payload;
    },
    nothing: async () => {
      await soon(300);
      assert.deepEqual(heard, []);
    },
  };
};
const refused = async (client, topic) => {
  await assert.rejects(listen(client, topic), /permission/i);
  await client.removeAllChannels();
};

const [ann, ben, cat, dan, guest] = await Promise.all(['ANN', 'BEN', 'CAT', 'DAN', ''].map(as));
const talk = good(await ann.rpc('find_or_create_conversation', { p_member: BEN }));
const say = async (client, body) =>
  good(await client.from('messages').insert({ conversation_id: talk, body }).select('id').single());
const room = `conversations:${talk}`;

await check('nobody joins what is not theirs', async () => {
  await refused(cat, room);
  await refused(cat, `person:${BEN}`);
  await refused(guest, room);
  await refused(guest, `person:${BEN}`);
  await refused(guest, `videos:${OPEN}`);
  await refused(ben, `videos:${HIDDEN}`);
  await refused(ben, 'conversations:all');
  await refused(ben, 'anything');
});

const bens = await listen(ben, `person:${BEN}`);
const cats = await listen(cat, `person:${CAT}`);
const anns = await listen(ann, `person:${ANN}`);
const talkOfBen = await listen(ben, room);
const talkOfAnn = await listen(ann, room);

await check('a message reaches the other one, and no third', async () => {
  await say(ann, 'Hello');
  await talkOfBen.of('messages');
  await bens.of('conversations');
  await cats.nothing();
});

await check('what is told is which tables changed, and nothing of what is in them', async () => {
  await say(ann, 'A secret');
  const heard = [...(await talkOfBen.of('messages')), ...(await bens.of('conversations'))];
  for (const { event, payload } of heard) {
    assert.equal(event, 'changed');
    assert.deepEqual(Object.keys(payload).toSorted(), ['changed', 'id']);
  }
});

await check('that it was read reaches its writer', async () => {
  await anns.of('conversations');
  await talkOfAnn.of('messages');
  good(
    await ben.rpc('mark_conversation_read', { p_conversation: talk, p_until: new Date().toJSON() }),
  );
  await talkOfAnn.of('conversation_participants');
  await bens.of('conversations'); // the other windows of the reader
});

await check('a deleted message is gone for the other one', async () => {
  const { id } = await say(ann, 'Oops');
  await talkOfBen.of('messages');
  good(await ann.from('messages').delete().eq('id', id));
  await talkOfBen.of('messages', 'conversations');
});

await check('one hears that the other one is typing', async () => {
  talkOfAnn.channel.send({ type: 'broadcast', event: 'typing', payload: { by: ANN } });
  assert.deepEqual(await talkOfBen.said('typing'), { by: ANN });
});

await check('a like is news for whom it concerns, once', async () => {
  await soon(300);
  for (const line of [anns, bens, cats]) await line.of();
  good(await ben.from('video_likes').insert({ video_id: OPEN }));
  const [first, ...more] = await anns.of('notifications');
  assert.deepEqual(first.payload.changed, ['notifications']);
  assert.deepEqual(more, []);
  await cats.nothing();
});

await check('many read at once are told once', async () => {
  good(await cat.from('video_likes').insert({ video_id: OPEN }));
  good(await cat.from('follows').insert({ followee_id: ANN }));
  await anns.of('notifications');
  await soon(300);
  await anns.of();
  const until = new Date(Date.now() + 60_000).toJSON();
  good(await ann.rpc('mark_all_notifications_read', { p_until: until }));
  assert.equal((await anns.of('notifications')).length, 1);
});

await check('a request to follow reaches whoever is asked, and its answer whoever asked', async () => {
  good(await ben.from('profiles').update({ is_private: true }).eq('id', BEN));
  good(await cat.from('follows').insert({ followee_id: BEN }));
  await bens.of('follows', 'notifications');
  good(await ben.from('follows').update({ status: 'accepted' }).eq('follower_id', CAT));
  await cats.of('profiles');
});

await check('a comment reaches those who have the video open, and no longer whom its author blocks', async () => {
  const [film, other] = [await listen(ben, `videos:${OPEN}`), await listen(dan, `videos:${OPEN}`)];
  good(await cat.from('video_comments').insert({ video_id: OPEN, body: 'Nice' }));
  await film.of('video_comments');
  await other.of('video_comments');
  good(await ann.from('blocks').insert({ blocked_id: process.env.DAN }));
  await dan.removeAllChannels();
  await refused(dan, `videos:${OPEN}`);
});

await check('nobody sends to those who have blocked them', async () => {
  good(await ben.from('blocks').insert({ blocked_id: ANN }));
  await ann.removeAllChannels();
  const again = await listen(ann, room);
  await soon(300);
  await talkOfBen.of();
  again.channel.send({ type: 'broadcast', event: 'typing', payload: { by: ANN } });
  await talkOfBen.nothing();
});

for (const client of [ann, ben, cat, dan, guest]) await client.removeAllChannels();
