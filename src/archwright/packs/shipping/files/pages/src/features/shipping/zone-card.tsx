import { PlusIcon, Trash2Icon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { errorMessage } from '@/lib/errors';
import { MethodDialog } from './method-dialog';
import { MethodRow } from './method-row';
import type { Zone } from './shipping-api';
import { useChangeShipping, type Store } from './use-shipping';
import { ZoneCountries } from './zone-countries';

/** Where a store sends on the same terms, and how. */
export function ZoneCard({ store, zone }: { store: Store; zone: Zone }) {
  const { t } = useTranslation();
  const id = useId();
  const [dialog, setDialog] = useState<'method' | 'delete' | null>(null);
  const change = useChangeShipping(store);
  const remove = () =>
    change.mutate(
      { kind: 'delete-zone', id: zone.id },
      {
        onError: (error) => toast.error(errorMessage(error, t)),
        onSettled: () => setDialog(null),
      },
    );
  return (
    <section aria-labelledby={id}>
      <Card>
        <div className="flex items-center justify-between gap-3">
          <h2 id={id} className="min-w-0 text-lg font-bold break-words">
            {zone.name}
          </h2>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('shipping.deleteZone', { zone: zone.name })}
            onClick={() => setDialog('delete')}
          >
            <Trash2Icon aria-hidden="true" />
          </Button>
        </div>
        <ZoneCountries store={store} zone={zone} />
        <ul aria-label={t('shipping.methodsOf', { zone: zone.name })} className="divide-y border-t">
          {zone.methods
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((method) => (
              <li key={method.id}>
                <MethodRow store={store} zoneId={zone.id} method={method} />
              </li>
            ))}
        </ul>
        <Button variant="outline" className="self-start" onClick={() => setDialog('method')}>
          <PlusIcon aria-hidden="true" />
          {t('shipping.addMethod', { zone: zone.name })}
        </Button>
        <MethodDialog
          open={dialog === 'method'}
          onOpenChange={() => setDialog(null)}
          store={store}
          zoneId={zone.id}
          method={null}
        />
        <ConfirmDialog
          open={dialog === 'delete'}
          onOpenChange={() => setDialog(null)}
          title={t('shipping.deleteZoneTitle', { zone: zone.name })}
          text={t('shipping.deleteZoneText')}
          confirmLabel={t('shipping.deleteZoneAction')}
          destructive
          pending={change.isPending}
          onConfirm={remove}
        />
      </Card>
    </section>
  );
}
