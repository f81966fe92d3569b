import assert from 'node:assert/strict';
import { check, good } from './harness.mjs';
import { RAIN, SUN, anon, ann, bob, ids } from './world.mjs';

const one = async (columns, id = SUN, who = anon) =>
  good(await who.from('videos').select(columns).eq('id', id).single());

await check('many-to-one by constraint', async () =>
  assert.deepEqual(await one('author:profiles!videos_author_id_fkey(handle)'), { author: { handle: 'ann' } }));
await check('many-to-one by column hint and by column', async () => {
  assert.deepEqual(await one('profiles!co_author_id(handle)'), { profiles: { handle: 'bob' } });
  assert.deepEqual(await one('co_author_id(handle)', RAIN), { co_author_id: null });
});
await check('ambiguous without a hint', async () => {
  const { status, error } = await anon.from('videos').select('profiles(handle)');
  assert.deepEqual([status, error.code, error.details.length], [300, 'PGRST201', 3]);
  assert.match(error.hint, /profiles!videos_author_id_fkey/);
});
await check('no relationship', async () => {
  const { status, error } = await anon.from('videos').select('follows(*)');
  assert.deepEqual([status, error.code], [400, 'PGRST200']);
});
await check('one-to-many with its own order, limit and filter', async () => {
  const row = good(
    await anon
      .from('videos')
      .select('caption, comments(body)')
      .eq('id', SUN)
      .neq('comments.body', 'thanks')
      .order('id', { referencedTable: 'comments', ascending: false })
      .limit(1, { referencedTable: 'comments' })
      .single(),
  );
  assert.deepEqual(row, { caption: 'Sunny runs', comments: [{ body: 'welcome' }] });
});
await check('one-to-many that is empty', async () =>
  assert.deepEqual(good(await ann.from('videos').select('comments(id)').is('hidden', true)), [{ comments: [] }]));
await check('one-to-one', async () => {
  const row = good(await ann.from('profiles').select('handle, profile_themes(theme)').eq('id', ids.ann).single());
  assert.deepEqual(row, { handle: 'ann', profile_themes: { theme: 'dark' } });
  assert.equal(good(await bob.from('profiles').select('profile_themes(theme)').eq('id', ids.ann).single()).profile_themes, null);
});
await check('many-to-many through the join table', async () =>
  assert.deepEqual(await one('fans:profiles!likes(handle)'), { fans: [{ handle: 'bob' }] }));
await check('two keys to one table, by constraint', async () => {
  const rows = good(
    await anon.from('follows').select('who:profiles!follows_follower_id_fkey(handle), whom:profiles!follows_followee_id_fkey(handle)'),
  );
  assert.deepEqual(rows, [{ who: { handle: 'bob' }, whom: { handle: 'ann' } }]);
});
await check('self reference: parent by column, children by table', async () => {
  const rows = good(await anon.from('comments').select('body, parent_id(body), comments(body)').eq('video_id', SUN).order('id').order('id', { referencedTable: 'comments' }));
  assert.deepEqual(rows[0], { body: 'first', parent_id: null, comments: [{ body: 'thanks' }, { body: 'welcome' }] });
  assert.deepEqual(rows[1], { body: 'thanks', parent_id: { body: 'first' }, comments: [] });
});
await check('self reference: a constraint is no hint, as in PostgREST', async () =>
  assert.equal((await anon.from('comments').select('parent:comments!comments_parent_id_fkey(body)')).error.code, 'PGRST200'));
await check('inner drops rows without a match', async () => {
  const rows = good(await anon.from('videos').select('caption, comments!inner(body)').eq('comments.body', 'wet'));
  assert.deepEqual(rows, [{ caption: 'Rainy, "day"', comments: [{ body: 'wet' }] }]);
  const by = good(await anon.from('videos').select('caption, author:profiles!videos_author_id_fkey!inner(handle)').eq('author.handle', 'bob'));
  assert.equal(by.length, 1);
});
await check('inner counts right', async () => {
  const answer = await anon.from('videos').select('id, likes!inner()', { count: 'exact' });
  assert.deepEqual([answer.count, Object.keys(answer.data[0])], [1, ['id']]);
});
await check('without inner the filter empties the embedding only', async () =>
  assert.deepEqual(good(await anon.from('videos').select('comments(body)').eq('comments.body', 'wet').order('made_at')), [
    { comments: [] },
    { comments: [{ body: 'wet' }] },
  ]));
