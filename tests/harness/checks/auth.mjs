import assert from 'node:assert/strict';
import { check, connect, good, url } from './harness.mjs';
import { ids } from './world.mjs';

const fresh = (more) => connect(undefined, undefined, more);
const said = ({ error }) => [error?.status, error?.code];
const letters = async (to) => (await fetch(`${url}/harness/mailbox?to=${encodeURIComponent(to)}`)).json();
const password = 'a good password';
const eve = fresh();
const email = 'eve@example.com';

await check('sign up gives a session and runs triggers', async () => {
  const { user, session } = good(await eve.auth.signUp({ email, password, options: { data: { handle: 'evelyn' } } }));
  assert.ok(session.access_token);
  assert.equal(user.identities.length, 1);
  assert.equal(good(await eve.from('profiles').select('handle').eq('id', user.id).single()).handle, 'evelyn');
});
await check('the session is used for REST', async () =>
  assert.equal(good(await eve.rpc('who')).role, 'authenticated'));
await check('getUser and getClaims', async () => {
  assert.equal(good(await eve.auth.getUser()).user.email, email);
  assert.equal(good(await eve.auth.getClaims()).claims.role, 'authenticated');
});
await check('refused: the address is taken, whatever its case', async () =>
  assert.deepEqual(said(await fresh().auth.signUp({ email: 'EVE@example.com', password })), [422, 'user_already_exists']));
await check('refused: weak password', async () => {
  const answer = await fresh().auth.signUp({ email: 'weak@example.com', password: '12345' });
  assert.deepEqual([...said(answer), answer.error.reasons], [422, 'weak_password', ['length']]);
});
await check('refused: no address, and nobody at all', async () => {
  assert.deepEqual(said(await fresh().auth.signUp({ email: 'nonsense', password })), [400, 'validation_failed']);
  assert.deepEqual(said(await fresh().auth.signInAnonymously()), [422, 'anonymous_provider_disabled']);
});
await check('refused: a trigger that fails takes the user back', async () => {
  const answer = await fresh().auth.signUp({ email: 'other@example.com', password, options: { data: { handle: 'ann' } } });
  assert.equal(answer.error.status, 500);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: 'other@example.com', password })), [400, 'invalid_credentials']);
});
await check('sign in', async () => {
  const client = fresh();
  good(await client.auth.signInWithPassword({ email: 'Eve@Example.com', password }));
  assert.equal(good(await client.rpc('who')).role, 'authenticated');
});
await check('refused: wrong password, unknown address', async () => {
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email, password: 'wrong' })), [400, 'invalid_credentials']);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: 'no@example.com', password })), [400, 'invalid_credentials']);
});
await check('refresh, and refused: a used and an unknown token', async () => {
  const client = fresh();
  const first = good(await client.auth.signInWithPassword({ email, password })).session.refresh_token;
  const second = good(await client.auth.refreshSession()).session.refresh_token;
  assert.notEqual(first, second);
  assert.deepEqual(said(await fresh().auth.refreshSession({ refresh_token: first })), [400, 'refresh_token_already_used']);
  assert.deepEqual(said(await fresh().auth.refreshSession({ refresh_token: 'nope' })), [400, 'refresh_token_not_found']);
});
await check('update metadata', async () => {
  const { user } = good(await eve.auth.updateUser({ data: { lang: 'fr' } }));
  assert.deepEqual([user.user_metadata.lang, user.user_metadata.handle], ['fr', 'evelyn']);
});
await check('change the password, refused: the same one', async () => {
  assert.deepEqual(said(await eve.auth.updateUser({ password })), [422, 'same_password']);
  good(await eve.auth.updateUser({ password: 'another password' }));
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email, password })), [400, 'invalid_credentials']);
  good(await fresh().auth.signInWithPassword({ email, password: 'another password' }));
});
await check('recover by the code in the letter', async () => {
  good(await fresh().auth.resetPasswordForEmail(email));
  const [letter] = await letters(email);
  const client = fresh();
  assert.deepEqual(said(await client.auth.verifyOtp({ email, token: '000000x', type: 'recovery' })), [403, 'otp_expired']);
  good(await client.auth.verifyOtp({ email, token: letter.token, type: 'recovery' }));
  good(await client.auth.updateUser({ password: 'third password' }));
  assert.deepEqual(said(await fresh().auth.verifyOtp({ email, token: letter.token, type: 'recovery' })), [403, 'otp_expired']);
});
await check('recover by the link of the PKCE flow', async () => {
  const store = new Map();
  const storage = { getItem: (k) => store.get(k) ?? null, setItem: (k, v) => store.set(k, v), removeItem: (k) => store.delete(k) };
  const client = fresh({ flowType: 'pkce', persistSession: true, storage });
  good(await client.auth.resetPasswordForEmail(email));
  const { code, token_hash } = (await letters(email)).at(-1);
  good(await client.auth.exchangeCodeForSession(code));
  good(await client.auth.updateUser({ password: 'fourth password' }));
  good(await fresh().auth.verifyOtp({ token_hash, type: 'recovery' }));
});
await check('an unknown address gets the same answer and no letter', async () => {
  good(await fresh().auth.resetPasswordForEmail('stranger@example.com'));
  assert.deepEqual(await letters('stranger@example.com'), []);
});
await check('sign out ends the session', async () => {
  const client = fresh();
  const token = good(await client.auth.signInWithPassword({ email: 'ann@example.com', password: 'correct horse' })).session.access_token;
  assert.equal((await client.auth.signOut()).error, null);
  assert.equal(good(await client.auth.getSession()).session, null);
  assert.equal((await fresh().auth.getUser(token)).error.name, 'AuthSessionMissingError');
});
await check('refused: a token that is none', async () =>
  assert.deepEqual(said(await fresh().auth.getUser('a.b.c')), [403, 'bad_jwt']));
await check('refused: a banned user', async () =>
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: 'bad@example.com', password: 'correct horse' })), [400, 'user_banned']));
await check('a deleted user is gone', async () => {
  const { error } = await connect(ids.ghostToken).auth.getUser(ids.ghostToken);
  assert.deepEqual([error.status, error.code], [403, 'user_not_found']);
});
await check('refused: an unknown key', async () =>
  assert.equal((await connect(undefined, 'sb_publishable_wrong').auth.signUp({ email: 'z@example.com', password })).error.status, 401));
await check('the address can be changed to a free one', async () => {
  const client = fresh();
  good(await client.auth.signUp({ email: 'old@example.com', password, options: { data: { handle: 'old' } } }));
  assert.deepEqual(said(await client.auth.updateUser({ email: 'Ann@example.com' })), [422, 'email_exists']);
  assert.deepEqual(said(await client.auth.updateUser({ email: 'nonsense' })), [400, 'validation_failed']);
  const { user } = good(await client.auth.updateUser({ email: 'New@example.com' }));
  assert.deepEqual([user.email, user.identities[0].identity_data.email], ['new@example.com', 'new@example.com']);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: 'old@example.com', password })), [400, 'invalid_credentials']);
  good(await fresh().auth.signInWithPassword({ email: 'new@example.com', password }));
});
await check('refused with 501: links by mail, phones, administration', async () => {
  assert.equal((await fresh().auth.signInWithOtp({ email })).error.status, 501);
  assert.equal((await connect(undefined, ids.serviceKey).auth.admin.listUsers()).error.status, 501);
  assert.equal((await eve.auth.updateUser({ phone: '+4912345' })).error.status, 501);
});
