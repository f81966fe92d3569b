import assert from 'node:assert/strict';
import { check, good } from './harness.mjs';
import { DRAFT, RAIN, SUN, anon, ann, bob, ids, service } from './world.mjs';

const said = ({ status, error }) => [status, error?.code];

await check('insert, minimal', async () => {
  const answer = await ann.from('videos').insert({ author_id: ids.ann, caption: 'Plain' });
  assert.deepEqual([answer.status, answer.data, answer.error], [201, null, null]);
});
await check('insert and return one', async () => {
  const row = good(await ann.from('videos').insert({ author_id: ids.ann, caption: 'Back', tags: ['a', 'b,c'] }).select('caption, tags, hidden').single());
  assert.deepEqual(row, { caption: 'Back', tags: ['a', 'b,c'], hidden: false });
});
await check('insert many with different keys and defaults', async () => {
  const rows = good(
    await ann
      .from('videos')
      .insert([{ author_id: ids.ann, caption: 'D1', hidden: true }, { author_id: ids.ann, caption: 'D2' }], { defaultToNull: false })
      .select('caption, hidden'),
  );
  assert.deepEqual(rows, [{ caption: 'D1', hidden: true }, { caption: 'D2', hidden: false }]);
});
await check('insert many: a missing key is null', async () => {
  const answer = await ann.from('videos').insert([{ author_id: ids.ann, caption: 'N1', hidden: true }, { author_id: ids.ann, caption: 'N2' }]);
  assert.deepEqual(said(answer), [400, '23502']);
});
await check('insert of an empty list', async () =>
  assert.deepEqual(good(await ann.from('videos').insert([]).select()), []));
await check('insert returns embeddings and computed columns', async () => {
  const row = good(
    await bob
      .from('comments')
      .insert({ video_id: SUN, author_id: ids.bob, body: 'new' })
      .select('body, author:profiles(handle), video:videos(headline)')
      .single(),
  );
  assert.deepEqual(row, { body: 'new', author: { handle: 'bob' }, video: { headline: 'SUNNY RUNS' } });
  const video = good(await ann.from('videos').insert({ author_id: ids.ann, caption: 'up' }).select('headline').single());
  assert.equal(video.headline, 'UP');
});
await check('insert counts', async () => {
  const answer = await ann.from('videos').insert([{ author_id: ids.ann, caption: 'c1' }, { author_id: ids.ann, caption: 'c2' }], { count: 'exact' });
  assert.equal(answer.count, 2);
});
await check('refused: insert for another (member, nobody)', async () => {
  const row = { author_id: ids.ann, caption: 'forged' };
  assert.deepEqual(said(await bob.from('videos').insert(row)), [403, '42501']);
  assert.deepEqual(said(await anon.from('videos').insert(row)), [401, '42501']);
});
await check('refused: insert into a column without grant', async () =>
  assert.deepEqual(said(await ann.from('comments').insert({ video_id: SUN, author_id: ids.ann, body: 'x', pinned: true })), [403, '42501']));
await check('refused: unknown column, check, foreign key, duplicate', async () => {
  const insert = (row) => ann.from('videos').insert(row);
  assert.deepEqual(said(await insert({ author_id: ids.ann, caption: 'x', nope: 1 })), [400, 'PGRST204']);
  assert.deepEqual(said(await insert({ author_id: ids.ann, caption: '' })), [400, '23514']);
  assert.deepEqual(said(await insert({ id: RAIN, author_id: ids.ann, caption: 'x' })), [409, '23505']);
  const comment = { video_id: '00000000-0000-0000-0000-00000000ffff', author_id: ids.ann, body: 'x' };
  assert.deepEqual(said(await ann.from('comments').insert(comment)), [409, '23503']);
});
await check('a duplicate like is 23505', async () => {
  const like = () => ann.from('likes').insert({ user_id: ids.ann, video_id: RAIN });
  good(await like());
  assert.deepEqual(said(await like()), [409, '23505']);
  assert.equal(good(await anon.from('videos').select('likes').eq('id', RAIN).single()).likes, 1);
});
await check('upsert: merge by primary key', async () => {
  const answer = await ann.from('likes').upsert({ user_id: ids.ann, video_id: RAIN, made_at: '2031-01-01T00:00:00+00:00' }).select();
  assert.equal(answer.status, 200);
  assert.deepEqual(good(answer).map((row) => row.made_at), ['2031-01-01T00:00:00+00:00']);
});
await check('upsert: ignore duplicates', async () => {
  const rows = good(await ann.from('likes').upsert([{ user_id: ids.ann, video_id: RAIN }, { user_id: ids.ann, video_id: SUN }], { ignoreDuplicates: true }).select('video_id'));
  assert.deepEqual(rows, [{ video_id: SUN }]);
  const mixed = await ann.from('likes').upsert([{ user_id: ids.ann, video_id: SUN }, { user_id: ids.ann, video_id: DRAFT }]);
  assert.equal(mixed.status, 201);
});
await check('upsert: on a named unique column', async () => {
  const row = { id: ids.ann, handle: 'ANN', bio: 'merged' };
  assert.equal(good(await service.from('profiles').upsert(row, { onConflict: 'handle' }).select('bio').single()).bio, 'merged');
});
await check('refused: upsert without the right to update', async () =>
  assert.deepEqual(said(await ann.from('follows').upsert({ follower_id: ids.ann, followee_id: ids.bob })), [403, '42501']));
