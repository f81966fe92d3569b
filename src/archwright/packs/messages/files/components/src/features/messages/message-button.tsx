import { MessageCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { useCanMessage, useOpenConversation } from './use-conversations';

/** Begins or continues the conversation with a member; not there where that is not allowed. */
export function MessageButton({ profile }: { profile: { id: string } }) {
  const { t } = useTranslation();
  const { data: allowed = false } = useCanMessage(profile.id);
  const open = useOpenConversation();
  if (!allowed) return null;
  return (
    <Button variant="secondary" pending={open.isPending} onClick={() => open.mutate(profile.id)}>
      <MessageCircleIcon aria-hidden="true" />
      {t('messages.message')}
    </Button>
  );
}
