import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { offerAskedThing } from './support/asked-things';

const section = (page: Page) => page.getByRole('region', { name: t('questions.title') });
const question = (page: Page, text: string) =>
  section(page)
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: text }) });

test('a person asks, the seller answers, and others find that useful', async ({ people }) => {
  const { id, seller } = await offerAskedThing(people, 'Desk lamp');
  const ann = await people.newcomer();
  const { page } = ann;
  await page.goto(`/p/${id}`);
  await expect(section(page).getByText(t('questions.emptyTitle'))).toBeVisible();
  const ask = section(page).getByRole('button', { name: t('questions.ask') });
  await ask.press('Enter');
  await expectDialog(page, ask);
  await ask.press('Enter');
  await page.getByLabel(t('questions.questionLabel')).fill('Is the cable long?');
  await page.getByRole('button', { name: t('questions.send') }).press('Enter');
  await expect(question(page, 'Is the cable long?')).toContainText(t('questions.unanswered'));

  await seller.page.goto(`/p/${id}`);
  const answer = question(seller.page, 'Is the cable long?').getByRole('button', {
    name: t('questions.answer'),
  });
  await answer.press('Enter');
  await expectDialog(seller.page, answer);
  await answer.press('Enter');
  await seller.page.getByLabel(t('questions.answerLabel')).fill('Two metres.');
  await seller.page.getByRole('button', { name: t('questions.sendAnswer') }).press('Enter');
  await expect(question(seller.page, 'Is the cable long?')).toContainText('Two metres.');
  await expect(section(seller.page).getByText(t('questions.fromSeller'))).toBeVisible();

  await page.reload();
  const useful = (count: number, pressed: boolean) =>
    section(page).getByRole('button', { name: t('questions.usefulLabel', { count }), pressed });
  await useful(0, false).press('Enter');
  await expect(useful(1, true)).toBeVisible();
  const remove = section(page).getByRole('button', { name: t('questions.deleteQuestion') });
  await expect(remove).toBeHidden();
  await expectAccessible(page);
  const client = await people.client(ann);
  const votes = () => client.from('thing_answers').select('vote_count, from_seller');
  const of = () => votes().eq('author_id', seller.id);
  await expect.poll(async () => (await of()).data).toEqual([{ vote_count: 1, from_seller: true }]);
});

test('nobody answers as the seller, or takes back what others wrote', async ({ people }) => {
  const { id } = await offerAskedThing(people, 'Kettle');
  const ann = await people.newcomer();
  const own = await people.client(ann);
  const asked = own.from('thing_questions').insert({ thing_id: id, body: 'Is it loud?' });
  const { data: written } = await asked.select('id').single().throwOnError();
  const stranger = await people.newcomer();
  await stranger.page.goto(`/p/${id}`);
  const shown = question(stranger.page, 'Is it loud?');
  await expect(shown.getByRole('button', { name: t('questions.answer') })).toBeVisible();
  await expect(shown.getByRole('button', { name: t('questions.deleteQuestion') })).toBeHidden();
  const client = await people.client(stranger);
  const questions = () => client.from('thing_questions');
  expect((await questions().delete().eq('id', written.id).select()).data).toEqual([]);
  const forged = { question_id: written.id, body: 'No', from_seller: true };
  expect((await client.from('thing_answers').insert(forged)).error?.code).toBe('42501');
  const said = { p_question_id: written.id, p_body: 'Not at all.' };
  await client.rpc('answer_thing_question', said).throwOnError();
  const marked = client.from('thing_answers').select('id, from_seller').eq('author_id', stranger.id);
  const { data: answer } = await marked.single().throwOnError();
  expect(answer.from_seller).toBe(false);
  const self = await client.from('thing_answer_votes').insert({ answer_id: answer.id });
  expect(self.error?.code).toBe('42501');
  const kept = await own.from('thing_questions').delete().eq('id', written.id).select();
  expect(kept.data).toEqual([]);

  const visitor = await people.open(null);
  await visitor.goto(`/p/${id}`);
  await expect(section(visitor).getByRole('link', { name: t('questions.signIn') })).toBeVisible();
  const guest = await people.client(null);
  const unsigned = await guest.from('thing_questions').insert({ thing_id: id, body: 'Hello?' });
  expect(unsigned.error?.code).toBe('42501');
});