await check('rows without any match', async () =>
  assert.deepEqual(good(await anon.from('videos').select('caption, likes()').is('likes', null)), [{ caption: 'Rainy, "day"' }]));
await check('nested', async () => {
  const row = good(
    await anon
      .from('profiles')
      .select('handle, videos!videos_author_id_fkey(caption, comments(body, author:profiles(handle)))')
      .eq('id', ids.bob)
      .single(),
  );
  assert.deepEqual(row.videos, [{ caption: 'Rainy, "day"', comments: [{ body: 'wet', author: { handle: 'ann' } }] }]);
});
await check('a filter two levels down', async () => {
  const rows = good(
    await anon
      .from('videos')
      .select('caption, comments!inner(body, author:profiles!inner(handle))')
      .eq('comments.author.handle', 'ann')
      .order('caption'),
  );
  assert.deepEqual(rows.map((row) => row.comments[0].body), ['wet', 'thanks']);
});
await check('spread', async () =>
  assert.deepEqual(await one('caption, ...profiles!videos_author_id_fkey(author:handle, bio)'), { caption: 'Sunny runs', author: 'ann', bio: null }));
await check('count of an embedding', async () =>
  assert.deepEqual(await one('comments(count)'), { comments: [{ count: 3 }] }));
await check('or on an embedding', async () => {
  const row = good(await anon.from('videos').select('comments(body)').eq('id', SUN).or('body.eq.first,body.eq.thanks', { referencedTable: 'comments' }).single());
  assert.equal(row.comments.length, 2);
});
await check('order by a column of a to-one embedding', async () => {
  const by = async (ascending) =>
    good(await anon.from('videos').select('caption, author:profiles!videos_author_id_fkey(handle)').order('author(handle)', { ascending })).map((row) => row.author.handle);
  assert.deepEqual([await by(true), await by(false)], [['ann', 'bob'], ['bob', 'ann']]);
});
await check('order by a to-many embedding is refused', async () =>
  assert.equal((await anon.from('videos').select('id, comments(body)').order('comments(body)')).error.code, 'PGRST118'));
await check('a filter on what is not embedded is refused', async () =>
  assert.equal((await anon.from('videos').select('id').eq('comments.body', 'x')).error.code, 'PGRST108'));
await check('computed columns in an embedding', async () => {
  const row = good(await bob.from('comments').select('video:videos(headline, liked_by_me)').eq('body', 'first').single());
  assert.deepEqual(row.video, { headline: 'SUNNY RUNS', liked_by_me: true });
});
await check('a computed relationship', async () =>
  assert.deepEqual(await one('first_comment(body)'), { first_comment: { body: 'first' } }));
await check('policies hold in embeddings', async () => {
  const of = async (who) => good(await who.from('profiles').select('videos!videos_author_id_fkey(id)').eq('id', ids.ann).single()).videos.length;
  assert.deepEqual([await of(anon), await of(bob), await of(ann)], [1, 1, 2]);
});
await check('grants hold in embeddings', async () =>
  assert.equal((await anon.from('videos').select('author:profiles!videos_author_id_fkey(*)')).error.code, '42501'));
await check('relationships of views', async () => {
  const row = good(await anon.from('open_videos').select('caption, profiles!videos_author_id_fkey(handle)').eq('id', SUN).single());
  assert.deepEqual(row, { caption: 'Sunny runs', profiles: { handle: 'ann' } });
});
await check('spreads of lists', async () => {
  const row = good(await anon.from('videos').select('id, ...comments(body)').eq('id', RAIN).single());
  assert.ok(Array.isArray(row.body));
});
