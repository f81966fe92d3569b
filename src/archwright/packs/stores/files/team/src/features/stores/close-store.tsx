import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import type { Store } from './stores-api';
import { useChangeStoreStatus } from './use-stores';

/** Owners close their store and open it again; a suspended one waits for the administrators. */
export function CloseStore({ store }: { store: Store }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const change = useChangeStoreStatus();
  const closed = store.status === 'closed';
  if (store.status === 'suspended') return null;
  return (
    <>
      <Button
        variant={closed ? 'primary' : 'destructive'}
        className="self-start"
        onClick={() => setAsked(true)}
      >
        {t(closed ? 'stores.reopen' : 'stores.close')}
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={t(closed ? 'stores.reopenTitle' : 'stores.closeTitle')}
        text={t(closed ? 'stores.reopenText' : 'stores.closeText')}
        confirmLabel={t(closed ? 'stores.reopen' : 'stores.close')}
        destructive={!closed}
        pending={change.isPending}
        onConfirm={() => {
          setAsked(false);
          change.mutate({ id: store.id, status: closed ? 'active' : 'closed' });
        }}
      />
    </>
  );
}
