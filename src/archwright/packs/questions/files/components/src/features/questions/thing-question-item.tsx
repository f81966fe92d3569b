import { Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { InfiniteList } from '@/components/infinite-list';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/lib/format';
import { useSession } from '@/lib/session';
import { ThingAnswerItem } from './thing-answer-item';
import type { ThingQuestion } from './thing-questions-api';
import { ThingTextDialog } from './thing-text-dialog';
import {
  useAnswerThingQuestion,
  useDeleteThingQuestion,
  useThingAnswers,
} from './use-thing-questions';

/** One question with its best answers; members answer it here. */
export function ThingQuestionItem({ question }: { question: ThingQuestion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { userId } = useSession();
  const answered = question.answer_count > 0;
  const answers = useThingAnswers(question.id, answered);
  return (
    <article className="flex flex-col gap-3 border-b py-5">
      <div>
        <h3 className="font-bold break-words">{question.body}</h3>
        <p className="flex flex-wrap gap-x-2 text-sm text-muted-foreground">
          <span>{question.author?.display_name ?? t('questions.somebody')}</span>
          <time dateTime={question.created_at}>{format.date(question.created_at)}</time>
        </p>
      </div>
      {answered ? (
        <InfiniteList
          query={answers}
          label={t('questions.answers')}
          empty={{ title: t('questions.unanswered') }}
          getKey={(answer) => answer.id}
          className="gap-3"
        >
          {(answer) => <ThingAnswerItem answer={answer} />}
        </InfiniteList>
      ) : (
        <p className="text-sm text-muted-foreground">{t('questions.unanswered')}</p>
      )}
      {userId !== null && <QuestionActions question={question} own={question.author?.id === userId} />}
    </article>
  );
}

function QuestionActions({ question, own }: { question: ThingQuestion; own: boolean }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'answer' | 'delete' | null>(null);
  const answer = useAnswerThingQuestion(question.id);
  const { mutate: remove } = useDeleteThingQuestion();
  const close = () => {
    answer.reset();
    setDialog(null);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="outline" size="sm" className="min-h-11" onClick={() => setDialog('answer')}>
        {t('questions.answer')}
      </Button>
      {own && question.answer_count === 0 && (
        <Button variant="ghost" size="sm" className="min-h-11" onClick={() => setDialog('delete')}>
          <Trash2Icon aria-hidden="true" />
          {t('questions.deleteQuestion')}
        </Button>
      )}
      <ThingTextDialog
        open={dialog === 'answer'}
        onOpenChange={close}
        title={t('questions.answerTitle')}
        description={question.body}
        label={t('questions.answerLabel')}
        sendLabel={t('questions.sendAnswer')}
        least={1}
        most={2000}
        pending={answer.isPending}
        error={answer.error}
        onSend={(body) =>
          answer.mutate(body, {
            onSuccess: () => {
              close();
              toast.success(t('questions.answerSaved'));
            },
          })
        }
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        title={t('questions.deleteTitle')}
        text={t('questions.deleteText')}
        confirmLabel={t('questions.deleteQuestion')}
        destructive
        onConfirm={() => {
          close();
          remove(question.id);
        }}
      />
    </div>
  );
}
