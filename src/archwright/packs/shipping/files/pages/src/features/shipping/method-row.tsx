import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { EllipsisIcon, PencilIcon, Trash2Icon } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { formatMoney } from '@/features/stores/money';
import { errorMessage } from '@/lib/errors';
import { MethodDialog } from './method-dialog';
import type { Method } from './shipping-api';
import { useChangeShipping, type Store } from './use-shipping';

interface MethodRowProps {
  store: Store;
  zoneId: string;
  method: Method;
}

/** One way of sending: what it costs and how long it takes; whether it is offered. */
export function MethodRow({ store, zoneId, method }: MethodRowProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [editing, setEditing] = useState(false);
  const change = useChangeShipping(store);
  const { name, currency, min_days: min, max_days: max } = method;
  const fail = { onError: (error: Error) => toast.error(errorMessage(error, t)) };
  const prices = method.rates
    .toSorted((a, b) => a.at_least - b.at_least)
    .map(({ amount }) => formatMoney(amount, currency, i18n.language));
  const time = min === max ? t('shipping.days', { count: max }) : t('shipping.dayRange', { min, max });
  return (
    <div className="flex items-center justify-between gap-3 py-2">
      <Label htmlFor={id} className="flex min-w-0 flex-1 flex-col items-start gap-0 break-words">
        {name}
        <span className="font-normal text-muted-foreground">
          {[prices.join(' → '), time].join(' · ')}
        </span>
      </Label>
      <Switch
        id={id}
        checked={method.active}
        onCheckedChange={(active) => change.mutate({ kind: 'active', id: method.id, active }, fail)}
      />
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('shipping.methodMenu', { name })}>
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => setEditing(true)}>
          <PencilIcon aria-hidden="true" />
          {t('shipping.edit')}
        </DropdownMenuItem>
        <DropdownMenuItem
          destructive
          onSelect={() => change.mutate({ kind: 'delete-method', id: method.id }, fail)}
        >
          <Trash2Icon aria-hidden="true" />
          {t('shipping.deleteMethod')}
        </DropdownMenuItem>
      </DropdownMenu>
      <MethodDialog
        open={editing}
        onOpenChange={setEditing}
        store={store}
        zoneId={zoneId}
        method={method}
      />
    </div>
  );
}
