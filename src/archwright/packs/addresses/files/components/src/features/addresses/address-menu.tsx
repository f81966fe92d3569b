import { EllipsisIcon, PencilIcon, ReceiptTextIcon, Trash2Icon, TruckIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { AddressDialog } from './address-dialog';
import type { Address } from './addresses-api';
import { useDefaultAddress, useDeleteAddress } from './use-addresses';

/** What one can do with an address of one's own. */
export function AddressMenu({ address }: { address: Address }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const choose = useDefaultAddress();
  const remove = useDeleteAddress();
  const close = () => setDialog(null);
  const prefer = (wanted: 'default_shipping' | 'default_billing') =>
    choose.mutate({
      id: address.id,
      default_shipping: wanted === 'default_shipping',
      default_billing: wanted === 'default_billing',
    });
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('addresses.menu', { name: address.name })}>
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => setDialog('edit')}>
          <PencilIcon aria-hidden="true" />
          {t('addresses.edit')}
        </DropdownMenuItem>
        {!address.default_shipping && (
          <DropdownMenuItem onSelect={() => prefer('default_shipping')}>
            <TruckIcon aria-hidden="true" />
            {t('addresses.makeShipping')}
          </DropdownMenuItem>
        )}
        {!address.default_billing && (
          <DropdownMenuItem onSelect={() => prefer('default_billing')}>
            <ReceiptTextIcon aria-hidden="true" />
            {t('addresses.makeBilling')}
          </DropdownMenuItem>
        )}
        <DropdownMenuItem destructive onSelect={() => setDialog('delete')}>
          <Trash2Icon aria-hidden="true" />
          {t('addresses.delete')}
        </DropdownMenuItem>
      </DropdownMenu>
      <AddressDialog open={dialog === 'edit'} onOpenChange={close} address={address} />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        title={t('addresses.deleteTitle')}
        text={t('addresses.deleteText')}
        confirmLabel={t('addresses.deleteAction')}
        destructive
        onConfirm={() => {
          close();
          remove.mutate(address.id);
        }}
      />
    </>
  );
}
