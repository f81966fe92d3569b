// supabase-js against the realtime service, by the documentation; both versions of the protocol.
import assert from 'node:assert/strict';
import { createClient } from '@supabase/supabase-js';
import { check, good, key, url } from './harness.mjs';

const { ANN, ANN_TOKEN, BEN_TOKEN, SECRET } = process.env;
const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };
const admin = createClient(url, SECRET, { auth });
const everyone = [];
const connect = async (token, vsn = '2.0.0', apikey = key) => {
  let now = token ?? apikey;
  const client = createClient(url, apikey, { accessToken: async () => now, realtime: { vsn } });
  client.become = async (other) => {
    now = other;
    await client.realtime.setAuth();
  };
  await client.realtime.setAuth();
  everyone.push(client);
  return client;
};
const soon = (ms) => new Promise((done) => setTimeout(done, ms));

/** Collects what arrives; `take(n)` waits for as many, `quiet()` makes sure that no more come. */
const inbox = () => {
  const items = [];
  const wait = async (count) => {
    for (let turn = 0; turn < 500 && items.length < count; turn += 1) await soon(10);
    assert.ok(items.length >= count, `${items.length} of ${count} came: ${JSON.stringify(items)}`);
    return items.splice(0, count);
  };
  return {
    put: (item) => items.push(item),
    take: wait,
    one: async () => (await wait(1))[0],
    quiet: async () => {
      await soon(250);
      assert.deepEqual(items, []);
    },
  };
};
const joined = (channel) =>
  new Promise((done, failed) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') done(channel);
      else if (status !== 'CLOSED') failed(error ?? new Error(status));
    });
  });
const ready = async (channel) => {
  const told = inbox();
  channel.on('system', {}, (payload) => told.put(payload));
  await joined(channel);
  return await told.one();
};
const refused = async (channel) => {
  try {
    await joined(channel);
  } catch (error) {
    await channel.unsubscribe();
    return error.message;
  }
  throw new Error('joined');
};

