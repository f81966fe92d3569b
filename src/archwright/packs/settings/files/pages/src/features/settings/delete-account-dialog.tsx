import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { useSession } from '@/lib/session';
import { deleteAccount } from './settings-api';

interface DeleteAccountDialogProps {
  handle: string;
  onClose: () => void;
}

/** Deletes the account of whoever types their handle. */
export function DeleteAccountDialog({ handle, onClose }: DeleteAccountDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const { signOut } = useSession();
  const [typed, setTyped] = useState('');
  const confirmed = typed.trim().replace(/^@/, '').toLowerCase() === handle;
  const end = useMutation({
    mutationFn: deleteAccount,
    onSuccess: async () => {
      await navigate('/', { replace: true });
      await signOut();
      toast.success(t('settings.deleted'));
    },
  });
  const footer = (
    <>
      <Button variant="ghost" onClick={onClose}>
        {t('app.cancel')}
      </Button>
      <Button
        variant="destructive"
        disabled={!confirmed}
        pending={end.isPending}
        onClick={() => end.mutate()}
      >
        {t('settings.deleteAction')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('settings.deleteTitle')}
      description={t('settings.deleteText')}
      footer={footer}
    >
      <div className="flex flex-col gap-3">
        <Label htmlFor={id}>{t('settings.deleteConfirm', { handle })}</Label>
        <Input
          id={id}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <FormError error={end.error} />
      </div>
    </Dialog>
  );
}
