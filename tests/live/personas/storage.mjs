import assert from 'node:assert/strict';
import { check, connect, good } from './harness.mjs';
import { anon, ann, bob, ids } from './world.mjs';

const png = { contentType: 'image/png' };
const bytes = new Uint8Array([0, 13, 10, 45, 45, 255, 128]);
const drafts = (who) => who.storage.from('drafts');
const mine = (name) => `${ids.ann}/${name}`;
const said = ({ error }) => [error?.status, error?.statusCode];
const read = async (blob) => new Uint8Array(await blob.arrayBuffer());

await check('upload bytes into the own folder', async () => {
  const data = good(await drafts(ann).upload(mine('a.bin'), bytes));
  assert.deepEqual([data.path, data.fullPath], [mine('a.bin'), `drafts/${mine('a.bin')}`]);
});
await check('download gives the same bytes', async () =>
  assert.deepEqual(await read(good(await drafts(ann).download(mine('a.bin')))), bytes));
await check('upload a blob as a form', async () => {
  good(await drafts(ann).upload(mine('clips/ü b.mp4'.replace('ü ', 'u ')), new Blob([bytes], { type: 'video/mp4' }), { cacheControl: '60' }));
  const blob = good(await drafts(ann).download(mine('clips/u b.mp4')));
  assert.deepEqual([await read(blob), blob.type], [bytes, 'video/mp4']);
});
await check("refused: another's folder, and nobody", async () => {
  assert.deepEqual(said(await drafts(bob).upload(mine('x.bin'), bytes)), [400, '403']);
  assert.deepEqual(said(await drafts(anon).upload(mine('x.bin'), bytes)), [400, '403']);
});
await check("refused: another's file, as if it were not there", async () => {
  assert.deepEqual(said(await drafts(bob).download(mine('a.bin'))), [400, '404']);
  assert.deepEqual(said(await drafts(anon).download(mine('a.bin'))), [400, '404']);
});
await check('refused: the same name twice; upsert replaces', async () => {
  assert.deepEqual(said(await drafts(ann).upload(mine('a.bin'), 'text')), [400, '409']);
  good(await drafts(ann).upload(mine('a.bin'), 'text', { upsert: true }));
  assert.equal(await good(await drafts(ann).download(mine('a.bin'))).text(), 'text');
  good(await drafts(ann).update(mine('a.bin'), bytes));
});
await check('refused: too large, wrong type, no such bucket, bad key', async () => {
  const avatars = ann.storage.from('avatars');
  assert.deepEqual(said(await avatars.upload(mine('big.png'), new Uint8Array(65), png)), [400, '413']);
  assert.deepEqual(said(await avatars.upload(mine('a.txt'), 'text')), [400, '415']);
  assert.deepEqual(said(await ann.storage.from('nope').upload('a', bytes)), [400, '404']);
  assert.deepEqual(said(await drafts(ann).upload(mine('a[1].bin'), bytes)), [400, '400']);
});
await check('a public bucket serves without any key', async () => {
  good(await ann.storage.from('avatars').upload(mine('me.png'), bytes, png));
  const { publicUrl } = ann.storage.from('avatars').getPublicUrl(mine('me.png')).data;
  const answer = await fetch(publicUrl);
  assert.deepEqual([answer.status, answer.headers.get('content-type'), await read(answer)], [200, 'image/png', bytes]);
});
await check('refused: the public URL of a private bucket', async () =>
  assert.equal((await fetch(drafts(ann).getPublicUrl(mine('a.bin')).data.publicUrl)).status, 400));
