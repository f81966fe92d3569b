import { randomUUID } from 'node:crypto';
import { PASSWORD_LENGTH } from '@/features/auth/auth-schemas';
import { allow, expect, expectAccessible, t, test } from './fixtures';

test('who has accepted older terms only is asked until they accept the new ones', async ({
  people,
}) => {
  const { page } = await people.newcomer();
  // as it is for an account of before
  await page.route(/\/rest\/v1\/terms_acceptances/, (route) => route.fulfill({ json: [] }));
  await page.goto('/no-such-page');
  const dialog = page.getByRole('dialog', { name: t('auth.newTermsTitle') });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(dialog).toBeVisible();
  const opened = page.context().waitForEvent('page');
  await dialog.getByRole('link', { name: t('auth.readTerms') }).press('Enter');
  await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(t('auth.termsTitle'));
  await page.unrouteAll();
  await dialog.getByRole('button', { name: t('auth.accept'), exact: true }).press('Enter');
  await expect(page.getByText(t('auth.termsAccepted'))).toBeVisible();
  await expect(dialog).toBeHidden();
  const asked = page.waitForResponse(/\/rest\/v1\/terms_acceptances/);
  await page.reload();
  await asked;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(dialog).toBeHidden();
});

test('there is no account without the current terms, and nobody accepts them for others', async ({
  people,
}) => {
  const member = await people.newcomer();
  const other = await people.newcomer();
  const guest = await people.client(null);
  for (const data of [{}, { terms_version: '1999' }, { terms_version: null }]) {
    const email = `${randomUUID()}@example.com`;
    const password = 'long enough words';
    const made = await guest.auth.signUp({ email, password, options: { data } });
    expect(made.data.user).toBeNull();
    expect((await guest.auth.signInWithPassword({ email, password })).error?.code).toBe(
      'invalid_credentials',
    );
  }
  const client = await people.client(member);
  const old = await client.rpc('accept_terms', { p_version: '1999' });
  expect(old.error?.message).toBe('terms_not_current');
  const acceptances = () => client.from('terms_acceptances');
  const forged = await acceptances().insert({ user_id: other.id, version: '1999' });
  expect(forged.error?.code).toBe('42501');
  expect((await acceptances().delete().eq('user_id', member.id)).error?.code).toBe('42501');
  expect((await acceptances().select().eq('user_id', other.id)).data).toEqual([]);
  expect((await acceptances().select('user_id')).data).toEqual([{ user_id: member.id }]);
  expect((await guest.rpc('accept_terms', { p_version: '1999' })).error?.code).toBe('42501');
});

test('an address that has an account, and what is no address, are refused in words', async ({
  people,
}) => {
  const { email } = await people.newcomer();
  const page = await people.open(null);
  allow(page, /status of 422.*\/auth\/v1\/signup/);
  await page.goto('/sign-up');
  await page.getByRole('button', { name: t('auth.signUp') }).press('Enter');
  await expect(page.getByText(t('app.fieldRequired')).first()).toBeVisible();
  await expect(page.getByLabel(t('auth.displayName'))).toBeFocused();
  await page.getByLabel(t('auth.displayName')).fill('Ann');
  await page.getByLabel(t('auth.email')).fill('ann at home');
  const password = page.getByLabel(t('auth.password'), { exact: true });
  await password.fill('short');
  await page.getByRole('button', { name: t('auth.signUp') }).press('Enter');
  await expect(page.getByText(t('app.fieldEmail'))).toBeVisible();
  await expect(page.getByText(t('app.fieldTooShort', { count: PASSWORD_LENGTH }))).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: t('auth.showPassword') }).press('Enter');
  await expect(password).toHaveAttribute('type', 'text');
  await password.fill('long enough words');
  await page.getByRole('button', { name: t('auth.hidePassword') }).press('Enter');
  await expect(password).toHaveAttribute('type', 'password');
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByRole('checkbox', { name: t('auth.acceptTerms') }).press('Space');
  await page.getByRole('button', { name: t('auth.signUp') }).press('Enter');
  await expect(page.getByRole('alert')).toHaveText(t('app.errorEmailTaken'));
  await expect(page).toHaveURL('/sign-up');
});

test('a link serves once: who follows it again is led to a new one', async ({
  people,
  letters,
}) => {
  const { email } = await people.newcomer();
  const page = await people.open(null);
  await page.goto('/forgot-password');
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByRole('button', { name: t('auth.sendLink') }).press('Enter');
  await expect(page.getByText(t('auth.resetSentText', { email }))).toBeVisible();
  const { link = '' } = await letters.newest(email);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('auth.resetTitle'));

  const elsewhere = await people.open(null);
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText(t('auth.linkExpiredTitle'));
  await expectAccessible(elsewhere);
  await elsewhere.getByRole('link', { name: t('auth.askAgain') }).press('Enter');
  await expect(elsewhere).toHaveURL('/forgot-password');
});

test('whether an address has an account is not told to who forgot the password', async ({
  page,
  letters,
}) => {
  const email = `${randomUUID()}@example.com`;
  await page.goto('/forgot-password');
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByRole('button', { name: t('auth.sendLink') }).press('Enter');
  await expect(page.getByText(t('auth.resetSentText', { email }))).toBeVisible();
  expect(await letters.all(email)).toEqual([]);
});
