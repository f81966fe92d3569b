import { MessageCircleQuestionMarkIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { toast } from 'sonner';
import { InfiniteList } from '@/components/infinite-list';
import { Button } from '@/components/ui/button';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { ThingQuestionItem } from './thing-question-item';
import { ThingTextDialog } from './thing-text-dialog';
import { useAskAboutThing, useThingQuestions } from './use-thing-questions';

/** What people want to know about a thing, below it on its page. */
export function ThingQuestionsSection({ thingId }: { thingId: string }) {
  const { t } = useTranslation();
  const id = useId();
  const questions = useThingQuestions(thingId);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={id} className="text-xl font-bold">
          {t('questions.title')}
        </h2>
        <AskButton thingId={thingId} />
      </div>
      <InfiniteList
        query={questions}
        label={t('questions.list')}
        empty={{
          icon: MessageCircleQuestionMarkIcon,
          title: t('questions.emptyTitle'),
          text: t('questions.emptyText'),
        }}
        getKey={(question) => question.id}
      >
        {(question) => <ThingQuestionItem question={question} />}
      </InfiniteList>
    </section>
  );
}

function AskButton({ thingId }: { thingId: string }) {
  const { t } = useTranslation();
  const location = useLocation();
  const { status } = useSession();
  const [open, setOpen] = useState(false);
  const ask = useAskAboutThing(thingId);
  const change = (next: boolean) => {
    ask.reset();
    setOpen(next);
  };
  if (status !== 'signed-in') {
    return (
      <Button asChild variant="secondary">
        <Link to={signInPath(location)}>{t('questions.signIn')}</Link>
      </Button>
    );
  }
  return (
    <>
      <Button variant="secondary" onClick={() => change(true)}>
        {t('questions.ask')}
      </Button>
      <ThingTextDialog
        open={open}
        onOpenChange={change}
        title={t('questions.ask')}
        description={t('questions.askText')}
        label={t('questions.questionLabel')}
        sendLabel={t('questions.send')}
        least={5}
        most={500}
        pending={ask.isPending}
        error={ask.error}
        onSend={(body) =>
          ask.mutate(body, {
            onSuccess: () => {
              change(false);
              toast.success(t('questions.sent'));
            },
          })
        }
      />
    </>
  );
}
