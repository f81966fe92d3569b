// supabase-js against functions, by the documentation.
import assert from 'node:assert/strict';
import { FunctionsHttpError } from '@supabase/supabase-js';
import { check, connect, good, key } from './harness.mjs';

const signedIn = connect(process.env.TOKEN).functions;
const visitor = connect(undefined, key).functions;

await check('a body of each kind', async () => {
  const sent = good(await signedIn.invoke('echo', { body: { a: 1 } }));
  assert.equal(sent.body, '{"a":1}');
  assert.equal(sent.auth, `Bearer ${process.env.TOKEN}`);
  assert.equal(good(await signedIn.invoke('echo', { body: 'text' })).body, 'text');
  assert.equal(good(await signedIn.invoke('echo', { body: new Blob(['blob']) })).body, 'blob');
  assert.match(new URL(good(await signedIn.invoke('echo/deep?x=1')).url).pathname, /^\/echo\/deep$/);
});

await check('methods and headers', async () => {
  const got = good(await signedIn.invoke('echo', { method: 'GET', headers: { 'x-own': 'mine' } }));
  assert.deepEqual([got.method, got.own], ['GET', 'mine']);
});

await check('visitors', async () => {
  assert.equal(good(await visitor.invoke('open')), 'open to POST');
});

await check('errors', async () => {
  for (const [name, status] of [['none', 404], ['broken', 503], ['crash', 500]]) {
    const { data, error } = await signedIn.invoke(name);
    assert.equal(data, null);
    assert.ok(error instanceof FunctionsHttpError, String(error));
    assert.equal(error.context.status, status);
  }
});

await check('a stream', async () => {
  const answer = good(await signedIn.invoke('stream'));
  assert.equal((await answer.text()).match(/data:/g).length, 3);
});
