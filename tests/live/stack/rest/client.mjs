// supabase-js against the agency: each method of its query builder once, by the documentation.
import assert from 'node:assert/strict';
import { check, connect, good, key, url } from './harness.mjs';

const db = connect(undefined, process.env.SECRET);
const ids = async (query) => good(await query.order('id')).map((row) => row.id);
const projects = () => db.from('projects').select('id');
const single = async (query) => good(await query.single());

const filters = {
  eq: [(q) => q.eq('id', 1), [1]],
  neq: [(q) => q.neq('id', 1), [2, 3, 4]],
  gt: [(q) => q.gt('id', 3), [4]],
  gte: [(q) => q.gte('id', 3), [3, 4]],
  lt: [(q) => q.lt('id', 2), [1]],
  lte: [(q) => q.lte('id', 2), [1, 2]],
  like: [(q) => q.like('name', '%site%'), [1]],
  likeAllOf: [(q) => q.likeAllOf('name', ['%site%', 'Run%']), [1]],
  likeAnyOf: [(q) => q.likeAnyOf('name', ['%site%', 'Sho%']), [1, 2]],
  ilike: [(q) => q.ilike('name', '%SITE%'), [1]],
  ilikeAllOf: [(q) => q.ilikeAllOf('name', ['%SITE%', 'run%']), [1]],
  ilikeAnyOf: [(q) => q.ilikeAnyOf('name', ['%SITE%', 'sho%']), [1, 2]],
  regexMatch: [(q) => q.regexMatch('name', '^R'), [1]],
  regexIMatch: [(q) => q.regexIMatch('name', '^r'), [1]],
  'is null': [(q) => q.is('client_id', null), [4]],
  'is true': [(q) => q.is('done', true), [2]],
  isDistinct: [(q) => q.isDistinct('client_id', 1), [3, 4]],
  in: [(q) => q.in('name', ['Shop', 'a, b', 'x']), [2]],
  notIn: [(q) => q.notIn('id', [1, 2]), [3, 4]],
  'contains a list': [(q) => q.contains('tags', ['web']), [1, 2]],
  'contains an object': [(q) => q.contains('meta', { a: { b: [1] } }), [1]],
  'contains a range': [(q) => q.contains('due', '[2026-01-05,2026-01-06]'), [1]],
  containedBy: [(q) => q.containedBy('tags', ['web', 'red']), [1, 2, 4]],
  rangeGt: [(q) => q.rangeGt('due', '[2026-01-15,2026-02-20]'), [2]],
  rangeGte: [(q) => q.rangeGte('due', '[2026-01-15,2026-02-20]'), [2]],
  rangeLt: [(q) => q.rangeLt('due', '[2026-02-15,2026-02-20]'), [1]],
  rangeLte: [(q) => q.rangeLte('due', '[2026-01-15,2026-02-20]'), [1]],
  rangeAdjacent: [(q) => q.rangeAdjacent('due', '[2026-02-01,2026-02-20]'), [1]],
  overlaps: [(q) => q.overlaps('tags', ['red', 'blue']), [1]],
  'text search': [(q) => q.textSearch('words', `'run'`), [1]],
  'plain text search': [(q) => q.textSearch('name', 'running site', { type: 'plain', config: 'english' }), [1]],
  'phrase search': [(q) => q.textSearch('name', 'running site', { type: 'phrase', config: 'english' }), [1]],
  'web search': [(q) => q.textSearch('name', 'site or shop', { type: 'websearch', config: 'english' }), [1, 2]],
  match: [(q) => q.match({ id: 1, done: false }), [1]],
  not: [(q) => q.not('id', 'in', '(1,2)'), [3, 4]],
  or: [(q) => q.or('id.eq.1,and(id.gt.2,client_id.is.null)'), [1, 4]],
  filter: [(q) => q.filter('meta->>n', 'eq', '3'), [1]],
};
for (const [name, [add, wanted]] of Object.entries(filters))
  await check(`filter: ${name}`, async () => assert.deepEqual(await ids(add(projects())), wanted));

