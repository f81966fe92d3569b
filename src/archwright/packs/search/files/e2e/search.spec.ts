//% if has('search@Profile')
import { randomUUID } from 'node:crypto';
//% endif
import type { Page } from '@playwright/test';
//% if has('search@Profile')
import { expect, expectAccessible, t, test, type Newcomer } from './fixtures';
//% else
import { expect, expectAccessible, t, test } from './fixtures';
//% endif
//% if has('search@Profile') and has('search@Video')
import { publishVideo } from './support/clips';
//% endif
//% if has('search@Profile')
import type { People } from './support/people';

/** A word that is in no text but those of one test: letters, so that it can be misspelt. */
function newWord() {
  const letters = randomUUID().slice(0, 8).replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
  return `quince${letters}`;
}

/** A newcomer under another name. */
async function named(people: People, display_name: string): Promise<Newcomer> {
  const member = await people.newcomer();
  const client = await people.client(member);
  await client.from('profiles').update({ display_name }).eq('id', member.id).throwOnError();
  return member;
}

/** The first of the results that are called so. */
function result(page: Page, name: string) {
  return page
    .getByRole('list', { name: t('search.results') })
    .getByRole('link', { name })
    .first();
}
//% endif

function field(page: Page) {
  return page.getByRole('searchbox', { name: t('search.placeholder') });
}

for (const odd of ['%', `_'"\\`, `');--`, '🦆', '\0', `a & !b | <script>:*`]) {
  test(`who searches for ${JSON.stringify(odd)} is told that there is nothing`, async ({ people }) => {
    const page = await people.open(null);
    await page.goto('/search');
    await field(page).fill(odd);
    await field(page).press('Enter');
    await expect(page.getByText(t('search.nothing'))).toBeVisible();
    await expect(page).toHaveURL(`/search?${new URLSearchParams({ q: odd }).toString()}`);
    await page.reload();
    await expect(field(page)).toHaveValue(odd);
    await expect(page.getByText(t('search.nothing'))).toBeVisible();
  });
}

test('what one searched for is remembered until one forgets it or signs out', async ({
  people,
}) => {
  const { page } = await people.newcomer();
  await page.goto('/search');
  await expect(page.getByText(t('search.recent'))).toBeHidden();
  for (const words of ['apple', 'pear', 'plum']) {
    await field(page).fill(words);
    await field(page).press('Enter');
    await page.getByRole('button', { name: t('search.clear') }).press('Enter');
    await expect(page.getByRole('button', { name: words, exact: true })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: t('search.forget', { query: 'pear' }) }).press('Enter');
  await expect(page.getByRole('button', { name: 'pear', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'apple', exact: true }).press('Enter');
  await expect(field(page)).toHaveValue('apple');
  await page.getByRole('button', { name: t('app.account'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('app.signOut') }).click();
  await expect(page.getByRole('link', { name: t('app.signIn') }).first()).toBeVisible();
  await page.goto('/search');
  await expect(page.getByText(t('search.start'))).toBeVisible();
  await expect(page.getByText(t('search.recent'))).toBeHidden();
});
//% if has('search@Profile')

test('a visitor finds a person by name, also where it is misspelt, and comes back to the search', async ({
  people,
}) => {
  const word = newWord();
  const { handle } = await named(people, `Inês ${word}`);
  const page = await people.open(null);
  await page.goto('/search?tab=people');
  await expectAccessible(page);
  await field(page).fill(`INES  ${word.slice(0, -2)}`);
  await field(page).press('Enter');
  await expect(result(page, `@${handle}`)).toBeVisible();
  await expectAccessible(page);
  const misspelt = `qiunce${word.slice(6)}`;
  await field(page).fill(misspelt);
  await expect(page).toHaveURL(`/search?tab=people&q=${misspelt}`);
  await expect(result(page, `@${handle}`)).toBeVisible();

  await result(page, `@${handle}`).press('Enter');
  await expect(page).toHaveURL(`/u/${handle}`);
  await page.goBack();
  await expect(field(page)).toHaveValue(misspelt);
  await expect(result(page, `@${handle}`)).toBeVisible();
  await page.reload();
  await expect(field(page)).toHaveValue(misspelt);
  await expect(result(page, `@${handle}`)).toBeVisible();
});
//% endif
//% if has('search@Profile') and has('search@Video')

test('a person finds a video by words of its caption, and chooses where to look by the keyboard', async ({
  people,
}) => {
  const word = newWord();
  const author = await named(people, `Baker ${word}`);
  await publishVideo(people, author, { caption: `Crème brûlée with ${word}s` });
  const { page } = await people.newcomer();
  await page.goto('/search?tab=people');
  await field(page).fill(word);
  await expect(result(page, `@${author.handle}`)).toBeVisible();
  await page.getByRole('tab', { name: t('search.people') }).focus();
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/[?&]tab=videos\b/, { timeout: 500 });
  }).toPass();
  await expect(result(page, 'Crème brûlée')).toBeVisible();
  await expectAccessible(page);
  await field(page).fill(`creme brulee ${word}`);
  await field(page).press('Enter');
  await result(page, 'Crème brûlée').press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Crème brûlée/);
  await page.goBack();
  await expect(page).toHaveURL(/\?tab=videos&q=creme\+brulee/);
  await expect(result(page, 'Crème brûlée')).toBeVisible();
});
//% endif
