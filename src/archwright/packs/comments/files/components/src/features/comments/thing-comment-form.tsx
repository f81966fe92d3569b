import { SendHorizontalIcon, XIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Button } from '@/components/ui/button';
import { Textarea } from '@/components/ui/textarea';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import type { StandingThingComment } from './standing-thing-comment';
import { useAddThingComment } from './use-add-thing-comment';

const LIMIT = 500;

interface ThingCommentFormProps {
  thingId: string;
  /** The comment that is answered; give the form its id as `key`. */
  replyTo: StandingThingComment | null;
  /** The reply is sent or given up. */
  onDone: () => void;
}

/** Writes a comment or a reply. Guests are asked to sign in. */
export function ThingCommentForm(props: ThingCommentFormProps) {
  const { t } = useTranslation();
  const { status } = useSession();
  const location = useLocation();
  if (status === 'signed-in') return <Writer {...props} />;
  if (status === 'loading') return null;
  return (
    <Button asChild variant="secondary" className="w-full">
      <Link to={signInPath(location)}>{t('comments.signIn')}</Link>
    </Button>
  );
}

/** An answer to a reply joins its thread, and says by name whom it answers. */
function opening(replyTo: StandingThingComment | null): string {
  return replyTo?.parent_id ? `@${replyTo.author.handle} ` : '';
}

function Writer({ thingId, replyTo, onDone }: ThingCommentFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState(() => opening(replyTo));
  const { mutate: add } = useAddThingComment();
  const text = body.trim();

  useEffect(() => {
    if (replyTo) field.current?.focus();
  }, [replyTo]);

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (text === '') return;
    setBody('');
    add(
      { thing_id: thingId, parent_id: replyTo?.parent_id ?? replyTo?.id ?? null, body: text },
      // what was refused comes back, unless one has written on
      { onSuccess: onDone, onError: () => setBody((written) => written || text) },
    );
  };

  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-1">
      {replyTo && (
        <p className="flex items-center justify-between text-sm text-muted-foreground">
          {t('comments.replyTo', { handle: replyTo.author.handle })}
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('comments.cancelReply', { handle: replyTo.author.handle })}
            onClick={onDone}
          >
            <XIcon aria-hidden="true" />
          </Button>
        </p>
      )}
      <div className="flex items-end gap-2">
        <Textarea
          ref={field}
          value={body}
          rows={1}
          maxLength={LIMIT}
          aria-label={t('comments.writeLabel')}
          aria-describedby={id}
          placeholder={t('comments.write')}
          className="max-h-32 min-h-11"
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        <Button type="submit" size="icon" disabled={text === ''} aria-label={t('comments.send')}>
          <SendHorizontalIcon aria-hidden="true" />
        </Button>
      </div>
      <p id={id} className={body === '' ? 'sr-only' : 'text-right text-xs text-muted-foreground'}>
        {t('comments.left', { count: LIMIT - body.length })}
      </p>
    </form>
  );
}
