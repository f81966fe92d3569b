import type { Page } from '@playwright/test';
import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('auth.signIn') }).click();
}

function accountButton(page: Page) {
  return page.getByRole('button', { name: t('app.account'), exact: true });
}

async function signOut(page: Page) {
  await accountButton(page).click();
  await page.getByRole('menuitem', { name: t('app.signOut') }).click();
}

test('a visitor signs up with the terms accepted, signs out and signs in again', async ({
  page,
}) => {
  const email = `ann.${Date.now()}@example.com`;
  await page.goto('/sign-up');
  await page.getByLabel(t('auth.displayName')).fill('Ann');
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill('long enough words');
  await page.getByRole('button', { name: t('auth.signUp') }).click();
  await expect(page.getByText(t('auth.termsRequired'))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: t('auth.signUp') }).click();
  await accountButton(page).press('Enter');
  await expectDialog(page, accountButton(page));
  await signOut(page);
  await page.goto('/sign-in');
  await signIn(page, email, 'long enough words');
  await expect(accountButton(page)).toBeVisible();
});

test('a member who signs in comes to the page that they wanted', async ({ people }) => {
  const { email, password } = await people.newcomer();
  const page = await people.open(null);
  await page.goto('/sign-in?next=%2Fterms');
  await signIn(page, email, password);
  await expect(page).toHaveURL('/terms');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('auth.termsTitle'));
});

test('a wrong password is refused, in words and without a session', async ({ people }) => {
  const { email } = await people.newcomer();
  const page = await people.open(null);
  allow(page, /status of 400.*\/auth\/v1\/token/);
  await page.goto('/sign-in');
  await signIn(page, email, 'not the password');
  await expect(page.getByRole('alert')).toHaveText(t('app.errorCredentials'));
  await expectAccessible(page);
  await expect(page).toHaveURL('/sign-in');
  expect(await page.evaluate(() => Object.keys(localStorage).join(' '))).not.toContain('auth-token');
});

test('whoever signs out everywhere leaves no session that could be used again', async ({
  people,
}) => {
  const member = await people.newcomer();
  const client = await people.client(member);
  const { data } = await client.auth.getSession();
  const elsewhere = await people.client(member);
  await elsewhere.auth.signOut({ scope: 'global' });
  const refresh_token = data.session?.refresh_token ?? '';
  expect(refresh_token).not.toBe('');
  const { error } = await client.auth.refreshSession({ refresh_token });
  expect(error?.code).toBe('refresh_token_not_found');
});

test('whoever forgot the password chooses a new one by the link in the letter', async ({
  people,
  letters,
}) => {
  const { email } = await people.newcomer();
  const page = await people.open(null);
  await page.goto('/forgot-password');
  await expectAccessible(page);
  await page.getByLabel(t('auth.email')).fill(email);
  await page.getByRole('button', { name: t('auth.sendLink') }).click();
  await expect(page.getByText(t('auth.resetSentText', { email }))).toBeVisible();
  const { link = '' } = await letters.newest(email);
  await page.goto(link);
  await page.getByLabel(t('auth.newPassword'), { exact: true }).fill('quite another one');
  await page.getByRole('button', { name: t('auth.savePassword') }).click();
  await expect(page.getByText(t('auth.passwordSaved'))).toBeVisible();
  await signOut(page);
  await page.goto('/sign-in');
  await signIn(page, email, 'quite another one');
  await expect(page.getByRole('button', { name: t('app.account'), exact: true })).toBeVisible();
});
