import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { useBlockDialogStore } from './block-dialog-store';
import { useBlock } from './use-blocks';

/** Asks before a block, wherever it was chosen. */
export function BlockDialog() {
  const { t } = useTranslation();
  const { member, close } = useBlockDialogStore();
  const block = useBlock();
  const handle = member?.handle ?? '';
  return (
    <ConfirmDialog
      open={member !== null}
      onOpenChange={close}
      title={t('blocks.blockTitle', { handle })}
      text={t('blocks.blockText', { handle })}
      confirmLabel={t('blocks.blockConfirm')}
      destructive
      pending={block.isPending}
      onConfirm={() => {
        if (member) block.mutate(member, { onSuccess: close });
      }}
    />
  );
}