await check('signed URL', async () => {
  const { signedUrl } = good(await drafts(ann).createSignedUrl(mine('a.bin'), 60));
  assert.deepEqual(await read(await fetch(signedUrl)), bytes);
  assert.equal((await fetch(signedUrl.replace('a.bin', 'clips/u b.mp4'))).status, 400);
});
await check("refused: a signed URL of another's file", async () => {
  assert.deepEqual(said(await drafts(bob).createSignedUrl(mine('a.bin'), 60)), [400, '404']);
  const many = good(await drafts(ann).createSignedUrls([mine('a.bin'), mine('none')], 60));
  assert.deepEqual(many.map((item) => item.signedUrl !== null), [true, false]);
});
await check('signed upload', async () => {
  const { token, path } = good(await drafts(ann).createSignedUploadUrl(mine('signed.bin')));
  good(await drafts(anon).uploadToSignedUrl(path, token, bytes));
  assert.deepEqual(await read(good(await drafts(ann).download(path))), bytes);
  assert.deepEqual(said(await drafts(bob).createSignedUploadUrl(mine('other.bin'))), [400, '403']);
  assert.ok((await drafts(anon).uploadToSignedUrl(mine('else.bin'), token, bytes)).error);
});
await check('list: folders first, then files of the level', async () => {
  const names = (rows) => rows.map((row) => row.name);
  assert.deepEqual(names(good(await drafts(ann).list(ids.ann))), ['clips', 'a.bin', 'signed.bin']);
  assert.deepEqual(names(good(await drafts(ann).list(ids.ann, { limit: 1, offset: 1, sortBy: { column: 'name', order: 'desc' } }))), ['signed.bin']);
  assert.deepEqual(good(await drafts(bob).list(ids.ann)), []);
});
await check('info and exists', async () => {
  assert.equal(good(await drafts(ann).info(mine('a.bin'))).size, bytes.length);
  assert.equal((await drafts(ann).exists(mine('a.bin'))).data, true);
  assert.equal((await drafts(bob).exists(mine('a.bin'))).data, false);
});
await check('move within the own folder only', async () => {
  good(await drafts(ann).move(mine('signed.bin'), mine('moved.bin')));
  assert.deepEqual(await read(good(await drafts(ann).download(mine('moved.bin')))), bytes);
  assert.deepEqual(said(await drafts(ann).move(mine('moved.bin'), `${ids.bob}/taken.bin`)), [400, '403']);
  assert.deepEqual(said(await drafts(bob).move(mine('moved.bin'), `${ids.bob}/taken.bin`)), [400, '404']);
});
await check("remove: another's files stay", async () => {
  assert.deepEqual(good(await drafts(bob).remove([mine('moved.bin')])), []);
  assert.equal(good(await drafts(ann).remove([mine('moved.bin'), mine('none')])).length, 1);
  assert.deepEqual(said(await drafts(ann).download(mine('moved.bin'))), [400, '404']);
});
await check('the database row is the truth', async () => {
  const objects = connect(undefined, ids.serviceKey).storage.from('drafts');
  assert.deepEqual((await objects.list(ids.ann)).data.map((row) => row.name), ['clips', 'a.bin']);
});
await check('copy into the own folder only, and only what may be read', async () => {
  good(await drafts(ann).copy(mine('a.bin'), mine('b.bin')));
  assert.deepEqual(await read(good(await drafts(ann).download(mine('b.bin')))), bytes);
  assert.deepEqual(said(await drafts(ann).copy(mine('a.bin'), `${ids.bob}/b.bin`)), [400, '403']);
  assert.deepEqual(said(await drafts(bob).copy(mine('a.bin'), `${ids.bob}/b.bin`)), [400, '404']);
  assert.deepEqual(said(await drafts(anon).copy(mine('a.bin'), mine('c.bin'))), [400, '404']);
});
await check('buckets are not for members without a policy', async () => {
  assert.deepEqual(good(await ann.storage.listBuckets()), []);
  assert.deepEqual(said(await ann.storage.createBucket('own')), [400, '403']);
  const all = good(await connect(undefined, ids.serviceKey).storage.listBuckets());
  assert.deepEqual(all.map((bucket) => bucket.name).sort(), ['avatars', 'drafts']);
});