await check('update own', async () => {
  const row = good(await ann.from('profiles').update({ bio: 'hi', settings: { lang: 'de' } }).eq('id', ids.ann).select('bio, settings').single());
  assert.deepEqual(row, { bio: 'hi', settings: { lang: 'de' } });
});
await check('update, minimal', async () =>
  assert.equal((await ann.from('videos').update({ hidden: false }).eq('id', DRAFT)).status, 204));
await check("update of another's row changes nothing", async () => {
  const answer = await bob.from('videos').update({ caption: 'mine' }, { count: 'exact' }).eq('id', SUN).select('id');
  assert.deepEqual([answer.data, answer.count, answer.error], [[], 0, null]);
  assert.equal((await bob.from('videos').update({ caption: 'mine' }).eq('id', SUN).select().single()).error.code, 'PGRST116');
});
await check('refused: update of a column without grant', async () =>
  assert.deepEqual(said(await ann.from('videos').update({ likes: 1000 }).eq('id', SUN)), [403, '42501']));
await check('refused: update and delete of everything', async () => {
  assert.deepEqual(said(await service.from('videos').update({ caption: 'x' })), [400, '21000']);
  assert.deepEqual(said(await service.from('videos').delete()), [400, '21000']);
});
await check('update with or and a limit of rows', async () => {
  const update = ann.from('videos').update({ tags: ['t'] }).or('caption.eq.c1,caption.eq.c2');
  assert.deepEqual(said(await update.maxAffected(1)), [400, 'PGRST124']);
  assert.equal(good(await anon.from('videos').select('id').contains('tags', ['t'])).length, 0);
});
await check('delete own and return', async () => {
  const rows = good(await ann.from('videos').delete().eq('caption', 'Plain').select('caption'));
  assert.deepEqual(rows, [{ caption: 'Plain' }]);
});
await check("delete of another's row deletes nothing", async () => {
  const answer = await bob.from('comments').delete({ count: 'exact' }).eq('body', 'wet');
  assert.deepEqual([answer.status, answer.count], [204, 0]);
});
await check('refused: delete by nobody', async () =>
  assert.deepEqual(said(await anon.from('comments').delete().eq('body', 'wet')), [401, '42501']));
await check('refused: returning what may not be read', async () => {
  const update = (columns) => ann.from('profiles').update({ bio: 'again' }).eq('id', ids.ann).select(columns);
  assert.deepEqual(said(await update('*')), [403, '42501']);
  assert.equal(good(await update('bio')).length, 1);
});
await check('refused: a write filtered by what is not embedded', async () =>
  assert.deepEqual(said(await ann.from('videos').delete().eq('id', SUN).eq('comments.body', 'x')), [400, 'PGRST108']));
await check('values in bodies are never SQL', async () => {
  const caption = `'; drop table public.likes; -- %s {} "x" \\`;
  assert.equal(good(await ann.from('videos').insert({ author_id: ids.ann, caption }).select().single()).caption, caption);
});
await check('refused: a key that is SQL', async () =>
  assert.deepEqual(said(await ann.from('videos').insert({ 'caption") values (1); --': 1 })), [400, 'PGRST204']));
await check('rolling back is not the request\'s to ask, as on the platform', async () => {
  good(await ann.from('videos').insert({ author_id: ids.ann, caption: 'kept' }).rollback());
  assert.equal(good(await ann.from('videos').select('id').eq('caption', 'kept')).length, 1);
});
