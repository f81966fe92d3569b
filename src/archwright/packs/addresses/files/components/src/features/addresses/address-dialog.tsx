import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { AddressForm } from './address-form';
import type { Address } from './addresses-api';
import { useSaveAddress } from './use-addresses';

interface AddressDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one to change; null for a new one. */
  address: Address | null;
}

export function AddressDialog({ open, onOpenChange, address }: AddressDialogProps) {
  const { t } = useTranslation();
  const form = useId();
  const save = useSaveAddress();
  const change = (next: boolean) => {
    save.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t(address ? 'addresses.editTitle' : 'addresses.addTitle')}
      footer={
        <Button type="submit" form={form} pending={save.isPending}>
          {t('addresses.save')}
        </Button>
      }
    >
      <AddressForm
        id={form}
        address={address}
        save={save}
        onSaved={() => {
          change(false);
          toast.success(t('addresses.saved'));
        }}
      />
    </Dialog>
  );
}
