import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { publishVideo } from './support/clips';

test('a creator sees what their videos did, by day and by video', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = author;
  await page.goto('/studio');
  await expect(page.getByText(t('statistics.empty'))).toBeVisible();
  await expect(page.getByRole('link', { name: t('statistics.upload') })).toBeVisible();
  const { id } = await publishVideo(people, author, { caption: 'Under the ice' });
//% if has('likes@Video')
  const fan = await people.client(await people.newcomer());
  await fan.from('video_likes').insert({ video_id: id }).throwOnError();
//% endif

  await page.goto('/studio');
  const metric = t('statistics.videos');
  const card = page.getByRole('button', { name: metric });
  await expect(card).toContainText(t('statistics.fresh'));
  await card.press('Enter');
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  const chart = t('statistics.chartText', { metric, total: '1', most: '1' });
  await expect(page.getByRole('img', { name: chart })).toBeVisible();
  await page.getByText(t('statistics.table')).press('Enter');
  await expect(page.getByRole('columnheader', { name: metric })).toBeVisible();
  await expect(page.getByRole('cell', { name: '1', exact: true })).toHaveCount(1);
//% if has('likes@Video')
  await page.getByRole('button', { name: t('statistics.likes') }).press('Enter');
  const likes = { metric: t('statistics.likes'), total: '1', most: '1' };
  await expect(page.getByRole('img', { name: t('statistics.chartText', likes) })).toBeVisible();
//% endif
  const period = page.getByRole('combobox', { name: t('statistics.period') });
  await period.press('Enter');
  await expectDialog(page, period);
  await period.press('Enter');
  await page.getByRole('option', { name: t('statistics.days_7') }).press('Enter');
  await expect(page).toHaveURL('/studio?days=7');
  await expectAccessible(page);
  await page.getByRole('link', { name: /Under the ice/ }).press('Enter');
  await expect(page).toHaveURL(`/videos/${id}`);
});

test('nobody sees the numbers of somebody else', async ({ people }) => {
  const author = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'Mine alone' });
  await stranger.page.goto('/studio');
  await expect(stranger.page.getByText(t('statistics.empty'))).toBeVisible();
  await expect(stranger.page.getByText('Mine alone')).toBeHidden();
  const top = await (await people.client(stranger)).rpc('studio_top_videos', {}).throwOnError();
  expect(top.data.map((video) => video.id)).not.toContain(id);
  const days = await (await people.client(stranger)).rpc('studio_days', {}).throwOnError();
  expect(days.data.every(({ videos }) => videos === 0)).toBe(true);

  const visitor = await people.open(null);
  await visitor.goto('/studio');
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);
  const nobody = await people.client(null);
  expect((await nobody.rpc('studio_days', {})).error?.code).toBe('42501');
  expect((await nobody.rpc('studio_top_videos', {})).error?.code).toBe('42501');
});
