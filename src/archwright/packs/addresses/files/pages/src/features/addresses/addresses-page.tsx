import { MapPinIcon, MapPinPlusIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { AddressDialog } from './address-dialog';
import { AddressMenu } from './address-menu';
import { AddressText } from './address-text';
import type { Address } from './addresses-api';
import { useAddresses } from './use-addresses';

function AddressCard({ address }: { address: Address }) {
  const { t } = useTranslation();
  return (
    <Card className="h-full gap-3">
      <div className="flex items-start justify-between gap-2">
        <AddressText address={address} />
        <AddressMenu address={address} />
      </div>
      {(address.default_shipping || address.default_billing) && (
        <p className="mt-auto flex flex-wrap gap-2">
          {address.default_shipping && <Badge>{t('addresses.shipping')}</Badge>}
          {address.default_billing && <Badge>{t('addresses.billing')}</Badge>}
        </p>
      )}
    </Card>
  );
}

/** The addresses of a member, for every checkout to come. */
export function Component() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const addresses = useAddresses();
  return (
    <Page
      title={t('addresses.title')}
      text={t('addresses.text')}
      actions={
        <Button onClick={() => setAdding(true)}>
          <MapPinPlusIcon aria-hidden="true" />
          {t('addresses.add')}
        </Button>
      }
    >
      <QueryState
        query={addresses}
        empty={{
          icon: MapPinIcon,
          title: t('addresses.emptyTitle'),
          text: t('addresses.emptyText'),
        }}
      >
        {(rows) => (
          <ul aria-label={t('addresses.list')} className="grid gap-4 sm:grid-cols-2">
            {rows.map((address) => (
              <li key={address.id}>
                <AddressCard address={address} />
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      <AddressDialog open={adding} onOpenChange={setAdding} address={null} />
    </Page>
  );
}
