import { SendHorizontalIcon } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Textarea } from '@/components/ui/textarea';

const MAX_LENGTH = 2000;

/** Enter sends, with shift it begins a new line. */
export function Composer({
  onSend,
  onType,
}: {
  onSend: (body: string) => void;
  onType?: () => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState('');
  const body = draft.trim();
  const send = () => {
    if (body === '') return;
    onSend(body);
    setDraft('');
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex items-end gap-2 border-t bg-background p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label={t('messages.write')}
        placeholder={t('messages.write')}
        rows={1}
        maxLength={MAX_LENGTH}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          onType?.();
        }}
        onKeyDown={sendOnEnter}
        className="field-sizing-content max-h-40 min-h-11"
      />
      <Button type="submit" size="icon" aria-label={t('messages.send')} disabled={body === ''}>
        <SendHorizontalIcon aria-hidden="true" />
      </Button>
    </form>
  );
}
