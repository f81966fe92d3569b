import { expect, test } from './fixtures';
/*% if has('videos.upload') and has('comments@Video') and has('likes@Video') and has('follows') and has('messages') and has('notifications') and has('blocks') and has('reports@Video') %*/
import { attemptsOf, belongingsOf, stateOf, statusOf, type Client } from './support/attempts';
/*% else %*/
import { statusOf } from './support/attempts';
/*% endif %*/
/*% if has('videos.upload') and has('comments@Video') and has('likes@Video') and has('follows') and has('messages') and has('notifications') and has('blocks') and has('reports@Video') %*/

/** How the way to a private topic ends: it is heard, or it is an error. */
async function join(client: Client, topic: string): Promise<string> {
  await client.realtime.setAuth();
  const channel = client.channel(topic, { config: { private: true } });
  const state = await new Promise<string>((settle) => {
    channel.subscribe(settle);
  });
  await client.removeChannel(channel);
  return state;
}

const PERSONAS = ['a visitor', 'a newcomer', 'a member', 'a blocked member', 'a moderator'] as const;

for (const persona of PERSONAS) {
  test(`by the API, ${persona} changes and sees nothing of others that is not for them`, async ({
    people,
  }) => {
    const its = await belongingsOf(people, await people.newcomer());
    const own = await people.client(its.owner);
    const other = await people.newcomer();
    const who = {
      'a visitor': null,
      'a newcomer': other,
      'a member': 'lena',
      'a blocked member': other,
      'a moderator': 'teo.bakes',
    }[persona];
    if (persona === 'a blocked member') {
      await own.from('blocks').insert({ blocked_id: other.id }).throwOnError();
    }
    const before = await stateOf(own, its);
    const client = await people.client(who);
    const open: string[] = [];
    for (const attempt of attemptsOf(client, its)) {
      const { error, data } = await attempt();
      const nothing = Array.isArray(data) && data.length === 0;
      if (error === null && !nothing) open.push(attempt.toString());
    }
    expect(open, 'what was not refused').toEqual([]);
    const moderates = await client.rpc('moderation_queue', {});
    const staff = persona === 'a moderator';
    if (!staff) expect(moderates.data ?? []).toEqual([]);
    for (const topic of [`person:${its.owner.id}`, `conversations:${its.conversation}`]) {
      expect(await join(client, topic), topic).toBe('CHANNEL_ERROR');
    }
    expect(await join(client, `videos:${its.secret.id}`)).toBe('CHANNEL_ERROR');

    expect(await stateOf(own, its)).toEqual(before);
    expect((await own.storage.from('videos').download(its.video.path)).error).toBeNull();
    expect(await join(own, `person:${its.owner.id}`)).toBe('SUBSCRIBED');
    await its.owner.page.goto(`/videos/${its.video.id}`);
    await expect(its.owner.page.getByRole('heading', { level: 1 })).toHaveText('Mine');
    await expect(its.owner.page.getByText('First')).toBeVisible();
  });
}
/*% endif %*/

test('what belongs to the service is not in the API of anybody', async ({ people, world }) => {
  const member = await people.newcomer();
  const client = await people.client(member);
  expect(await statusOf(world, client, '/rest/v1/profiles?limit=1')).toBe(200);
  for (const schema of ['auth', 'private', 'storage', 'realtime']) {
    const headers = { 'accept-profile': schema };
    expect(await statusOf(world, client, '/rest/v1/users', headers), schema).toBe(406);
  }
  for (const path of ['users', `users/${member.id}`]) {
    expect(await statusOf(world, client, `/auth/v1/admin/${path}`), path).toBe(403);
  }
});
