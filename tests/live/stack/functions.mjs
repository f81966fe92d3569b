// supabase-js against functions, by the documentation.
import assert from 'node:assert/strict';
import { FunctionRegion, FunctionsFetchError, FunctionsHttpError } from '@supabase/supabase-js';
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

await check('a region, a form, bytes', async () => {
  const got = good(await signedIn.invoke('echo', { region: FunctionRegion.UsEast1 }));
  assert.equal(new URL(got.url).searchParams.get('forceFunctionRegion'), 'us-east-1');
  const form = new FormData();
  form.set('name', 'ä');
  assert.match(good(await signedIn.invoke('echo', { body: form })).body, /name="name"\r\n\r\nä/);
  const bytes = await signedIn.invoke('echo', { body: new TextEncoder().encode('bytes').buffer });
  assert.equal(good(bytes).body, 'bytes');
  assert.equal(bytes.response.headers.get('x-sb-edge-region'), 'local');
});

await check('who does not wait', async () => {
  const { error } = await signedIn.invoke('never', { timeout: 300 });
  assert.ok(error instanceof FunctionsFetchError, String(error));
  assert.equal(good(await visitor.invoke('open')), 'open to POST');
});

await check('visitors', async () => {
  assert.equal(good(await visitor.invoke('open')), 'open to POST');
});

await check('errors', async () => {
  for (const [name, status] of [['none', 404], ['broken', 503], ['crash', 500], ['throws', 500]]) {
    const { data, error } = await signedIn.invoke(name);
    assert.equal(data, null);
    assert.ok(error instanceof FunctionsHttpError, String(error));
    assert.equal(error.context.status, status);
    assert.ok(error.context.headers.get('sb-error-code'));
  }
});

await check('a stream', async () => {
  const answer = good(await signedIn.invoke('stream'));
  assert.equal((await answer.text()).match(/data:/g).length, 3);
});