for (const vsn of ['1.0.0', '2.0.0']) {
  await check(`${vsn}: broadcast, not to oneself`, async () => {
    const [a, b] = [await connect(null, vsn), await connect(null, vsn)];
    const [at, bt] = [inbox(), inbox()];
    const room = `talk-${vsn}`;
    const one = await joined(a.channel(room).on('broadcast', { event: 'hi' }, at.put));
    await joined(b.channel(room).on('broadcast', { event: '*' }, bt.put));
    assert.equal(await one.send({ type: 'broadcast', event: 'hi', payload: { n: 1, text: 'ä€😀' } }), 'ok');
    assert.deepEqual(await bt.one(), { type: 'broadcast', event: 'hi', payload: { n: 1, text: 'ä€😀' } });
    await at.quiet();
  });

  await check(`${vsn}: broadcast to oneself, acknowledged`, async () => {
    const client = await connect(null, vsn);
    const got = inbox();
    const channel = client.channel(`own-${vsn}`, { config: { broadcast: { self: true, ack: true } } });
    await joined(channel.on('broadcast', { event: 'x' }, got.put));
    assert.equal(await channel.send({ type: 'broadcast', event: 'x', payload: {} }), 'ok');
    assert.equal((await got.one()).event, 'x');
  });

  await check(`${vsn}: presence`, async () => {
    const [a, b] = [await connect(null, vsn), await connect(null, vsn)];
    const [syncs, joins, leaves] = [inbox(), inbox(), inbox()];
    const one = a
      .channel(`who-${vsn}`, { config: { presence: { key: 'ann' } } })
      .on('presence', { event: 'sync' }, syncs.put)
      .on('presence', { event: 'join' }, joins.put)
      .on('presence', { event: 'leave' }, leaves.put);
    await joined(one);
    await syncs.one();
    assert.equal(await one.track({ at: 1 }), 'ok');
    assert.equal((await joins.one()).newPresences[0].at, 1);
    const two = await joined(b.channel(`who-${vsn}`, { config: { presence: { key: 'ann' } } }));
    assert.equal(await two.track({ at: 2 }), 'ok');
    assert.equal((await joins.one()).key, 'ann');
    await soon(20);
    assert.deepEqual(one.presenceState().ann.map((p) => p.at).sort(), [1, 2]);
    await one.track({ at: 3 });
    await joins.one();
    await soon(20);
    assert.deepEqual(one.presenceState().ann.map((p) => p.at).sort(), [2, 3]);
    await leaves.one();
    await two.untrack();
    assert.equal((await leaves.one()).leftPresences[0].at, 2);
    await two.track({ at: 4 });
    await b.removeAllChannels();
    assert.equal((await leaves.one()).leftPresences[0].at, 4);
    assert.deepEqual(Object.keys(one.presenceState()), ['ann']);
  });

  await check(`${vsn}: changes of rows, as their owner sees them`, async () => {
    const [ann, ben] = [await connect(ANN_TOKEN, vsn), await connect(BEN_TOKEN, vsn)];
    const [seen, others] = [inbox(), inbox()];
    const watch = (client, put) =>
      client.channel('notes').on('postgres_changes', { event: '*', schema: 'public', table: 'notes' }, put);
    assert.deepEqual(await ready(watch(ann, seen.put)), {
      extension: 'postgres_changes',
      status: 'ok',
      message: 'Subscribed to PostgreSQL',
      channel: 'notes',
    });
    await ready(watch(ben, others.put));
    const row = {
      id: 1, owner: ANN, body: 'a "b", c', secret: 'no', size: 1.5, tags: ['x', 'y, "z"'],
      meta: { a: [1, null] }, mood: 'sad', seen_at: '2026-01-02T03:04:05.678+00:00',
    };
    const { secret: _, ...shown } = { ...row, done: false };
    good(await admin.from('notes').insert(row));
    const first = await seen.one();
    assert.match(first.commit_timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    delete first.commit_timestamp;
    assert.deepEqual(first, { schema: 'public', table: 'notes', eventType: 'INSERT', new: shown, old: {}, errors: null });
    good(await admin.from('notes').update({ done: true }).eq('id', 1));
    const second = await seen.one();
    assert.deepEqual([second.eventType, second.new.done, second.old], ['UPDATE', true, { id: 1 }]);
    good(await admin.from('notes').delete().eq('id', 1));
    const third = await seen.one();
    assert.deepEqual([third.eventType, third.new, third.old], ['DELETE', {}, { id: 1 }]);
    // who may have seen a deleted row cannot be told any more: everybody gets its key
    assert.deepEqual((await others.one()).old, { id: 1 });
    await others.quiet();
    await ann.removeAllChannels();
    await ben.removeAllChannels();
  });
}

await check('between versions, and binary payloads', async () => {
  const [old, young, third] = [await connect(null, '1.0.0'), await connect(null), await connect(null)];
  const [a, b, c] = [inbox(), inbox(), inbox()];
  const one = await joined(old.channel('mixed').on('broadcast', { event: '*' }, a.put));
  const two = await joined(young.channel('mixed').on('broadcast', { event: '*' }, b.put));
  await joined(third.channel('mixed').on('broadcast', { event: '*' }, c.put));
  await one.send({ type: 'broadcast', event: 'e', payload: { v: 1 } });
  assert.deepEqual((await b.one()).payload, { v: 1 });
  assert.deepEqual((await c.one()).payload, { v: 1 });
  await two.send({ type: 'broadcast', event: 'e', payload: { v: 2 } });
  assert.deepEqual((await a.one()).payload, { v: 2 });
  assert.deepEqual((await c.one()).payload, { v: 2 });
  await two.send({ type: 'broadcast', event: 'bin', payload: new Uint8Array([1, 2, 255]).buffer });
  assert.deepEqual([...new Uint8Array((await c.one()).payload)], [1, 2, 255]);
  await a.quiet();
});

await check('broadcast over HTTP', async () => {
  const client = await connect();
  const got = inbox();
  const silent = client.channel('http');
  assert.equal(await silent.send({ type: 'broadcast', event: 'batch', payload: { n: 1 } }), 'ok');
  await joined(silent.on('broadcast', { event: '*' }, got.put));
  assert.deepEqual(await silent.httpSend('ev/ent', { n: 2 }), { success: true });
  assert.deepEqual(await got.one(), { type: 'broadcast', event: 'ev/ent', payload: { n: 2 } });
  const other = await connect();
  assert.equal(await other.channel('http').send({ type: 'broadcast', event: 'batch', payload: { n: 3 } }), 'ok');
  assert.deepEqual(await got.one(), { type: 'broadcast', event: 'batch', payload: { n: 3 } });
  await silent.httpSend('bin', new Uint8Array([7]).buffer);
  assert.deepEqual([...new Uint8Array((await got.one()).payload)], [7]);
});

await check('filters', async () => {
  const client = await connect(null);
  const cases = {
    'id=eq.10': [10], 'id=neq.10': [11, 12], 'id=gt.11': [12], 'id=gte.11': [11, 12], 'id=lt.11': [10],
    'id=lte.11': [10, 11], 'id=in.(10,12)': [10, 12], 'title=in.("a,b",c)': [10, 12], 'title=like.a%': [10, 11],
    'title=ilike.A%': [10, 11], 'title=match.^a': [10, 11], 'title=imatch.^A': [10, 11], 'title=eq.a': [11],
    'big=is.null': [10, 11, 12], 'big=not.is.null': [], 'id=not.eq.10': [11, 12], 'id=gt.10,id=lt.12': [11],
    'title=isdistinct.c': [10, 11], 'title=gt.b': [12], 'open=eq.true': [10], 'open=in.(false)': [11],
    'open=is.false': [11], 'open=neq.true': [11], 'open=not.eq.true': [11], 'open=is.unknown': [12],
    'at=eq.2026-01-02T03:04:05Z': [10], 'at=in.("2026-01-02 12:04:05+09")': [10], 'at=lt.2026-01-03': [10],
  };
  const boxes = Object.entries(cases).map(([filter, ids]) => [filter, ids, inbox()]);
  const channel = client.channel('filters');
  for (const [filter, , box] of boxes)
    channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'board', filter }, box.put);
  await ready(channel);
  good(await admin.from('board').insert([
    { id: 10, title: 'a,b', open: true, at: '2026-01-02T03:04:05Z' },
    { id: 11, title: 'a', open: false, at: null },
    { id: 12, title: 'c', open: null, at: null },
  ]));
  for (const [filter, ids, box] of boxes) {
    const got = (await box.take(ids.length)).map((change) => change.new.id);
    assert.deepEqual(got, ids, filter);
  }
  await Promise.all(boxes.map(([, , box]) => box.quiet()));
  good(await admin.from('board').delete().gte('id', 10));
});

