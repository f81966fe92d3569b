import type { Page } from '@playwright/test';
import { allow, expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { publishThing } from './support/clips';

/** The button as it is with so many who saved the thing, the viewer among them or not. */
function saveButton(page: Page, count: number, pressed: boolean) {
  return page.getByRole('button', { name: t('bookmarks.save', { count }), exact: true, pressed });
}

/** The link to a saved thing, or to a collection, in the list of this name. */
function listed(page: Page, list: string, name: string) {
  return page.getByRole('list', { name: list, exact: true }).getByRole('link', { name });
}

async function nameCollection(page: Page, name: string, button: string) {
  const field = page.getByRole('dialog').getByLabel(t('bookmarks.name'));
  await field.fill(name);
  await page.getByRole('button', { name: button, exact: true }).press('Enter');
}

test('a person saves a thing, finds it among what is saved, and takes it out again', async ({
  people,
}) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Rye starter' });
  await page.goto(`/things/${id}`);
  await saveButton(page, 0, false).press('Enter');
  await expect(saveButton(page, 1, true)).toBeVisible();
  const client = await people.client(author);
  const count = async () =>
    (await client.from('things').select('bookmark_count').eq('id', id).single()).data;
  await expect.poll(count).toEqual({ bookmark_count: 1 });

  await page.getByRole('button', { name: t('app.account'), exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: t('bookmarks.title'), exact: true }).press('Enter');
  await expect(page).toHaveURL('/saved');
  await expectAccessible(page);
  await listed(page, t('bookmarks.all'), 'Rye starter').press('Enter');
  await saveButton(page, 1, true).press('Enter');
  await page.getByRole('button', { name: t('bookmarks.remove') }).press('Enter');
  await expect(saveButton(page, 0, false)).toBeFocused();
  await expect.poll(count).toEqual({ bookmark_count: 0 });
  await page.goto('/saved');
  await expect(page.getByText(t('bookmarks.emptyTitle'))).toBeVisible();
});

test('a person sorts what is saved into a collection, renames it and deletes it', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const { page } = fan;
  const { id } = await publishThing(people, author, { caption: 'Plum cake' });
  allow(page, /status of 409.*thing_collections/);
  await page.goto('/saved');
  await page.getByRole('button', { name: t('bookmarks.newCollection') }).press('Enter');
  await expectAccessible(page);
  await nameCollection(page, '   ', t('bookmarks.create'));
  await expect(page.getByRole('dialog').getByText(t('app.fieldRequired'))).toBeVisible();
  await nameCollection(page, 'Cakes', t('bookmarks.create'));
  await expect(listed(page, t('bookmarks.collections'), 'Cakes')).toBeVisible();

  await page.goto(`/things/${id}`);
  await saveButton(page, 0, false).press('Enter');
  await saveButton(page, 1, true).press('Enter');
  const choice = (name: string, pressed: boolean) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true, pressed });
  await expect(choice(t('bookmarks.none'), true)).toBeVisible();
  await expectAccessible(page);
  await choice('Cakes', false).press('Enter');
  await expect(choice('Cakes', true)).toBeVisible();
  await page.getByRole('button', { name: t('bookmarks.newCollection') }).press('Enter');
  await nameCollection(page, 'Cakes', t('bookmarks.create'));
  await expect(page.getByRole('alert')).toHaveText(t('bookmarks.nameTaken'));
  await expectAccessible(page);
  await nameCollection(page, 'Autumn', t('bookmarks.create'));
  await expect(choice('Autumn', true)).toBeVisible();
  const own = await people.client(fan);
  const kept = async () =>
    (await own.from('thing_bookmarks').select('collection:thing_collections(name)')).data;
  await expect.poll(kept).toEqual([{ collection: { name: 'Autumn' } }]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto('/saved');
  await listed(page, t('bookmarks.collections'), 'Cakes').press('Enter');
  await expect(page.getByText(t('bookmarks.collectionEmptyTitle'))).toBeVisible();
  await page.getByRole('link', { name: t('bookmarks.backToSaved') }).press('Enter');
  await listed(page, t('bookmarks.collections'), 'Autumn').press('Enter');
  await expect(listed(page, 'Autumn', 'Plum cake')).toBeVisible();
  const menu = page.getByRole('button', { name: t('bookmarks.menu') });
  await menu.press('Enter');
  await expectDialog(page, menu);
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: t('bookmarks.rename') }).press('Enter');
  await expectDialog(page, menu);
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: t('bookmarks.rename') }).press('Enter');
  await nameCollection(page, 'Late summer', t('bookmarks.saveName'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Late summer');

  await menu.press('Enter');
  await page.getByRole('menuitem', { name: t('bookmarks.delete') }).press('Enter');
  await expectAccessible(page);
  const ask = page.getByRole('alertdialog', { name: t('bookmarks.deleteTitle') });
  await ask.getByRole('button', { name: t('bookmarks.delete') }).press('Enter');
  await expect(page).toHaveURL('/saved');
  await expect(listed(page, t('bookmarks.collections'), 'Cakes')).toBeVisible();
  await expect(listed(page, t('bookmarks.collections'), 'Late summer')).toBeHidden();
  await expect(listed(page, t('bookmarks.all'), 'Plum cake')).toBeVisible();
});
