// supabase-js against the auth service: each check is one promise of the public documentation.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { check, connect, good, key, url } from './harness.mjs';
import { totp } from './totp.mjs';

const letters = async (to) => (await fetch(`${url}/mailbox.json?to=${encodeURIComponent(to)}`)).json();
const last = async (to) => (await letters(to)).at(-1);
const said = ({ error }) => [error?.status, error?.code];
const password = 'a good password';
let count = 0;
const address = () => `js${(count += 1)}@example.com`;
const memory = () => {
  const kept = new Map();
  return { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };
};
const fresh = (more) => connect(undefined, undefined, more);
const pkce = () => fresh({ flowType: 'pkce', persistSession: true, storage: memory() });
const admin = connect(undefined, process.env.SECRET).auth.admin;
const follow = async (link) => {
  const answer = await fetch(link, { redirect: 'manual' });
  return new URL(answer.headers.get('location'));
};
async function member(more = {}, client = fresh()) {
  const email = address();
  const made = good(await client.auth.signUp({ email, password, options: { data: more } }));
  return { client, email, ...made };
}
const device = (client) => async (email) => {
  good(await client.auth.signInWithPassword({ email, password }));
  return client;
};

await check('sign up: user, session, identity', async () => {
  const { user, session, email } = await member({ nick: 'ann' });
  assert.equal(user.email, email);
  assert.equal(user.role, 'authenticated');
  assert.equal(user.user_metadata.nick, 'ann');
  assert.deepEqual(user.app_metadata, { provider: 'email', providers: ['email'] });
  assert.equal(user.identities[0].provider, 'email');
  assert.equal(session.token_type, 'bearer');
  assert.ok(user.email_confirmed_at && user.last_sign_in_at && user.created_at);
});
await check('claims: verified by the published key', async () => {
  const { client, user } = await member();
  const { claims, header } = good(await client.auth.getClaims());
  assert.deepEqual([header.alg, claims.sub, claims.aal], ['ES256', user.id, 'aal1']);
  assert.deepEqual(claims.amr.map((item) => item.method), ['password']);
  assert.equal(claims.is_anonymous, false);
  assert.ok(claims.session_id);
});
await check('refused: taken, weak, invalid, too long', async () => {
  const { email } = await member();
  assert.deepEqual(said(await fresh().auth.signUp({ email: email.toUpperCase(), password })), [422, 'user_already_exists']);
  const weak = await fresh().auth.signUp({ email: address(), password: '12' });
  assert.deepEqual([...said(weak), weak.error.reasons], [422, 'weak_password', ['length']]);
  assert.deepEqual(said(await fresh().auth.signUp({ email: 'nonsense', password })), [400, 'validation_failed']);
  assert.deepEqual(said(await fresh().auth.signUp({ email: address(), password: 'x'.repeat(73) })), [400, 'validation_failed']);
});
await check('sign in, and refused: wrong, unknown', async () => {
  const { email } = await member();
  good(await fresh().auth.signInWithPassword({ email, password }));
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email, password: 'wrong' })), [400, 'invalid_credentials']);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: 'no@example.com', password })), [400, 'invalid_credentials']);
});
await check('refresh rotates', async () => {
  const { client, session } = await member();
  const next = good(await client.auth.refreshSession()).session;
  assert.notEqual(next.refresh_token, session.refresh_token);
  assert.equal(next.user.id, session.user.id);
  const again = good(await fresh().auth.setSession({ access_token: next.access_token, refresh_token: next.refresh_token }));
  assert.equal(again.user.id, session.user.id);
  assert.deepEqual(said(await fresh().auth.refreshSession({ refresh_token: 'nope' })), [400, 'refresh_token_not_found']);
});
await check('the parent of the newest refresh token gives the newest', async () => {
  const { client, session } = await member();
  const next = good(await client.auth.refreshSession()).session;
  const same = good(await fresh().auth.refreshSession({ refresh_token: session.refresh_token })).session;
  assert.equal(same.refresh_token, next.refresh_token);
});
await check('sign out: others, local, global', async () => {
  const { client, email } = await member();
  const second = await device(fresh())(email);
  const third = await device(fresh())(email);
  const token = good(await third.auth.getSession()).session.access_token;
  assert.equal((await second.auth.signOut({ scope: 'others' })).error, null);
  assert.equal((await client.auth.getUser()).error.name, 'AuthSessionMissingError');
  assert.equal((await fresh().auth.getUser(token)).error.name, 'AuthSessionMissingError');
  good(await second.auth.getUser());
  const fourth = await device(fresh())(email);
  assert.equal((await second.auth.signOut({ scope: 'local' })).error, null);
  good(await fourth.auth.getUser());
  assert.equal((await fourth.auth.signOut()).error, null);
  assert.equal(good(await fourth.auth.getSession()).session, null);
});
await check('user: metadata merged, null removes', async () => {
  const { client } = await member({ a: 1, b: 2 });
  const { user } = good(await client.auth.updateUser({ data: { b: null, c: { d: [3] } } }));
  assert.deepEqual([user.user_metadata.a, user.user_metadata.b, user.user_metadata.c], [1, undefined, { d: [3] }]);
  assert.deepEqual(good(await client.auth.getUser()).user.user_metadata.c, { d: [3] });
});
await check('a new password ends other sessions', async () => {
  const { client, email } = await member();
  const other = await device(fresh())(email);
  assert.deepEqual(said(await client.auth.updateUser({ password })), [422, 'same_password']);
  good(await client.auth.updateUser({ password: 'another password' }));
  assert.equal((await other.auth.getUser()).error.name, 'AuthSessionMissingError');
  good(await client.auth.getUser());
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email, password })), [400, 'invalid_credentials']);
});
await check('magic link: by code, by token hash, once', async () => {
  const { email } = await member();
  good(await fresh().auth.signInWithOtp({ email }));
  const letter = await last(email);
  assert.equal(letter.kind, 'magiclink');
  const { session } = good(await fresh().auth.verifyOtp({ email, token: letter.token, type: 'email' }));
  assert.ok(session.access_token);
  assert.deepEqual(said(await fresh().auth.verifyOtp({ email, token: letter.token, type: 'email' })), [403, 'otp_expired']);
  good(await fresh().auth.signInWithOtp({ email }));
  const { token_hash } = await last(email);
  good(await fresh().auth.verifyOtp({ token_hash, type: 'magiclink' }));
  assert.deepEqual(said(await fresh().auth.verifyOtp({ token_hash, type: 'magiclink' })), [403, 'otp_expired']);
});
await check('magic link makes an account unless told not to', async () => {
  const email = address();
  assert.deepEqual(said(await fresh().auth.signInWithOtp({ email, options: { shouldCreateUser: false } })), [422, 'otp_disabled']);
  good(await fresh().auth.signInWithOtp({ email, options: { data: { nick: 'new' } } }));
  const { user } = good(await fresh().auth.verifyOtp({ email, token: (await last(email)).token, type: 'email' }));
  assert.equal(user.user_metadata.nick, 'new');
});
await check('magic link: the implicit flow comes back with tokens', async () => {
  const { email } = await member();
  good(await fresh().auth.signInWithOtp({ email, options: { emailRedirectTo: 'http://localhost:5173/in?x=1' } }));
  const place = await follow((await last(email)).link);
  assert.equal(place.origin + place.pathname + place.search, 'http://localhost:5173/in?x=1');
  const parts = new URLSearchParams(place.hash.slice(1));
  assert.deepEqual([parts.get('token_type'), parts.get('type')], ['bearer', 'magiclink']);
  const client = fresh();
  good(await client.auth.setSession({ access_token: parts.get('access_token'), refresh_token: parts.get('refresh_token') }));
  assert.equal(good(await client.auth.getUser()).user.email, email);
});
await check('recovery: the PKCE flow comes back with a code, once', async () => {
  const { email } = await member();
  const client = pkce();
  good(await client.auth.resetPasswordForEmail(email, { redirectTo: 'http://127.0.0.1:3000/reset' }));
  const place = await follow((await last(email)).link);
  assert.equal(place.pathname, '/reset');
  const code = place.searchParams.get('code');
  good(await client.auth.exchangeCodeForSession(code));
  good(await client.auth.updateUser({ password: 'third password' }));
  const other = pkce();
  good(await other.auth.resetPasswordForEmail(email));
  assert.deepEqual(said(await other.auth.exchangeCodeForSession(code)), [404, 'flow_state_not_found']);
});
await check('PKCE: another browser has another verifier', async () => {
  const { email } = await member();
  const [client, thief] = [pkce(), pkce()];
  good(await thief.auth.resetPasswordForEmail('nobody@example.com'));
  good(await client.auth.resetPasswordForEmail(email));
  const code = (await follow((await last(email)).link)).searchParams.get('code');
  assert.deepEqual(said(await thief.auth.exchangeCodeForSession(code)), [400, 'bad_code_verifier']);
});
await check('a link that was used tells so in the address', async () => {
  const { email } = await member();
  good(await fresh().auth.resetPasswordForEmail(email));
  const { link } = await last(email);
  await follow(link);
  const parts = new URLSearchParams((await follow(link)).hash.slice(1));
  assert.deepEqual([parts.get('error'), parts.get('error_code')], ['access_denied', 'otp_expired']);
});
await check('an unknown address gets the same answer and no letter', async () => {
  good(await fresh().auth.resetPasswordForEmail('stranger@example.com'));
  good(await fresh().auth.resend({ type: 'signup', email: 'stranger@example.com' }));
  assert.deepEqual(await letters('stranger@example.com'), []);
});
await check('change of address: both letters, then the new one signs in', async () => {
  const { client, email } = await member();
  const next = address();
  const { user } = good(await client.auth.updateUser({ email: next }));
  assert.deepEqual([user.email, user.new_email], [email, next]);
  const half = await client.auth.verifyOtp({ email: next, token: (await last(next)).token, type: 'email_change' });
  assert.deepEqual([half.error, half.data.session], [null, null]);
  assert.equal(good(await client.auth.getUser()).user.email, email);
  const place = await follow((await last(email)).link);
  assert.equal(new URLSearchParams(place.hash.slice(1)).get('type'), 'email_change');
  const changed = good(await client.auth.getUser()).user;
  assert.deepEqual([changed.email, changed.new_email, changed.identities[0].identity_data.email], [next, undefined, next]);
  good(await fresh().auth.signInWithPassword({ email: next, password }));
});
await check('change of address: refused when it is taken', async () => {
  const [one, two] = [await member(), await member()];
  assert.deepEqual(said(await one.client.auth.updateUser({ email: two.email })), [422, 'email_exists']);
});
await check('anonymous, then an account', async () => {
  const client = fresh();
  const { user } = good(await client.auth.signInAnonymously({ options: { data: { theme: 'dark' } } }));
  assert.deepEqual([user.is_anonymous, user.email, user.identities, user.user_metadata.theme], [true, '', [], 'dark']);
  assert.equal(good(await client.auth.getClaims()).claims.is_anonymous, true);
  assert.deepEqual(said(await client.auth.updateUser({ password })), [422, 'validation_failed']);
  const email = address();
  const { user: kept } = good(await client.auth.updateUser({ email, password }));
  assert.deepEqual([kept.id, kept.is_anonymous, kept.email], [user.id, false, email]);
  assert.equal(good(await fresh().auth.signInWithPassword({ email, password })).user.id, user.id);
});
async function throughProvider(client, provider, email, more = {}) {
  const { url: departure } = good(await client.auth.signInWithOAuth({ provider, options: { skipBrowserRedirect: true, redirectTo: 'http://localhost:5173/cb', ...more } }));
  return clickThrough(await follow(departure), email);
}
async function clickThrough(page, email, answer = 'yes') {
  const form = await (await fetch(page)).text();
  assert.match(form, /<h1>Sign in with /);
  const sent = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email, name: 'Pat Doe', answer }) });
  return [await follow(sent.headers.get('location')), sent.headers.get('location')];
}
await check('Google: PKCE through the local page', async () => {
  const client = pkce();
  const email = address();
  const [place, back] = await throughProvider(client, 'google', email);
  const { user, session } = good(await client.auth.exchangeCodeForSession(place.searchParams.get('code')));
  assert.deepEqual([user.email, user.app_metadata.providers, user.user_metadata.full_name], [email, ['google'], 'Pat Doe']);
  assert.ok(session.provider_token);
  const replayed = await follow(back);
  assert.equal(replayed.searchParams.get('error_code'), 'bad_oauth_state');
});
await check('Google: the implicit flow, and the same person again', async () => {
  const email = address();
  const first = new URLSearchParams((await throughProvider(fresh(), 'google', email))[0].hash.slice(1));
  const second = new URLSearchParams((await throughProvider(fresh(), 'google', email))[0].hash.slice(1));
  const ids = await Promise.all([first, second].map(async (p) => good(await fresh().auth.getUser(p.get('access_token'))).user.id));
  assert.equal(ids[0], ids[1]);
  assert.ok(first.get('provider_token'));
});
await check('GitHub joins the account with that address', async () => {
  const { email, user } = await member();
  const client = pkce();
  const [place] = await throughProvider(client, 'github', email);
  const found = good(await client.auth.exchangeCodeForSession(place.searchParams.get('code'))).user;
  assert.deepEqual([found.id, found.app_metadata.providers], [user.id, ['email', 'github']]);
  good(await fresh().auth.signInWithPassword({ email, password }));
});
await check('the provider says no; an unknown provider', async () => {
  const { url: departure } = good(await fresh().auth.signInWithOAuth({ provider: 'google', options: { skipBrowserRedirect: true } }));
  const [place] = await clickThrough(await follow(departure), address(), 'no');
  assert.equal(place.searchParams.get('error'), 'access_denied');
  const answer = await fetch(`${url}/auth/v1/authorize?provider=myspace`);
  assert.equal(answer.status, 400);
});
await check('identities: link, list, unlink', async () => {
  const { client } = await member();
  const departure = good(await client.auth.linkIdentity({ provider: 'gitlab', options: { skipBrowserRedirect: true } })).url;
  const other = address();
  await clickThrough(departure, other);
  const { identities } = good(await client.auth.getUserIdentities());
  assert.deepEqual(identities.map((item) => item.provider), ['email', 'gitlab']);
  assert.equal(identities[1].identity_data.email, other);
  good(await client.auth.unlinkIdentity(identities[1]));
  const rest = good(await client.auth.getUserIdentities()).identities;
  assert.equal(rest.length, 1);
  assert.deepEqual(said(await client.auth.unlinkIdentity(rest[0])), [422, 'single_identity_not_deletable']);
});
await check('id token: with a nonce, linked, and refused', async () => {
  const email = address();
  const nonce = 'n-0S6_WzA2Mj';
  const hashed = createHash('sha256').update(nonce).digest('hex');
  const mint = async (body) => (await (await fetch(`${url}/auth/v1/provider/token`, { method: 'POST', headers: { apikey: key }, body: JSON.stringify(body) })).json()).id_token;
  const token = await mint({ provider: 'google', email, name: 'Ida', nonce: hashed });
  const { user } = good(await fresh().auth.signInWithIdToken({ provider: 'google', token, nonce }));
  assert.deepEqual([user.email, user.app_metadata.provider], [email, 'google']);
  assert.equal((await fresh().auth.signInWithIdToken({ provider: 'google', token, nonce: 'other' })).error.status, 400);
  assert.equal((await fresh().auth.signInWithIdToken({ provider: 'apple', token, nonce })).error.status, 400);
  const { client, session } = await member();
  assert.equal((await fresh().auth.signInWithIdToken({ provider: 'google', token: session.access_token })).error.status, 400);
  good(await client.auth.linkIdentity({ provider: 'apple', token: await mint({ provider: 'apple', email: address() }) }));
  assert.deepEqual(good(await client.auth.getUser()).user.app_metadata.providers, ['email', 'apple']);
});
await check('MFA: enroll, verify, two steps, unenroll', async () => {
  const { client, email } = await member();
  const waiting = await device(fresh())(email);
  const factor = good(await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' }));
  assert.match(factor.totp.qr_code, /^data:image\/svg\+xml;utf-8,<svg [^#]*$/);
  assert.match(factor.totp.uri, /^otpauth:\/\/totp\/.*secret=/);
  assert.deepEqual(said(await client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: '12345x' })), [422, 'mfa_verification_failed']);
  const { id } = good(await client.auth.mfa.challenge({ factorId: factor.id }));
  good(await client.auth.mfa.verify({ factorId: factor.id, challengeId: id, code: totp(factor.totp.secret) }));
  assert.equal((await client.auth.mfa.verify({ factorId: factor.id, challengeId: id, code: totp(factor.totp.secret) })).error.code, 'mfa_factor_not_found');
  const level = good(await client.auth.mfa.getAuthenticatorAssuranceLevel());
  assert.deepEqual([level.currentLevel, level.currentAuthenticationMethods.map((item) => item.method).sort()], ['aal2', ['password', 'totp']]);
  assert.equal((await waiting.auth.getUser()).error.name, 'AuthSessionMissingError');
  const low = await device(fresh())(email);
  assert.deepEqual(good(await low.auth.mfa.getAuthenticatorAssuranceLevel()).nextLevel, 'aal2');
  assert.deepEqual(said(await low.auth.updateUser({ password: 'stolen password' })), [401, 'insufficient_aal']);
  assert.deepEqual(said(await low.auth.mfa.unenroll({ factorId: factor.id })), [422, 'insufficient_aal']);
  assert.deepEqual(said(await low.auth.mfa.enroll({ factorType: 'totp' })), [403, 'insufficient_aal']);
  assert.equal(good(await client.auth.mfa.listFactors()).totp.length, 1);
  good(await client.auth.mfa.unenroll({ factorId: factor.id }));
  good(await client.auth.refreshSession());
  assert.equal(good(await client.auth.mfa.getAuthenticatorAssuranceLevel()).currentLevel, 'aal1');
  assert.deepEqual(said(await client.auth.mfa.enroll({ factorType: 'phone', phone: '+491234567' })), [422, 'mfa_phone_enroll_not_enabled']);
});
await check("MFA: another user's factor is not found", async () => {
  const [one, two] = [await member(), await member()];
  const factor = good(await one.client.auth.mfa.enroll({ factorType: 'totp' }));
  assert.deepEqual(said(await two.client.auth.mfa.challenge({ factorId: factor.id })), [404, 'mfa_factor_not_found']);
  const name = { factorType: 'totp', friendlyName: 'same' };
  good(await one.client.auth.mfa.enroll(name));
  assert.deepEqual(said(await one.client.auth.mfa.enroll(name)), [422, 'mfa_factor_name_conflict']);
});
await check('admin: create, get, list, update, ban, delete', async () => {
  const email = address();
  const { user } = good(await admin.createUser({ email, password, email_confirm: true, user_metadata: { a: 1 }, app_metadata: { plan: 'pro' } }));
  assert.deepEqual([user.app_metadata, user.user_metadata.a], [{ provider: 'email', providers: ['email'], plan: 'pro' }, 1]);
  assert.deepEqual(said(await admin.createUser({ email })), [422, 'email_exists']);
  assert.equal(good(await admin.getUserById(user.id)).user.email, email);
  const page = good(await admin.listUsers({ page: 1, perPage: 5 }));
  assert.deepEqual([page.users.length, page.nextPage, page.aud], [5, 2, 'authenticated']);
  assert.ok(page.total > 5 && page.lastPage >= 2);
  const client = await device(fresh())(email);
  const renamed = good(await admin.updateUserById(user.id, { email: `x-${email}`, user_metadata: { a: null, b: 2 }, ban_duration: '1h30m' })).user;
  assert.deepEqual([renamed.email, renamed.user_metadata.a, renamed.user_metadata.b], [`x-${email}`, undefined, 2]);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email: `x-${email}`, password })), [400, 'user_banned']);
  assert.deepEqual(said(await client.auth.refreshSession()), [400, 'user_banned']);
  good(await admin.updateUserById(user.id, { ban_duration: 'none' }));
  good(await client.auth.signInWithPassword({ email: `x-${email}`, password }));
  assert.deepEqual(said(await admin.updateUserById(user.id, { ban_duration: 'soon' })), [400, 'validation_failed']);
  good(await admin.deleteUser(user.id));
  assert.deepEqual(said(await admin.getUserById(user.id)), [404, 'user_not_found']);
  assert.deepEqual(said(await client.auth.getUser()), [403, 'user_not_found']);
});
await check('admin: soft deletion frees the address', async () => {
  const { email, user } = await member();
  good(await admin.deleteUser(user.id, true));
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ email, password })), [400, 'invalid_credentials']);
  good(await fresh().auth.signUp({ email, password }));
});
await check('admin: links of every kind', async () => {
  const { email } = await member();
  const { properties } = good(await admin.generateLink({ type: 'magiclink', email, options: { redirectTo: 'http://localhost:5173/x' } }));
  assert.equal(properties.redirect_to, 'http://localhost:5173/x');
  assert.ok(new URLSearchParams((await follow(properties.action_link)).hash.slice(1)).get('access_token'));
  const recovery = good(await admin.generateLink({ type: 'recovery', email })).properties;
  good(await fresh().auth.verifyOtp({ email, token: recovery.email_otp, type: 'recovery' }));
  const newcomer = address();
  const signup = good(await admin.generateLink({ type: 'signup', email: newcomer, password, options: { data: { via: 'link' } } }));
  assert.equal(signup.user.user_metadata.via, 'link');
  good(await fresh().auth.verifyOtp({ token_hash: signup.properties.hashed_token, type: 'signup' }));
  const invited = good(await admin.generateLink({ type: 'invite', email: address() }));
  good(await fresh().auth.verifyOtp({ token_hash: invited.properties.hashed_token, type: 'invite' }));
  const next = address();
  for (const type of ['email_change_current', 'email_change_new']) {
    const { hashed_token } = good(await admin.generateLink({ type, email, newEmail: next })).properties;
    assert.equal((await fresh().auth.verifyOtp({ token_hash: hashed_token, type: 'email_change' })).error, null);
  }
  assert.deepEqual(said(await admin.generateLink({ type: 'recovery', email: 'none@example.com' })), [404, 'user_not_found']);
});
await check('admin: invite, sign out, factors', async () => {
  const email = address();
  const { user } = good(await admin.inviteUserByEmail(email, { data: { team: 'a' }, redirectTo: 'http://localhost:5173/welcome' }));
  assert.ok(user.invited_at);
  assert.equal((await follow((await last(email)).link)).pathname, '/welcome');
  assert.deepEqual(said(await admin.inviteUserByEmail(email)), [422, 'email_exists']);
  const { client, session, user: one } = await member();
  const factor = good(await client.auth.mfa.enroll({ factorType: 'totp' }));
  assert.equal(good(await admin.mfa.listFactors({ userId: one.id })).factors[0].id, factor.id);
  good(await admin.mfa.deleteFactor({ userId: one.id, id: factor.id }));
  assert.equal((await admin.signOut(session.access_token, 'global')).error, null);
  assert.equal((await client.auth.getUser()).error.name, 'AuthSessionMissingError');
});
await check('refused: administration without the secret key', async () => {
  const { session } = await member();
  const asMember = connect(session.access_token);
  assert.deepEqual(said(await asMember.auth.admin.listUsers()), [403, 'not_admin']);
  assert.equal((await fresh().auth.admin.listUsers()).error.status, 403);
  const mixed = await fetch(`${url}/auth/v1/admin/users`, { headers: { apikey: process.env.SECRET, authorization: `Bearer ${session.access_token}` } });
  assert.equal(mixed.status, 403);
});
await check('telephone: sign up, sign in, refused', async () => {
  const phone = '+49 170 1000001';
  const { user, session } = good(await fresh().auth.signUp({ phone, password, options: { data: { a: 1 } } }));
  assert.deepEqual([user.phone, user.email, user.app_metadata, user.user_metadata.a], ['491701000001', '', { provider: 'phone', providers: ['phone'] }, 1]);
  assert.deepEqual([user.identities[0].provider, Boolean(user.phone_confirmed_at), session.user.id], ['phone', true, user.id]);
  assert.equal(good(await fresh().auth.signInWithPassword({ phone, password })).user.id, user.id);
  assert.deepEqual(said(await fresh().auth.signInWithPassword({ phone, password: 'wrong' })), [400, 'invalid_credentials']);
  assert.deepEqual(said(await fresh().auth.signUp({ phone, password })), [422, 'user_already_exists']);
  assert.deepEqual(said(await fresh().auth.signUp({ phone: '+0123', password })), [400, 'validation_failed']);
});
await check('telephone: a code signs in, makes accounts unless told not to', async () => {
  const phone = '491701000002';
  assert.deepEqual(said(await fresh().auth.signInWithOtp({ phone, options: { shouldCreateUser: false } })), [422, 'otp_disabled']);
  const sent = good(await fresh().auth.signInWithOtp({ phone, options: { data: { nick: 'tel' }, channel: 'sms' } }));
  assert.ok(sent.messageId);
  const { token } = await last(phone);
  assert.deepEqual(said(await fresh().auth.verifyOtp({ phone, token: '000000x', type: 'sms' })), [403, 'otp_expired']);
  const { user, session } = good(await fresh().auth.verifyOtp({ phone: `+${phone}`, token, type: 'sms' }));
  assert.deepEqual([user.phone, user.user_metadata.nick, Boolean(session.access_token)], [phone, 'tel', true]);
  assert.deepEqual(said(await fresh().auth.verifyOtp({ phone, token, type: 'sms' })), [403, 'otp_expired']);
});
await check('telephone: a number is added, is unique, and comes from administrators', async () => {
  const { client, user } = await member();
  const { user: changed } = good(await client.auth.updateUser({ phone: '+491701000003' }));
  assert.deepEqual([changed.phone, changed.app_metadata.providers], ['491701000003', ['email', 'phone']]);
  const { client: other } = await member();
  assert.deepEqual(said(await other.auth.updateUser({ phone: '+491701000003' })), [422, 'phone_exists']);
  assert.deepEqual(said(await admin.createUser({ phone: '+491701000003' })), [422, 'phone_exists']);
  const { user: made } = good(await admin.createUser({ phone: '+491701000004', email: address(), phone_confirm: true, password }));
  assert.deepEqual([made.phone, made.app_metadata.providers, made.identities.length], ['491701000004', ['email', 'phone'], 2]);
  assert.ok(made.phone_confirmed_at && !made.email_confirmed_at);
  assert.equal(good(await admin.updateUserById(user.id, { phone: '491701000005' })).user.phone, '491701000005');
  good(await fresh().auth.signInWithPassword({ phone: '491701000004', password }));
});
await check('refused: what this stack has not', async () => {
  const { client, user } = await member();
  assert.deepEqual(said(await admin.oauth.listClients()), [404, 'feature_disabled']);
  assert.deepEqual(said(await admin.oauth.createClient({ client_name: 'x', redirect_uris: ['http://localhost'] })), [404, 'feature_disabled']);
  assert.deepEqual(said(await client.auth.oauth.getAuthorizationDetails('abc')), [404, 'feature_disabled']);
  assert.deepEqual(said(await client.auth.mfa.enroll({ factorType: 'webauthn', friendlyName: 'k' })), [422, 'mfa_webauthn_enroll_not_enabled']);
  for (const [path, code] of [['passkeys', 'feature_disabled'], ['factors/recovery-codes', 'mfa_recovery_codes_enroll_not_enabled'], ['factors/recovery-codes/verify', 'mfa_recovery_codes_verify_not_enabled']]) {
    const { access_token } = good(await client.auth.getSession()).session;
    const answer = await fetch(`${url}/auth/v1/${path}`, { method: 'POST', headers: { apikey: key, authorization: `Bearer ${access_token}`, 'x-supabase-api-version': '2024-01-01' }, body: '{}' });
    assert.equal((await answer.json()).code, code);
  }
  const none = await fetch(`${url}/auth/v1/admin/users/${user.id}/passkeys`, { headers: { apikey: key } });
  assert.equal(none.status, 401);
});
await check('refused: SAML, web3', async () => {
  assert.deepEqual(said(await fresh().auth.signInWithSSO({ domain: 'example.com' })), [404, 'saml_provider_disabled']);
});
await check('a captcha token does no harm where none is asked for', async () => {
  good(await fresh().auth.signUp({ email: address(), password, options: { captchaToken: 'some_token' } }));
});