await check('chosen columns, kinds of events, wildcards', async () => {
  const client = await connect(null);
  const [some, deletes, all] = [inbox(), inbox(), inbox()];
  const channel = client
    .channel('some')
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'board', select: ['id'] }, some.put)
    .on('postgres_changes', { event: 'DELETE', schema: 'public', table: 'board' }, deletes.put)
    .on('postgres_changes', { event: '*', schema: 'public' }, all.put);
  await ready(channel);
  good(await admin.from('board').insert({ id: 20, title: 't', big: 'x'.repeat(50000) }));
  assert.deepEqual((await some.one()).new, { id: 20 });
  good(await admin.from('board').update({ title: 'u' }).eq('id', 20));
  good(await admin.from('board').delete().eq('id', 20));
  assert.equal((await deletes.one()).old.title, 'u');
  const [, update] = await all.take(3);
  assert.equal(update.new.big.length, 50000);
  assert.equal(update.old.title, 't');
  await deletes.quiet();
});

await check('large values that an update leaves alone', async () => {
  const client = await connect(null, '2.0.0', SECRET);
  const got = inbox();
  await ready(client.channel('large').on('postgres_changes', { event: 'UPDATE', schema: 'public', table: 'notes' }, got.put));
  const body = Array.from({ length: 20000 }, (_, n) => n.toString(36)).join('-');
  good(await admin.from('notes').insert({ id: 30, owner: ANN, body }));
  good(await admin.from('notes').update({ done: true }).eq('id', 30));
  const { new: row } = await got.one();
  assert.equal(row.body, body);
  good(await admin.from('notes').delete().eq('id', 30));
});