await check('filters of what is embedded', async () => {
  const rows = good(
    await db
      .from('clients')
      .select('id, projects!inner(id, tasks(id))')
      .or('id.eq.1,id.eq.3', { referencedTable: 'projects' })
      .order('id', { referencedTable: 'projects.tasks', ascending: false })
      .limit(1, { referencedTable: 'projects.tasks' })
      .order('id'),
  );
  assert.deepEqual(rows, [
    { id: 1, projects: [{ id: 1, tasks: [{ id: 2 }] }] },
    { id: 2, projects: [{ id: 3, tasks: [{ id: 4 }] }] },
  ]);
});
await check('order by a column of what is embedded', async () => {
  const rows = good(await db.from('projects').select('id, clients(name)').not('client_id', 'is', null).order('clients(name)', { ascending: false }).order('id'));
  assert.deepEqual(rows.map((row) => row.id), [3, 1, 2]);
});
await check('order with nulls first, limit, range', async () => {
  const by = db.from('projects').select('id').order('budget', { ascending: true, nullsFirst: true });
  assert.deepEqual(good(await by.limit(2)).map((row) => row.id), [4, 2]);
  const page = await db.from('projects').select('id', { count: 'exact' }).order('id').range(1, 2);
  assert.deepEqual([page.data.map((row) => row.id), page.count, page.status], [[2, 3], 4, 206]);
});
await check('count without rows', async () => {
  const answer = await db.from('projects').select('*', { count: 'exact', head: true });
  assert.deepEqual([answer.data, answer.count, answer.error], [null, 4, null]);
});
await check('single and maybeSingle', async () => {
  assert.deepEqual(await single(projects().eq('id', 1)), { id: 1 });
  assert.equal((await projects().single()).error.code, 'PGRST116');
  assert.equal(good(await projects().eq('id', 99).maybeSingle()), null);
  assert.equal((await projects().maybeSingle()).error.code, 'PGRST116');
});
await check('csv, stripNulls, geojson', async () => {
  assert.equal(good(await db.from('plain').select().eq('a', 2).csv()), 'a,b\n2,30');
  assert.deepEqual(good(await db.from('clients').select().eq('id', 2).stripNulls()), [{ id: 2, name: 'Byte' }]);
  assert.deepEqual(good(await db.from('clients').select().eq('id', 2).stripNulls().single()), { id: 2, name: 'Byte' });
  assert.equal((await db.from('clients').select().geojson()).error.code, 'PGRST107');
});
await check('explain', async () => {
  assert.match(good(await projects().explain()), /Aggregate/);
  const plan = good(await projects().explain({ format: 'json', analyze: true, verbose: true, settings: true, buffers: true, wal: true }));
  assert.ok(plan[0].Plan);
});
await check('rollback', async () => {
  const row = await single(db.from('plain').insert({ a: 99 }).select('a').rollback());
  assert.deepEqual([row, good(await db.from('plain').select().eq('a', 99))], [{ a: 99 }, []]);
});
await check('maxAffected', async () => {
  const refused = await db.from('plain').update({ b: 0 }).eq('a', 1).maxAffected(1);
  assert.equal(refused.error.code, 'PGRST124');
  assert.equal((await db.from('plain').update({ b: 30 }).eq('a', 2).maxAffected(1)).status, 204);
});
await check('schema', async () => {
  assert.equal(good(await db.schema('archive').from('projects').select())[0].year, 1999);
  assert.equal((await db.schema('auth').from('users').select()).error.code, 'PGRST106');
});
await check('insert, update, upsert, delete', async () => {
  const stock = () => db.from('stock');
  assert.deepEqual([(await stock().insert({ sku: 'p' })).status, (await stock().insert([{ sku: 'q' }], { count: 'exact' })).count], [201, 1]);
  const mixed = good(await stock().insert([{ sku: 'r', note: 'own' }, { sku: 's', amount: 9 }], { defaultToNull: false }).select('sku, note, amount'));
  assert.deepEqual(mixed, [{ sku: 'r', note: 'own', amount: 5 }, { sku: 's', note: 'new', amount: 9 }]);
  const changed = await stock().update({ amount: 1 }, { count: 'exact' }).in('sku', ['p', 'q']);
  assert.deepEqual([changed.status, changed.count, changed.data], [204, 2, null]);
  assert.deepEqual(await single(stock().update({ amount: 2 }).eq('sku', 'p').select('amount')), { amount: 2 });
  assert.equal((await stock().upsert({ sku: 'p', amount: 7 })).status, 200);
  assert.deepEqual(good(await stock().upsert({ sku: 'p', amount: 8 }, { ignoreDuplicates: true }).select()), []);
  const placed = await single(stock().upsert({ sku: 'nut', shelf: 1, slot: 2, note: 'x' }, { onConflict: 'shelf,slot' }).select('sku, note'));
  assert.deepEqual(placed, { sku: 'nut', note: 'x' });
  const gone = await stock().delete({ count: 'exact' }).in('sku', ['p', 'q', 'r', 's']);
  assert.deepEqual([gone.status, gone.count], [204, 4]);
});
await check('values that need quotes', async () => {
  assert.deepEqual(await ids(projects().eq('name', 'App, "new"')), [3]);
  assert.deepEqual(await ids(projects().or('name.eq."App, \\"new\\"",name.eq.Shop')), [2, 3]);
  assert.deepEqual(await ids(projects().like('name', 'App, "%')), [3]);
  assert.deepEqual(await ids(projects().contains('tags', ['"red, blue"'])), [3]);
  assert.deepEqual(await ids(projects().in('name', ['Run\\ning', "it's", 'Shop'])), [2]);
});
await check('filters of json, ranges, quantifiers, negations', async () => {
  assert.deepEqual(await ids(projects().eq('meta->n', 3)), [1]);
  assert.deepEqual(await ids(projects().filter('meta->a->b->>0', 'eq', '1')), [1]);
  assert.deepEqual(await ids(projects().containedBy('due', '[2026-01-01,2026-03-15]')), [1]);
  assert.deepEqual(await ids(projects().containedBy('meta', { n: 3, a: { b: [1, 2] } })), [1, 3, 4]);
  assert.deepEqual(await ids(projects().overlaps('due', '[2026-01-31,2026-03-01]')), [1, 2]);
  assert.deepEqual(await ids(projects().not('name', 'like(any)', '{Sho*,Orph*}')), [1, 3]);
  assert.deepEqual(await ids(projects().not('client_id', 'is', null)), [1, 2, 3]);
  assert.deepEqual(await ids(projects().filter('id', 'gt(all)', '{1,2}')), [3, 4]);
  assert.deepEqual(await ids(projects().or('id.lt.2,not.and(id.lt.4,id.gt.0)')), [1, 4]);
  assert.deepEqual(await ids(projects().not('words', 'fts(english)', 'run')), [2, 3, 4]);
});
await check('joins', async () => {
  const inner = await db.from('clients').select('id, projects!inner()').eq('projects.done', true);
  assert.deepEqual(good(inner), [{ id: 1 }]);
  const anti = await db.from('clients').select('id, projects()').is('projects', null);
  assert.deepEqual(good(anti), [{ id: 3 }]);
  const either = await db.from('clients').select('id, projects()').or('projects.is.null,id.eq.1').order('id');
  assert.deepEqual(good(either), [{ id: 1 }, { id: 3 }]);
  const spread = await db.from('tasks').select('id, ...projects(project:name, ...clients(client:name))').eq('id', 1);
  assert.deepEqual(good(spread), [{ id: 1, project: 'Running site', client: 'Acme' }]);
  const lists = await db.from('clients').select('...projects(names:name)').eq('id', 1).order('name', { referencedTable: 'projects', ascending: false });
  assert.deepEqual(good(lists), [{ names: ['Shop', 'Running site'] }]);
  const counted = await db.from('clients').select('id, projects(count)').order('id').limit(1);
  assert.deepEqual(good(counted), [{ id: 1, projects: [{ count: 2 }] }]);
  const summed = await db.from('projects').select('client_id, budget.sum()').eq('client_id', 1);
  assert.deepEqual(good(summed), [{ client_id: 1, sum: 1700.5 }]);
});
await check('pages of what is embedded', async () => {
  const page = await db.from('clients').select('id, projects(id)').eq('id', 1).order('id', { referencedTable: 'projects' }).range(1, 1, { referencedTable: 'projects' });
  assert.deepEqual(good(page), [{ id: 1, projects: [{ id: 2 }] }]);
  const beyond = await db.from('projects').select('id', { count: 'exact' }).range(9, 12);
  assert.deepEqual([beyond.status, beyond.error.code], [416, 'PGRST103']);
});
await check('counts of all kinds', async () => {
  for (const count of ['exact', 'planned', 'estimated']) {
    const answer = await db.from('projects').select('id', { count });
    assert.ok(Number.isInteger(answer.count), count);
  }
  const inserted = await db.from('plain').insert([{ a: 7 }, { a: 8 }], { count: 'exact' }).select('a').rollback();
  assert.deepEqual([inserted.status, inserted.count, inserted.data], [201, 2, [{ a: 7 }, { a: 8 }]]);
  const none = await db.from('plain').update({ b: 1 }, { count: 'exact' }).eq('a', 99);
  assert.deepEqual([none.status, none.count], [204, 0]);
  const removed = await db.from('plain').delete({ count: 'exact' }).eq('a', 99).select();
  assert.deepEqual([removed.status, removed.count, removed.data], [200, 0, []]);
});
await check('writes that give one row or none', async () => {
  const one = await db.from('stock').update({ note: 'n' }).eq('sku', 'nut').select('sku').maybeSingle();
  assert.deepEqual(one.data, { sku: 'nut' });
  const none = await db.from('stock').update({ note: 'n' }).eq('sku', 'nope').select('sku').maybeSingle();
  assert.deepEqual([none.data, none.error], [null, null]);
  const refused = await db.from('stock').update({ note: 'n' }).eq('sku', 'nope').select('sku').single();
  assert.deepEqual([refused.status, refused.error.details], [406, 'The result contains 0 rows']);
  const lines = await db.from('plain').insert({ a: 5, b: 6 }).select().csv().rollback();
  assert.equal(good(lines), 'a,b\n5,6');
  const many = await db.from('stock').delete().in('sku', ['nut', 'bolt']).maxAffected(1).select();
  assert.deepEqual([many.status, many.error.code], [400, 'PGRST124']);
});
await check('what HEAD tells', async () => {
  const one = await db.from('projects').select('id', { head: true }).eq('id', 1).single();
  assert.deepEqual([one.status, one.data], [200, null]);
  assert.equal((await db.from('projects').select('id', { head: true }).single()).status, 406);
});
await check('calls of all kinds', async () => {
  const head = await db.rpc('joined', { words: ['a'], client: { id: 1, name: 'B', address: null } }, { head: true, count: 'exact' });
  assert.deepEqual([head.status, head.count], [200, 1]);
  assert.equal(good(await db.rpc('joined', { words: ['a', 'b'] }, { get: true })), 'a+b');
  assert.deepEqual(good(await db.rpc('squares', { n: 3 }).gt('x', 1).order('x', { ascending: false }).limit(1).select('square')), [{ square: 9 }]);
  assert.deepEqual(await single(db.rpc('squares', { n: 1 })), { x: 1, square: 1 });
  assert.equal(good(await db.rpc('squares', { n: 9 }).eq('x', 99).maybeSingle()), null);
  assert.equal(good(await db.rpc('squares', { n: 1 }).csv()), 'x,square\n1,1');
  assert.deepEqual(good(await db.rpc('halves', { n: 5 })), { low: 2, high: 3 });
  assert.deepEqual(good(await db.rpc('numbers', { n: 2 })), [1, 2]);
  assert.equal((await db.rpc('same', { a: 1 })).error.code, 'PGRST203');
  assert.equal((await db.rpc('halves', { m: 1 })).error.code, 'PGRST202');
  assert.match(good(await db.rpc('squares', { n: 1 }).explain()), /Function Scan/);
  const raised = await db.rpc('complain', { how: 'own' });
  assert.deepEqual([raised.status, raised.error], [402, { code: 'x.1', details: 'd', hint: 'h', message: 'Paid' }]);
});
await check('headers of the caller, answers without retries', async () => {
  assert.equal(good(await db.rpc('settings').setHeader('x-agent', 'mine')).agent, 'mine');
  const zoned = db.from('events').select('at').limit(1).setHeader('Prefer', 'timezone=Asia/Tokyo');
  assert.equal(good(await zoned)[0].at, '2026-01-02T12:04:05+09:00');
  assert.equal((await db.from('nope').select().retry(false)).error.code, 'PGRST205');
});
await check('calls', async () => {
  assert.equal(good(await db.rpc('add', { a: 1, b: 2 })), 3);
  assert.equal(good(await db.rpc('add', { a: 1 }, { get: true })), 2);
  const counted = await db.rpc('squares', { n: 3 }, { head: true, count: 'exact' });
  assert.deepEqual([counted.count, counted.data], [3, null]);
  assert.equal(good(await db.rpc('total', { n: [1, 2, 3] }, { get: true })), 6);
  const rows = good(await db.rpc('projects_of', { client: 1 }).select('id, clients(name)').eq('done', true));
  assert.deepEqual(rows, [{ id: 2, clients: { name: 'Acme' } }]);
  assert.equal((await db.rpc('nothing')).status, 204);
});
await check('errors have all four fields', async () => {
  const { error, status, statusText } = await db.from('clients').insert({ id: 1, name: 'x' });
  assert.deepEqual([status, statusText, error.code, error.details, error.hint], [409, 'Conflict', '23505', 'Key (id)=(1) already exists.', null]);
  await assert.rejects(async () => db.from('nope').select().throwOnError(), { code: 'PGRST205' });
});
await check('an aborted request ends', async () => {
  const abort = new AbortController();
  const answer = db.rpc('nothing').abortSignal(abort.signal);
  abort.abort();
  assert.ok((await answer).error);
});
await check('many at once', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => db.rpc('add', { a: n, b: 0 })));
  assert.deepEqual(answers.map(good), Array.from({ length: 60 }, (_, n) => n));
});
await check('the description of the API', async () => {
  const answer = await fetch(`${url}/rest/v1/`, { headers: { apikey: key } });
  assert.ok((await answer.json()).paths['/clients']);
});
await check('a long query string', async () => {
  const many = Array.from({ length: 1500 }, (_, n) => n + 1);
  assert.deepEqual(await ids(projects().in('id', many)), [1, 2, 3, 4]);
});
