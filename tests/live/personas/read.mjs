import assert from 'node:assert/strict';
import { check, connect, good } from './harness.mjs';
import { DRAFT, RAIN, SUN, anon, ann, bob, ids, service } from './world.mjs';

const captions = (rows) => rows.map((row) => row.caption);
const videos = (columns = 'caption') => anon.from('videos').select(columns);
const found = async (query) => captions(good(await query.order('made_at')));

await check('rows by policy: nobody', async () =>
  assert.deepEqual(await found(videos()), ['Sunny runs', 'Rainy, "day"']));
await check('rows by policy: the owner sees the hidden one', async () =>
  assert.equal(good(await ann.from('videos').select()).length, 3));
await check('rows by policy: another member does not', async () =>
  assert.equal(good(await bob.from('videos').select().eq('id', DRAFT)).length, 0));
await check('rows by policy: service bypasses', async () =>
  assert.equal(good(await service.from('videos').select()).length, 3));
await check('a view with the rights of its reader', async () =>
  assert.equal(good(await ann.from('open_videos').select()).length, 2));

await check('alias, cast and JSON path', async () => {
  const row = good(
    await anon
      .from('profiles')
      .select('name:handle, settings->>lang, w:settings->size->w, text:settings->size::text')
      .eq('id', ids.ann)
      .single(),
  );
  assert.deepEqual(row, { name: 'ann', lang: 'en', w: 9, text: '{"w": 9}' });
});
await check('eq on citext ignores case', async () =>
  assert.equal(good(await anon.from('profiles').select('id').eq('handle', 'ANN')).length, 1));
await check('eq on a JSON path', async () =>
  assert.equal(good(await anon.from('profiles').select('id').eq('settings->size->>w', '9')).length, 3));
await check('neq', async () => assert.deepEqual(await found(videos().neq('id', SUN)), ['Rainy, "day"']));
await check('gt and lte on time', async () =>
  assert.deepEqual(await found(videos().gt('made_at', '2030-01-01T10:00Z').lte('made_at', '2030-01-02T10:00:00+00:00')), ['Rainy, "day"']));
await check('gte and lt on numbers', async () =>
  assert.deepEqual(await found(videos().gte('rating', 4.5).lt('rating', 5)), ['Sunny runs']));
await check('like takes a star', async () =>
  assert.deepEqual(await found(videos().like('caption', 'Sun*')), ['Sunny runs']));
await check('like heeds case, ilike does not', async () => {
  assert.deepEqual(await found(videos().like('caption', 'sun%')), []);
  assert.deepEqual(await found(videos().ilike('caption', '%RAIN%')), ['Rainy, "day"']);
});
await check('ilike of any', async () =>
  assert.equal((await found(videos().ilikeAnyOf('caption', ['sun%', 'rain%']))).length, 2));
await check('is null and is not null', async () => {
  assert.deepEqual(await found(videos().is('rating', null)), ['Rainy, "day"']);
  assert.deepEqual(await found(videos().not('rating', 'is', null)), ['Sunny runs']);
});
await check('is true', async () =>
  assert.deepEqual(captions(good(await ann.from('videos').select().is('hidden', true))), ['Secret draft']));
await check('in with commas and quotes', async () => {
  assert.deepEqual(await found(videos().in('caption', ['a, b', 'Sunny runs'])), ['Sunny runs']);
  assert.deepEqual(await found(videos().filter('caption', 'in', '("Rainy, \\"day\\"",x)')), ['Rainy, "day"']);
});
await check('in of uuids and not in', async () => {
  assert.deepEqual(await found(videos().in('id', [SUN])), ['Sunny runs']);
  assert.deepEqual(await found(videos().not('id', 'in', `(${SUN})`)), ['Rainy, "day"']);
});
await check('in of nothing', async () => assert.deepEqual(await found(videos().in('id', [])), []));
await check('arrays: contains, contained, overlaps', async () => {
  assert.deepEqual(await found(videos().contains('tags', ['sun'])), ['Sunny runs']);
  assert.deepEqual(await found(videos().containedBy('tags', ['rain', 'snow'])), ['Rainy, "day"']);
  assert.deepEqual(await found(videos().overlaps('tags', ['rain', 'x'])), ['Rainy, "day"']);
});
await check('JSON contains', async () =>
  assert.equal(good(await anon.from('profiles').select('id').contains('settings', { lang: 'en' })).length, 3));
await check('ranges', async () =>
  assert.deepEqual(await found(videos().overlaps('span', '[7,8)')), ['Rainy, "day"']));
await check('text search in four ways', async () => {
  for (const [text, type] of [['run & sunny', undefined], ['sunny run', 'plain'], ['sunny runs', 'phrase'], ['run -rain', 'websearch']])
    assert.deepEqual(await found(videos().textSearch('words', text, { type, config: 'english' })), ['Sunny runs']);
});
await check('text search on plain text', async () =>
  assert.deepEqual(await found(videos().textSearch('caption', 'running', { type: 'plain', config: 'english' })), ['Sunny runs']));
await check('or with and and not inside', async () => {
  const cursor = `made_at.lt.2030-01-02T10:00:00+00:00,and(made_at.eq.2030-01-02T10:00:00+00:00,id.lt.${SUN})`;
  assert.deepEqual(await found(videos().or(cursor)), ['Sunny runs']);
  assert.deepEqual(await found(videos().or(`rating.not.is.null,caption.eq."Rainy, \\"day\\""`)), ['Sunny runs', 'Rainy, "day"']);
  assert.deepEqual(await found(videos().or(`not.and(id.eq.${SUN},hidden.is.false)`)), ['Rainy, "day"']);
});
await check('match', async () =>
  assert.deepEqual(await found(videos().match({ author_id: ids.bob, hidden: false })), ['Rainy, "day"']));
