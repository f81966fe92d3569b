import { expect, t, test } from './fixtures';
import { pages, type AppPage } from './support/pages';

/** The pages behind a guard; what is not for somebody is not, whatever the address names. */
function behind(guarded: (guard: AppPage['guard']) => boolean) {
  return pages
    .filter(({ guard }) => guarded(guard))
    .map(({ path }) => path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000'));
}

for (const address of behind((guard) => guard === 'member' || guard.startsWith('role:'))) {
  test(`${address} asks a visitor to sign in, and for nothing else`, async ({ page }) => {
    await page.goto(`${address}?a=b#c`);
    const next = encodeURIComponent(`${address}?a=b#c`);
    await expect(page).toHaveURL(`/sign-in?next=${next}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
}

for (const address of behind((guard) => guard.startsWith('role:'))) {
  test(`${address} is not there for a member without the role`, async ({ people }) => {
    const { page } = await people.newcomer();
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('app.notFoundTitle'));
    await expect(page.getByRole('heading', { name: t('app.staff') })).toBeHidden();
    const ways = await page.getByRole('link').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')),
    );
    expect(ways).not.toContain(address);
  });
}

for (const address of behind((guard) => guard === 'guest')) {
  test(`${address} sends whoever is signed in to where they wanted to go`, async ({
    people,
    world,
  }) => {
    const { page } = await people.newcomer();
    await page.goto(`${address}?next=%2Fno-such-page`);
    await expect(page).toHaveURL('/no-such-page');
    await page.goto(`${address}?next=https%3A%2F%2Fexample.com%2F`);
    await expect(page).not.toHaveURL(new RegExp(address));
    expect(new URL(page.url()).origin).toBe(new URL(world.site).origin);
  });
}
