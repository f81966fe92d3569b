// supabase-js against storage: each method of its two interfaces, by the documentation.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { check, connect, good, key, url } from './harness.mjs';

const { SECRET, TOKEN, USER } = process.env;
const storage = connect(undefined, SECRET).storage;
const mine = connect(TOKEN).storage;
const nobody = connect(undefined, key).storage;
const png = Buffer.from(process.env.PNG, 'base64');
const bad = ({ data, error }) => {
  assert.equal(data, null);
  return { ...error.toJSON(), message: error.message };
};
const text = async (result) => (await good(await result).text());

await check('buckets', async () => {
  assert.deepEqual(good(await storage.createBucket('js')), { name: 'js' });
  assert.equal(bad(await storage.createBucket('js')).message, 'The resource already exists');
  const bucket = good(await storage.getBucket('js'));
  assert.equal(bucket.id, 'js');
  assert.equal(bucket.public, false);
  assert.equal(bucket.type, 'STANDARD');
  assert.equal(bad(await storage.getBucket('none')).message, 'Bucket not found');
  const changes = { public: true, fileSizeLimit: '2mb', allowedMimeTypes: ['image/*', 'text/plain'] };
  assert.deepEqual(good(await storage.updateBucket('js', changes)), { message: 'Successfully updated' });
  assert.equal(good(await storage.getBucket('js')).file_size_limit, 2_000_000);
  assert.ok(good(await storage.listBuckets()).some((item) => item.id === 'js'));
  const options = { limit: 1, offset: 0, sortColumn: 'created_at', sortOrder: 'desc', search: 'js' };
  assert.equal(good(await storage.listBuckets(options)).length, 1);
  good(await storage.updateBucket('js', { public: false, fileSizeLimit: null, allowedMimeTypes: null }));
});

await check('upload of every kind of body', async () => {
  const from = storage.from('js');
  const bodies = {
    string: 'hello',
    buffer: Buffer.from('hello'),
    array: new TextEncoder().encode('hello').buffer,
    view: new TextEncoder().encode('hello'),
    blob: new Blob(['hello'], { type: 'text/plain' }),
    file: new File(['hello'], 'any name.txt', { type: 'text/plain' }),
    web: new Blob(['hello']).stream(),
    node: Readable.from([Buffer.from('he'), Buffer.from('llo')]),
    params: new URLSearchParams('hello'),
  };
  const form = new FormData();
  form.append('file', new File(['hello'], 'x.txt', { type: 'text/plain' }));
  bodies.form = form;
  for (const [name, body] of Object.entries(bodies)) {
    const data = good(await from.upload(`kinds/${name}.txt`, body, { contentType: 'text/plain' }));
    assert.equal(data.path, `kinds/${name}.txt`);
    assert.equal(data.fullPath, `js/kinds/${name}.txt`);
    assert.match(data.id, /^[0-9a-f-]{36}$/);
    assert.equal(await text(from.download(data.path)), name === 'params' ? 'hello=' : 'hello', name);
  }
  assert.equal(good(await from.list('kinds')).length, 10);
});

await check('upload options', async () => {
  const from = storage.from('js');
  good(await from.upload('o.txt', 'one', { cacheControl: '60', metadata: { a: 'b', n: 1 } }));
  const info = good(await from.info('o.txt'));
  assert.deepEqual(info.metadata, { a: 'b', n: 1 });
  assert.equal(info.cacheControl, 'max-age=60');
  assert.equal(info.contentType, 'text/plain;charset=UTF-8');
  assert.equal(info.size, 3);
  assert.equal(info.bucketId, 'js');
  assert.ok(info.lastModified && info.createdAt && info.etag && info.version);
  const again = bad(await from.upload('o.txt', 'two'));
  assert.equal(again.statusCode, '409');
  assert.equal(again.status, 400);
  good(await from.upload('o.txt', 'two', { upsert: true }));
  assert.equal(await text(from.download('o.txt')), 'two');
  good(await from.update('o.txt', 'three', { metadata: { c: 'd' } }));
  assert.equal(await text(from.download('o.txt')), 'three');
  assert.deepEqual(good(await from.info('o.txt')).metadata, { c: 'd' });
  const blob = new Blob(['x'], { type: 'text/css' });
  good(await from.upload('//a//b.css', blob, { metadata: { deep: 'x' }, cacheControl: '5' }));
  assert.equal(good(await from.info('a/b.css')).contentType, 'text/css');
  const zip = Buffer.from(process.env.GZIP, 'base64');
  good(await from.upload('z', zip, { contentType: 'text/plain', contentEncoding: 'gzip' }));
  assert.equal(await text(from.download('z')), 'packed');
});