await check('order with nulls', async () => {
  const by = async (options) => captions(good(await videos().order('rating', options)));
  assert.deepEqual(await by({ nullsFirst: true }), ['Rainy, "day"', 'Sunny runs']);
  assert.deepEqual(await by({ ascending: false, nullsFirst: false }), ['Sunny runs', 'Rainy, "day"']);
});
await check('limit and range', async () => {
  assert.deepEqual(captions(good(await videos().order('made_at').limit(1))), ['Sunny runs']);
  assert.deepEqual(captions(good(await videos().order('made_at').range(1, 1))), ['Rainy, "day"']);
});
await check('exact count with a page', async () => {
  const answer = await anon.from('videos').select('id', { count: 'exact' }).limit(1);
  assert.deepEqual([answer.count, answer.data.length, answer.status], [2, 1, 206]);
});
await check('count without rows', async () => {
  const answer = await ann.from('videos').select('*', { count: 'exact', head: true });
  assert.deepEqual([answer.count, answer.data, answer.error], [3, null, null]);
});
await check('planned count', async () => {
  const answer = await anon.from('videos').select('id', { count: 'planned' });
  assert.ok(Number.isInteger(answer.count));
});
await check('a page beyond the end', async () => {
  const { error, status } = await anon.from('videos').select('id', { count: 'exact' }).range(50, 60);
  assert.deepEqual([status, error.code], [416, 'PGRST103']);
});
await check('single: one, none, several', async () => {
  assert.equal(good(await videos().eq('id', SUN).single()).caption, 'Sunny runs');
  const none = await videos().eq('id', DRAFT).single();
  assert.deepEqual([none.status, none.error.code], [406, 'PGRST116']);
  assert.equal((await videos().single()).error.code, 'PGRST116');
});
await check('maybeSingle: none and several', async () => {
  assert.equal(good(await videos().eq('id', DRAFT).maybeSingle()), null);
  assert.equal((await videos().maybeSingle()).error.code, 'PGRST116');
});
await check('computed columns', async () => {
  const row = good(await bob.from('videos').select('id, liked_by_me, headline').eq('id', SUN).single());
  assert.deepEqual(row, { id: SUN, liked_by_me: true, headline: 'SUNNY RUNS' });
  assert.equal(good(await ann.from('videos').select('*, liked_by_me').eq('id', SUN).single()).liked_by_me, false);
});
await check('filter and order by a computed column', async () =>
  assert.deepEqual(captions(good(await bob.from('videos').select().is('liked_by_me', true).order('headline'))), ['Sunny runs']));
await check('nulls stripped', async () =>
  assert.equal('rating' in good(await anon.from('videos').select('*').eq('id', RAIN).stripNulls())[0], false));

await check('refused: a column without grant', async () => {
  const nobody = await anon.from('profiles').select('secret_note');
  assert.deepEqual([nobody.status, nobody.error.code], [401, '42501']);
  const member = await ann.from('profiles').select('*');
  assert.deepEqual([member.status, member.error.code], [403, '42501']);
});
await check('refused: a table without grant', async () =>
  assert.equal((await anon.from('profile_themes').select()).error.code, '42501'));
await check('refused: unknown table, column, function', async () => {
  assert.equal((await anon.from('nope').select()).error.code, 'PGRST205');
  const column = await videos('caption, nope');
  assert.deepEqual([column.status, column.error.code, column.error.message], [400, '42703', 'column videos.nope does not exist']);
  assert.equal((await videos().eq('pg_sleep(1)', 1)).error.code, 'PGRST100');
  assert.equal((await anon.rpc('pg_sleep', { x: 1 })).error.code, 'PGRST202');
});
await check('refused: tables of other schemas', async () => {
  assert.equal((await service.from('users').select()).error.code, 'PGRST205');
  assert.equal((await anon.schema('auth').from('users').select()).error.code, 'PGRST106');
});
await check('refused: a value of the wrong type', async () => {
  const { status, error } = await videos().eq('id', "'; drop table videos; --");
  assert.deepEqual([status, error.code], [400, '22P02']);
});
await check('values are never SQL', async () => {
  assert.deepEqual(await found(videos().eq('caption', "x' or '1'='1")), []);
  assert.deepEqual(await found(videos().in('caption', ["x\\', \"y"])), []);
  assert.equal((await videos('caption::text) from auth.users --')).error.code, 'PGRST100');
  assert.ok((await videos('"caption"" from auth.users --"')).error);
});
await check('refused: an unknown key, a forged and an expired token', async () => {
  assert.equal((await connect(undefined, 'sb_publishable_wrong').from('videos').select()).status, 401);
  const forged = await connect(`${ids.annToken.slice(0, -4)}AAAA`).from('videos').select();
  assert.deepEqual([forged.status, forged.error.code], [401, 'PGRST301']);
  const expired = await connect(ids.expiredToken).from('videos').select();
  assert.deepEqual([expired.status, expired.error.code], [401, 'PGRST303']);
});
await check('lines of CSV, and an estimated count', async () => {
  const csv = good(await anon.from('videos').select('caption, hidden').eq('id', SUN).csv());
  assert.equal(csv, 'caption,hidden\n"Sunny runs",f');
  assert.equal((await anon.from('videos').select('id', { count: 'estimated' })).count, 2);
});
await check('refused: plans, as the platform does', async () =>
  assert.equal((await videos().explain()).error.code, 'PGRST107'));
await check('a function that is not there', async () => {
  const { error } = await anon.functions.invoke('hello');
  assert.deepEqual([error.name, error.context.status], ['FunctionsHttpError', 404]);
});
await check('refused: aggregates, as the platform does', async () =>
  assert.equal((await videos('likes.sum()')).error.code, 'PGRST123'));
