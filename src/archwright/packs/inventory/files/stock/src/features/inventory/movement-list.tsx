import { ScrollTextIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Badge } from '@/components/ui/badge';
import { useFormat } from '@/lib/format';
import { variantName } from './stock-list';
import { useMovements } from './use-stock';

/** The ledger: what came and went, when, why and by whom. */
export function MovementList({ storeId }: { storeId: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const movements = useMovements(storeId);
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'always' });
  return (
    <InfiniteList
      query={movements}
      label={t('inventory.movements')}
      empty={{ icon: ScrollTextIcon, title: t('inventory.noMovements') }}
      getKey={(movement) => movement.id}
      className="divide-y"
    >
      {(movement) => (
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
          <span className="w-16 text-right font-bold tabular-nums">
            {signed.format(movement.quantity)}
          </span>
          <span className="min-w-0 flex-1 basis-40 break-words">
            {variantName(movement.variant)}
            <span className="block text-sm text-muted-foreground">
              {[movement.place.name, movement.reason, movement.actor?.display_name]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <Badge>{t(`inventory.kinds.${movement.kind}`)}</Badge>
          <time dateTime={movement.created_at} className="text-sm text-muted-foreground">
            {format.dateTime(movement.created_at)}
          </time>
        </div>
      )}
    </InfiniteList>
  );
}
