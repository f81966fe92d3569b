import { expect, expectAccessible, t, test } from './fixtures';
import { publishThing } from './support/clips';

test('nobody sees or changes what others saved, or saves what they cannot see', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Pears' });
  const hidden = await publishThing(people, author, { caption: 'Figs', visibility: 'private' });
  const own = await people.client(fan);
  const made = await own.from('thing_collections').insert({ name: 'Fruit' }).select().single();
  const collection_id = made.data?.id ?? '';
  await own.from('thing_bookmarks').insert({ thing_id: id, collection_id }).throwOnError();
  expect((await own.from('thing_bookmarks').insert({ thing_id: hidden.id })).error?.code).toBe(
    '42501',
  );

  const visitor = await people.open(null);
  await visitor.goto(`/things/${id}`);
  const save = t('bookmarks.save', { count: 1 });
  await visitor.getByRole('button', { name: save, pressed: false }).press('Enter');
  await expect(visitor).toHaveURL(`/sign-in?next=${encodeURIComponent(`/things/${id}`)}`);
  await visitor.goto(`/saved/${collection_id}`);
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);
  await stranger.page.goto(`/saved/${collection_id}`);
  await expect(stranger.page.getByText(t('bookmarks.goneTitle'))).toBeVisible();
  await expect(stranger.page.getByRole('button', { name: t('bookmarks.menu') })).toBeHidden();
  await expectAccessible(stranger.page);

  for (const who of [stranger, author, 'mara']) {
    const client = await people.client(who);
    const bookmarks = () => client.from('thing_bookmarks');
    const collections = () => client.from('thing_collections');
    expect((await bookmarks().select().eq('user_id', fan.id)).data).toEqual([]);
    expect((await collections().select().eq('id', collection_id)).data).toEqual([]);
    const renamed = collections().update({ name: 'Mine' }).eq('id', collection_id);
    expect((await renamed.select()).data).toEqual([]);
    expect((await collections().delete().eq('id', collection_id).select()).data).toEqual([]);
    expect((await bookmarks().delete().eq('user_id', fan.id).select()).data).toEqual([]);
    const foreign = await bookmarks().insert({ thing_id: id, collection_id });
    expect(foreign.error?.code).toBe('42501');
    const forged = await bookmarks().insert({ thing_id: id, user_id: fan.id });
    expect(forged.error?.code).toBe('42501');
  }
  const guest = await people.client(null);
  expect((await guest.from('thing_bookmarks').insert({ thing_id: id })).error?.code).toBe('42501');
  expect((await own.from('thing_bookmarks').select('collection_id')).data).toEqual([
    { collection_id },
  ]);

  const maker = await people.client(author);
  await maker.from('things').update({ visibility: 'private' }).eq('id', id).throwOnError();
  await fan.page.goto(`/saved/${collection_id}`);
  await expect(fan.page.getByText(t('bookmarks.collectionEmptyTitle'))).toBeVisible();
});
