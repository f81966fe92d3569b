import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { MethodForm } from './method-form';
import type { Method } from './shipping-api';
import { useChangeShipping, type Store } from './use-shipping';

interface MethodDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  store: Store;
  zoneId: string;
  /** The one to change; null for a new one. */
  method: Method | null;
}

export function MethodDialog({ open, onOpenChange, store, zoneId, method }: MethodDialogProps) {
  const { t } = useTranslation();
  const form = useId();
  const change = useChangeShipping(store);
  const show = (next: boolean) => {
    change.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      title={t(method ? 'shipping.editMethod' : 'shipping.newMethod')}
      footer={
        <Button type="submit" form={form} pending={change.isPending}>
          {t('shipping.saveMethod')}
        </Button>
      }
    >
      <MethodForm
        id={form}
        currency={store.currency}
        method={method}
        error={change.error}
        onSave={(input) =>
          change.mutate(
            { kind: 'method', id: method?.id ?? null, zoneId, input },
            { onSuccess: () => show(false) },
          )
        }
      />
    </Dialog>
  );
}
