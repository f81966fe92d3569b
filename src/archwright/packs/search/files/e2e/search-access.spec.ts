//% if has('search@Video') or (has('search@Profile') and has('blocks'))
import { expect, t, test } from './fixtures';
//% else
import { expect, test } from './fixtures';
//% endif
//% if has('search@Video')
import { publishVideo } from './support/clips';
//% endif

test('what the search is made of is for nobody to call', async ({ world }) => {
  for (const name of ['plain_text', 'search_name', 'search_document', 'search_words']) {
    const address = `${world.api}/rest/v1/rpc/${name}`;
    const { status } = await fetch(address, { method: 'POST', headers: { apikey: world.key } });
    expect(status).toBe(404);
  }
});

//% if targets
test('what the search reads is for nobody to write', async ({ people }) => {
  for (const who of [await people.newcomer(), null]) {
    const client = await people.client(who);
    //% for t in targets
    {
      const table = () => client.from('/*= t.table =*/');
      const named = await table().update({ search_name: 'all' }).neq('search_name', '');
      expect(named.error?.code).toBe('42501');
      const read = await table().update({ search_document: '' }).neq('search_name', '');
      expect(read.error?.code).toBe('42501');
    }
    //% endfor
  }
});
//% endif
//% if has('search@Video')

test('what is not for others is found by whose it is only', async ({ people }) => {
  const author = await people.newcomer();
  const closed = await people.newcomer();
  const stranger = await people.newcomer();
  const word = author.handle.slice(4);
  const shown = await publishVideo(people, author, { caption: `${word} for all` });
  const caption = `${word} for me #tag_${word}`;
  const hidden = await publishVideo(people, author, { caption, visibility: 'private' });
  await publishVideo(people, closed, { caption: `${word} for friends` });
  const own = await people.client(closed);
  await own.from('profiles').update({ is_private: true }).eq('id', closed.id).throwOnError();

  for (const who of [stranger, null]) {
    const page = await people.open(who);
    await page.goto(`/search?tab=videos&q=${word}`);
    const results = page.getByRole('list', { name: t('search.results') }).getByRole('link');
    await expect(results.filter({ hasText: `${word} for all` })).toBeVisible();
    await expect(results).toHaveCount(1);
    const client = await people.client(who);
    const found = await client.rpc('search_videos', { p_query: word }).throwOnError();
    expect(found.data.map(({ id }) => id)).toEqual([shown.id]);
    //% if has('search@Hashtag')
    await page.goto(`/search?tab=hashtags&q=tag_${word}`);
    await expect(page.getByText(t('search.nothing'))).toBeVisible();
    expect((await client.rpc('search_hashtags', { p_query: `tag_${word}` })).data).toEqual([]);
    //% endif
  }
  const { page } = author;
  await page.goto(`/search?tab=videos&q=${word}`);
  const results = page.getByRole('list', { name: t('search.results') });
  await expect(results.getByRole('link', { name: `${word} for me` })).toBeVisible();
  await expect(results.getByRole('link', { name: `${word} for friends` })).toBeHidden();
  const mine = await people.client(author);
  const found = await mine.rpc('search_videos', { p_query: word }).throwOnError();
  expect(found.data.map(({ id }) => id).toSorted()).toEqual([shown.id, hidden.id].toSorted());
});
//% endif
//% if has('search@Profile') and has('blocks')

test('neither side of a block finds the other', async ({ people }) => {
  const ann = await people.newcomer();
  const word = ann.handle.slice(4);
  const ben = await people.newcomer({ handle: `ben_${word}` });
  const cay = await people.newcomer({ handle: `cay_${word}` });
  const client = await people.client(ann);
  await client.from('blocks').insert({ blocked_id: ben.id }).throwOnError();
  for (const [who, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    const { page } = who;
    await page.goto(`/search?tab=people&q=${word}`);
    const results = page.getByRole('list', { name: t('search.results') }).getByRole('link');
    await expect(results.filter({ hasText: `@${cay.handle}` })).toBeVisible();
    await expect(results.filter({ hasText: `@${who.handle}` })).toBeVisible();
    await expect(results.filter({ hasText: `@${other.handle}` })).toBeHidden();
    const { data } = await (await people.client(who)).rpc('search_profiles', { p_query: word });
    const found = data?.map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining([who.id, cay.id]));
    expect(found).not.toContain(other.id);
  }
});
//% endif