await check('download as a stream, exists, errors', async () => {
  const from = storage.from('js');
  const stream = good(await from.download('o.txt').asStream());
  const parts = [];
  for await (const part of stream) parts.push(part);
  assert.equal(Buffer.concat(parts).toString(), 'three');
  assert.equal((await from.exists('o.txt')).data, true);
  const none = await from.exists('none');
  assert.equal(none.data, false);
  assert.equal(none.error.code, 'NoSuchKey');
  assert.equal(bad(await from.download('none')).message, 'Object not found');
  assert.equal(bad(await from.info('none')).statusCode, '404');
  assert.equal(bad(await storage.from('none').download('x')).message, 'Bucket not found');
});

await check('lists', async () => {
  const from = storage.from('js');
  const root = good(await from.list());
  assert.deepEqual(root.filter((item) => item.id === null).map((item) => item.name), ['a', 'kinds']);
  const two = good(await from.list('kinds', { limit: 2, offset: 1, sortBy: { column: 'name', order: 'desc' } }));
  assert.deepEqual(two.map((item) => item.name), ['view.txt', 'string.txt']);
  assert.equal(two[0].metadata.mimetype, 'text/plain');
  assert.deepEqual(good(await from.list('kinds', { search: 'bl' })).map((item) => item.name), ['blob.txt']);
  assert.deepEqual(good(await from.list('none')), []);
  const flat = good(await from.listV2({ prefix: 'kinds/', limit: 4 }));
  assert.equal(flat.hasNext, true);
  assert.equal(flat.objects[0].name, 'kinds/array.txt');
  const next = good(await from.listV2({ prefix: 'kinds/', cursor: flat.nextCursor }));
  assert.equal(next.objects.length, 6);
  assert.equal(next.hasNext, false);
  const level = good(await from.listV2({ with_delimiter: true, sortBy: { column: 'name', order: 'desc' } }));
  assert.deepEqual(level.folders.map((item) => item.name), ['kinds/', 'a/']);
});

await check('move, copy, remove', async () => {
  const from = storage.from('js');
  good(await storage.createBucket('js2'));
  assert.equal(good(await from.move('o.txt', 'm/o.txt')).message, 'Successfully moved');
  assert.equal(good(await from.copy('m/o.txt', 'c.txt')).path, 'js/c.txt');
  assert.equal(good(await from.copy('m/o.txt', 'c.txt', { destinationBucket: 'js2' })).path, 'js2/c.txt');
  good(await from.move('m/o.txt', 'm.txt', { destinationBucket: 'js2' }));
  assert.equal(await text(storage.from('js2').download('m.txt')), 'three');
  const plain = { copyMetadata: false, metadata: { cacheControl: 'max-age=9', mimetype: 'text/css' } };
  good(await from.copy('c.txt', 'p.css', plain));
  assert.equal(good(await from.info('p.css')).cacheControl, 'max-age=9');
  assert.equal(bad(await from.move('none', 'x')).message, 'Object not found');
  const gone = good(await from.remove(['c.txt', 'p.css', 'none']));
  assert.deepEqual(gone.map((item) => item.name).sort(), ['c.txt', 'p.css']);
});

await check('signed and public addresses', async () => {
  const from = storage.from('js');
  good(await from.upload('dir/with space.txt', 'signed'));
  const { signedUrl } = good(await from.createSignedUrl('dir/with space.txt', 60));
  assert.equal(await (await fetch(signedUrl)).text(), 'signed');
  const named = good(await from.createSignedUrl('dir/with space.txt', 60, { download: 'x y.txt' }));
  const answer = await fetch(named.signedUrl);
  assert.match(answer.headers.get('content-disposition'), /^attachment; filename=x%20y\.txt/);
  const many = good(await from.createSignedUrls(['dir/with space.txt', 'none'], 60));
  assert.equal(await (await fetch(many[0].signedUrl)).text(), 'signed');
  assert.equal(many[1].signedUrl, null);
  assert.match(many[1].error, /does not exist/);
  assert.equal(bad(await from.createSignedUrl('none', 60)).message, 'Object not found');
  good(await storage.updateBucket('js', { public: true }));
  const { publicUrl } = from.getPublicUrl('dir/with space.txt', { download: true }).data;
  assert.equal(await (await fetch(publicUrl)).text(), 'signed');
  const upload = good(await from.createSignedUploadUrl('up.txt'));
  const done = good(await nobody.from('js').uploadToSignedUrl('up.txt', upload.token, 'by ticket'));
  assert.equal(done.fullPath, 'js/up.txt');
  assert.equal(await text(from.download('up.txt')), 'by ticket');
  assert.equal(bad(await nobody.from('js').uploadToSignedUrl('up.txt', upload.token, 'x')).statusCode, '409');
  const over = good(await from.createSignedUploadUrl('up.txt', { upsert: true }));
  good(await nobody.from('js').uploadToSignedUrl('up.txt', over.token, new Blob(['over'])));
  assert.equal(await text(from.download('up.txt')), 'over');
});