await check('tables that are not published, bad filters', async () => {
  const client = await connect(ANN_TOKEN);
  const watch = (name, more) =>
    client.channel(name).on('postgres_changes', { event: '*', schema: 'public', ...more }, () => {});
  const hidden = await ready(watch('hidden', { table: 'hidden' }));
  assert.equal(hidden.status, 'error');
  assert.match(hidden.message, /Unable to subscribe to changes with given parameters/);
  assert.match((await ready(watch('column', { table: 'notes', filter: 'nope=eq.1' }))).message, /invalid column for filter nope/);
  assert.match((await ready(watch('secret', { table: 'notes', filter: 'secret=eq.1' }))).message, /invalid column/);
  assert.match((await ready(watch('value', { table: 'notes', filter: 'id=eq.abc' }))).message, /invalid input syntax/);
  for (const [filter, said] of [
    ['id=is.true', /is true filter requires a boolean column, got integer/],
    ['id=like.1%', /operator like requires a text-compatible column type, got integer/],
    ['body=match.(', /invalid regular expression/],
  ])
    assert.match((await ready(watch(filter, { table: 'notes', filter }))).message, said);
  assert.match((await ready(watch('chosen', { table: 'notes', select: ['id', 'secret'] }))).message, /invalid column for select secret/);
  assert.match((await ready(watch('syntax', { table: 'notes', filter: 'id' }))).message, /filter/);
  const waiting = client.channel('wait', { config: { postgres_changes_options: { wait: true } } });
  assert.match(
    await refused(waiting.on('postgres_changes', { event: '*', schema: 'public', table: 'hidden' }, () => {})),
    /RealtimeDisabledForConfiguration/,
  );
});

await check('nobody without rights to a table gets its rows', async () => {
  const client = await connect(null);
  const got = inbox();
  await ready(client.channel('rights').on('postgres_changes', { event: '*', schema: 'public', table: 'notes' }, got.put));
  good(await admin.from('notes').insert({ id: 40, owner: ANN, body: 'x' }));
  const told = await got.one();
  assert.deepEqual([told.new, told.errors], [{}, ['Error 401: Unauthorized']]);
  good(await admin.from('notes').delete().eq('id', 40));
});

await check('private channels: who may receive', async () => {
  const nobody = await connect();
  const config = { private: true };
  assert.match(await refused(nobody.channel('room:loud', { config })), /Unauthorized: You do not have permissions to read/);
  const ann = await connect(ANN_TOKEN);
  assert.match(await refused(ann.channel('elsewhere', { config })), /Unauthorized/);
  const got = inbox();
  await joined(ann.channel('room:loud', { config }).on('broadcast', { event: '*' }, got.put));
  const publicOne = await joined(nobody.channel('room:loud'));
  await publicOne.send({ type: 'broadcast', event: 'no', payload: {} });
  await got.quiet();
});

await check('private channels: who may send', async () => {
  const [ann, ben] = [await connect(ANN_TOKEN), await connect(BEN_TOKEN)];
  const config = { private: true, broadcast: { ack: true } };
  const got = inbox();
  await joined(ben.channel('room:loud', { config }).on('broadcast', { event: '*' }, got.put));
  const loud = await joined(ann.channel('room:loud', { config }));
  assert.equal(await loud.send({ type: 'broadcast', event: 'yes', payload: {} }), 'ok');
  assert.equal((await got.one()).event, 'yes');
  assert.deepEqual(await loud.httpSend('too', { a: 1 }), { success: true });
  assert.equal((await got.one()).event, 'too');
  const still = await joined(ann.channel('room:still', { config }));
  assert.equal(await still.send({ type: 'broadcast', event: 'no', payload: {} }, { timeout: 3000 }), 'error');
  await assert.rejects(still.httpSend('no', {}), /Unauthorized/);
  assert.equal(await loud.track({ here: 1 }, { timeout: 300 }), 'error');
});

