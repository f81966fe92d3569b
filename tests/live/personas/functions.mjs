import assert from 'node:assert/strict';
import { check, connect, good } from './harness.mjs';
import { RAIN, SUN, anon, ann, bob, ids, service } from './world.mjs';

const said = ({ status, error }) => [status, error?.code];

await check('scalar with default, by POST and GET', async () => {
  assert.equal(good(await anon.rpc('add_up', { a: 2, b: 3 })), 5);
  assert.equal(good(await anon.rpc('add_up', { a: 2 }, { get: true })), 3);
});
await check('list of scalars', async () =>
  assert.ok(good(await anon.rpc('my_tags')).includes('rain')));
await check('rows of a table with select, filter, order, limit and embedding', async () => {
  const rows = good(
    await bob
      .rpc('feed', { p_limit: 10, p_before: '2030-06-01T00:00:00Z' })
      .select('caption, liked_by_me, author:profiles!videos_author_id_fkey(handle)')
      .neq('caption', 'Secret draft')
      .order('made_at', { ascending: false })
      .limit(5),
  );
  assert.deepEqual(rows, [
    { caption: 'Rainy, "day"', liked_by_me: false, author: { handle: 'bob' } },
    { caption: 'Sunny runs', liked_by_me: true, author: { handle: 'ann' } },
  ]);
});
await check('all columns and a computed one', async () => {
  const rows = good(await bob.rpc('feed', { p_limit: 10 }).select('*, liked_by_me').eq('id', SUN));
  assert.deepEqual([rows[0].liked_by_me, rows[0].caption], [true, 'Sunny runs']);
});
await check('a computed column that other tables have, too', async () => {
  const rows = good(await anon.rpc('feed', { p_limit: 10 }).select('headline').eq('id', SUN));
  assert.deepEqual(rows, [{ headline: 'SUNNY RUNS' }]);
});
await check('count of rows', async () => {
  const answer = await anon.rpc('feed', { p_limit: 10, p_before: '2030-01-02T11:00Z' }, { count: 'exact' }).limit(1);
  assert.deepEqual([answer.count, answer.data.length], [2, 1]);
});
await check('one row, and single of a list', async () => {
  assert.ok(good(await ann.rpc('newest')).caption);
  assert.equal(good(await anon.rpc('feed', { p_limit: 5 }).eq('id', RAIN).single()).id, RAIN);
});
await check('a table of its own columns', async () => {
  const row = good(await anon.rpc('per_author').eq('author', ids.bob).single());
  assert.deepEqual(row, { author: ids.bob, videos: 1 });
  assert.equal((await anon.rpc('per_author').select('nope')).error.code, '42703');
});
await check('void', async () => {
  const answer = await anon.rpc('nothing');
  assert.deepEqual([answer.status, answer.data, answer.error], [204, null, null]);
});
await check('who asks', async () => {
  assert.deepEqual(good(await anon.rpc('who')), { user: null, role: 'anon', readonly: 'on' });
  assert.deepEqual(good(await ann.rpc('who')), { user: ids.ann, role: 'authenticated', readonly: 'on' });
  assert.equal(good(await service.rpc('who')).role, 'service_role');
});
await check('writing by POST, refused by GET', async () => {
  assert.equal(good(await ann.rpc('touch_all')), 1);
  assert.deepEqual(said(await ann.rpc('touch_all', {}, { get: true })), [405, '25006']);
  assert.deepEqual(said(await anon.rpc('touch_all')), [401, '42501']);
});
await check('raised errors', async () => {
  const plain = await anon.rpc('complain', { p_how: 'plain' });
  assert.deepEqual([plain.status, plain.error.code, plain.error.message, plain.error.hint], [400, 'P0001', 'That slot is taken', 'Pick another']);
  assert.deepEqual(said(await anon.rpc('complain', { p_how: 'teapot' })), [418, 'PT418']);
  assert.deepEqual(said(await anon.rpc('complain', { p_how: 'own' })), [410, 'app.late']);
});
await check('execute is a grant too', async () => {
  assert.deepEqual(said(await anon.rpc('members_only')), [401, '42501']);
  assert.equal(good(await ann.rpc('members_only')), 'hello');
});
await check('unknown function or argument', async () => {
  assert.deepEqual(said(await anon.rpc('nope')), [404, 'PGRST202']);
  assert.deepEqual(said(await anon.rpc('add_up', { a: 1, z: 2 })), [404, 'PGRST202']);
});
await check("the role's statement timeout", async () =>
  assert.deepEqual(said(await connect(ids.hastyToken).rpc('slow')), [500, '57014']));
