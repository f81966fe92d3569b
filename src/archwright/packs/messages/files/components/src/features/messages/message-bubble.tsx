import { Trash2Icon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';

interface MessageBubbleProps {
  body: string;
  time: string;
  /** Who wrote it; null for the reader. */
  author: string | null;
  onDelete?: (() => void) | undefined;
  /** What became of it: seen, being sent, not sent. */
  children?: ReactNode;
}

export function MessageBubble({ body, time, author, onDelete, children }: MessageBubbleProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = author === null;
  return (
    <li className={cn('group/message flex flex-col gap-1', own ? 'items-end' : 'items-start')}>
      <div className="flex max-w-[85%] items-center gap-1">
        {onDelete && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('messages.delete')}
            onClick={onDelete}
            className="opacity-0 group-hover/message:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
          >
            <Trash2Icon aria-hidden="true" className="text-muted-foreground" />
          </Button>
        )}
        <p
          className={cn(
            'rounded-2xl px-4 py-2.5 wrap-anywhere whitespace-pre-line',
            own ? 'bg-primary text-primary-foreground' : 'bg-secondary text-secondary-foreground',
          )}
        >
          <span className="sr-only">
            {own ? t('messages.byYou') : t('messages.by', { name: author })}
          </span>
          {body}
        </p>
      </div>
      <div className="flex items-center gap-2 px-1 text-xs text-muted-foreground">
        <time dateTime={time} title={format.dateTime(time)}>
          {format.relative(time)}
        </time>
        {children}
      </div>
    </li>
  );
}