await check('images', async () => {
  const from = storage.from('js');
  good(await from.upload('p.png', png, { contentType: 'image/png' }));
  const size = (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const blob = good(await from.download('p.png', { transform: { width: 20, height: 20, resize: 'contain' } }));
  assert.deepEqual(size(Buffer.from(await blob.arrayBuffer())), [20, 10]);
  const { publicUrl } = from.getPublicUrl('p.png', { transform: { width: 10, quality: 30, format: 'origin' } }).data;
  assert.deepEqual(size(Buffer.from(await (await fetch(publicUrl)).arrayBuffer())), [10, 5]);
  const { signedUrl } = good(await from.createSignedUrl('p.png', 60, { transform: { height: 8 } }));
  assert.deepEqual(size(Buffer.from(await (await fetch(signedUrl)).arrayBuffer())), [16, 8]);
});

await check('policies', async () => {
  good(await storage.createBucket('own'));
  const from = mine.from('own');
  good(await from.upload(`${USER}/a.txt`, 'mine'));
  const refused = bad(await from.upload('other/a.txt', 'x'));
  assert.equal(refused.message, 'new row violates row-level security policy');
  assert.equal(refused.statusCode, '403');
  assert.deepEqual(good(await from.list(USER)).map((item) => item.name), ['a.txt']);
  assert.deepEqual(good(await nobody.from('own').list(USER)), []);
  assert.equal(bad(await nobody.from('own').download(`${USER}/a.txt`)).message, 'Object not found');
  assert.deepEqual(good(await nobody.from('own').remove([`${USER}/a.txt`])), []);
  assert.equal(good(await from.remove([`${USER}/a.txt`])).length, 1);
});

await check('limits', async () => {
  good(await storage.createBucket('small', { public: false, fileSizeLimit: 1000, allowedMimeTypes: ['image/png'] }));
  const from = storage.from('small');
  const large = await from.upload('a', Buffer.alloc(3_000_000), { contentType: 'image/png' });
  assert.equal(bad(large).message, 'The object exceeded the maximum allowed size');
  const form = await from.upload('a', new Blob([Buffer.alloc(3_000_000)], { type: 'image/png' }));
  assert.equal(bad(form).statusCode, '413');
  assert.equal(bad(await from.upload('a', 'x')).message, 'mime type text/plain;charset=UTF-8 is not supported');
});

await check('emptying, deleting, purging', async () => {
  assert.match(bad(await storage.deleteBucket('js')).message, /not empty/);
  for (const name of ['js', 'js2', 'own', 'small']) {
    good(await storage.emptyBucket(name));
    assert.deepEqual(good(await storage.deleteBucket(name)), { message: 'Successfully deleted' });
  }
  good(await storage.createBucket('last'));
  assert.deepEqual(good(await storage.purgeBucketCache('last')), { message: 'success' });
  assert.equal(bad(await storage.getBucketLifecycle('last')).code, 'FeatureNotEnabled');
});

await check('refused: what this stack has not', async () => {
  const analytics = await storage.analytics.listBuckets();
  assert.equal(analytics.error.code, 'FeatureNotEnabled');
  assert.equal((await storage.analytics.createBucket('x')).error.code, 'FeatureNotEnabled');
  const vectors = await storage.vectors.createBucket('x');
  assert.match(vectors.error.message, /vector buckets is not enabled/);
  const s3 = await fetch(`${url}/storage/v1/s3/any`);
  assert.equal(s3.status, 409);
  assert.match(await s3.text(), /<Code>FeatureNotEnabled</);
  const none = await fetch(`${url}/storage/v1/nowhere`, { headers: { apikey: key } });
  assert.deepEqual(await none.json(), { message: 'Route GET:/storage/v1/nowhere not found', error: 'Not Found', statusCode: 404 });
});
