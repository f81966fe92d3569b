import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingAnswer, sampleThingQuestion } from '@/test/sample-thing-question';
import { ThingQuestionsSection } from './thing-questions-section';

const { t } = i18n;
const section = <ThingQuestionsSection thingId="a" />;
const posted = (rest: ReturnType<typeof fakeRest>, text: string) =>
  rest.mock.calls.some(([, init]) => typeof init?.body === 'string' && init.body.includes(text));

describe('the questions about a thing', () => {
  it('are shown with their answers, those of sellers marked', async () => {
    fakeRest({
      thing_questions: [sampleThingQuestion()],
      best_thing_answers: [sampleThingAnswer({ from_seller: true })],
    });
    renderPage(section);
    expect(await screen.findByText('Two metres.')).toBeInTheDocument();
    expect(screen.getByText(t('questions.fromSeller'))).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('questions.signIn') })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('questions.answer') })).not.toBeInTheDocument();
  });

  it('say that there are none, or that they cannot be loaded', async () => {
    fakeRest({ thing_questions: [] });
    const { unmount } = renderPage(section);
    expect(await screen.findByText(t('questions.emptyTitle'))).toBeInTheDocument();
    unmount();
    fakeRest({ thing_questions: { message: 'no' } }, 500);
    renderPage(section);
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });

  it('are asked in plain text of some length', async () => {
    const rest = fakeRest({ thing_questions: [] });
    renderPage(section, { userId: 'ann' });
    await userEvent.click(await screen.findByRole('button', { name: t('questions.ask') }));
    const dialog = within(screen.getByRole('dialog'));
    const field = dialog.getByLabelText(t('questions.questionLabel'));
    await userEvent.type(field, '<b>How long?</b>');
    await userEvent.click(dialog.getByRole('button', { name: t('questions.send') }));
    expect(await dialog.findByText(t('questions.plainText'))).toBeInTheDocument();
    expect(posted(rest, 'How long')).toBe(false);
    await userEvent.clear(field);
    await userEvent.type(field, 'How long is it?');
    await userEvent.click(dialog.getByRole('button', { name: t('questions.send') }));
    await waitFor(() => expect(posted(rest, 'How long is it?')).toBe(true));
  });

  it('go while nobody has answered them', async () => {
    const rest = fakeRest({ thing_questions: [sampleThingQuestion({ answer_count: 0 })] });
    const deleted = () => rest.mock.calls.some(([, init]) => init?.method === 'DELETE');
    renderPage(section, { userId: 'ann' });
    const remove = { name: t('questions.deleteQuestion') };
    await userEvent.click(await screen.findByRole('button', remove));
    expect(deleted()).toBe(false);
    await userEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', remove));
    await waitFor(() => expect(deleted()).toBe(true));
  });
});