await check('private channels: presence apart from broadcast', async () => {
  const ann = await connect(ANN_TOKEN);
  const [got, synced] = [inbox(), inbox()];
  const channel = ann
    .channel('look:1', { config: { private: true, broadcast: { self: true } } })
    .on('broadcast', { event: '*' }, got.put)
    .on('presence', { event: 'sync' }, synced.put);
  await joined(channel);
  await synced.one();
  const told = await admin.channel('look:1', { config: { private: true } }).httpSend('x', {});
  assert.deepEqual(told, { success: true });
  await got.quiet();
});

await check('messages from the database', async () => {
  const ann = await connect(ANN_TOKEN);
  const got = inbox();
  const channel = ann.channel('room:db', { config: { private: true } }).on('broadcast', { event: '*' }, got.put);
  await joined(channel);
  good(await admin.rpc('say', { words: { n: 1 }, room: 'room:db', secretly: true }));
  const message = await got.one();
  assert.equal(message.event, 'said');
  assert.equal(message.payload.n, 1);
  assert.equal(message.payload.id, message.meta.id);
  good(await admin.rpc('say', { words: { n: 2 }, room: 'room:db', secretly: false }));
  await got.quiet();
  const changes = inbox();
  await joined(ann.channel('board:50', { config: { private: true } }).on('broadcast', { event: 'INSERT' }, changes.put));
  good(await admin.from('board').insert({ id: 50, title: 'new' }));
  const { payload } = await changes.one();
  delete payload.id;
  assert.deepEqual(payload, {
    operation: 'INSERT', schema: 'public', table: 'board', old_record: null,
    record: { id: 50, title: 'new', big: null, open: null, at: null },
  });
});

await check('messages again: replay', async () => {
  const since = Date.now() - 60_000;
  for (const n of [1, 2, 3]) good(await admin.rpc('say', { words: { n }, room: 'room:again', secretly: true }));
  const ann = await connect(ANN_TOKEN);
  const got = inbox();
  const config = { private: true, broadcast: { replay: { since, limit: 2 } } };
  await joined(ann.channel('room:again', { config }).on('broadcast', { event: '*' }, got.put));
  const found = await got.take(2);
  assert.deepEqual(found.map((message) => [message.payload.n, message.meta.replayed]), [[2, true], [3, true]]);
  await got.quiet();
  const bad = { private: true, broadcast: { replay: { since: 'x' } } };
  assert.match(await refused(ann.channel('room:bad', { config: bad })), /Replay params are not valid/);
});

await check('tokens that do not hold', async () => {
  for (const [token, said] of [
    ['not a token', /MalformedJWT/],
    [`${ANN_TOKEN.slice(0, -6)}AAAAAA`, /JwtSignatureError/],
    [process.env.EXPIRED, /Token has expired/],
    [process.env.NO_EXPIRY, /Fields `role` and `exp` are required/],
  ]) {
    const client = await connect(token);
    assert.match(await refused(client.channel('any')), said);
  }
});

await check('a new token changes what is seen, and what may be read', async () => {
  const client = await connect(ANN_TOKEN);
  const got = inbox();
  const channel = client.channel('turn').on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'notes' }, got.put);
  const told = inbox();
  channel.on('system', {}, told.put);
  await joined(channel);
  await told.one();
  good(await admin.from('notes').insert({ id: 60, owner: ANN }));
  await got.one();
  await client.become(BEN_TOKEN);
  await told.one();
  good(await admin.from('notes').insert({ id: 61, owner: ANN }));
  await got.quiet();
  good(await admin.from('notes').delete().gte('id', 60));
});

await check('leaving, coming back, a topic joined twice', async () => {
  const client = await connect();
  const got = inbox();
  const first = await joined(client.channel('again').on('broadcast', { event: '*' }, got.put));
  assert.equal(await first.unsubscribe(), 'ok');
  await (await connect()).channel('again').httpSend('lost', {});
  await got.quiet();
  await joined(client.channel('again').on('broadcast', { event: '*' }, got.put));
  await (await connect()).channel('again').httpSend('found', {});
  assert.equal((await got.one()).event, 'found');
});

await Promise.all(everyone.map((client) => client.removeAllChannels()));
process.exit(0);
