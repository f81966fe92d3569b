import { StoreIcon, ThumbsUpIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import type { ThingAnswer } from './thing-questions-api';
import { useDeleteThingAnswer, useVoteForThingAnswer } from './use-thing-questions';

/** One answer: whose, marked where a seller gave it, and how many found it useful. */
export function ThingAnswerItem({ answer }: { answer: ThingAnswer }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article className="flex flex-col gap-1 border-l-2 py-1 pl-4">
      <p className="break-words whitespace-pre-line">{answer.body}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted-foreground">
        <span className="font-semibold">{answer.author.display_name}</span>
        {answer.from_seller && (
          <Badge variant="primary">
            <StoreIcon aria-hidden="true" />
            {t('questions.fromSeller')}
          </Badge>
        )}
        <time dateTime={answer.created_at}>{format.date(answer.created_at)}</time>
        {answer.edited_at !== null && <span>{t('questions.edited')}</span>}
      </p>
      <AnswerActions answer={answer} />
    </article>
  );
}

/** Others vote, guests after signing in; whoever wrote it may take it back. */
function AnswerActions({ answer }: { answer: ThingAnswer }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const { userId } = useSession();
  const { mutate: vote } = useVoteForThingAnswer();
  const { mutate: remove } = useDeleteThingAnswer();
  const [asking, setAsking] = useState(false);
  const useful = answer.viewer_voted === true;
  if (userId === answer.author.id) {
    return (
      <>
        <Button
          variant="ghost"
          size="sm"
          className="-ml-3 min-h-11 self-start"
          onClick={() => setAsking(true)}
        >
          <Trash2Icon aria-hidden="true" />
          {t('questions.deleteAnswer')}
        </Button>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={t('questions.deleteTitle')}
          text={t('questions.deleteText')}
          confirmLabel={t('questions.deleteAnswer')}
          destructive
          onConfirm={() => {
            setAsking(false);
            remove(answer.id);
          }}
        />
      </>
    );
  }
  return (
    <Button
      variant="ghost"
      size="sm"
      className="-ml-3 min-h-11 self-start"
      aria-pressed={useful}
      onClick={() => {
        if (userId === null) void navigate(signInPath(location));
        else vote({ id: answer.id, useful: !useful });
      }}
    >
      <ThumbsUpIcon aria-hidden="true" className={cn(useful && 'fill-current text-link')} />
      <span className="sr-only">{t('questions.usefulLabel', { count: answer.vote_count })}</span>
      <span aria-hidden="true">{t('questions.useful')}</span>
      <span aria-hidden="true" className="text-muted-foreground">
        {answer.vote_count}
      </span>
    </Button>
  );
}
