import { useTranslation } from 'react-i18next';
import { formatMoney } from '@/features/stores/money';
import { priceChange } from './cart-lines';
import type { CartLine } from './carts-api';

/** What one should know of a line before buying it: its price has changed, there are few, or none. */
export function CartNotice({ line }: { line: CartLine }) {
  const { t, i18n } = useTranslation();
  const change = priceChange(line);
  const money = (amount: number | null) =>
    formatMoney(amount ?? 0, line.currency ?? '', i18n.language);
  if (line.amount === null) {
    return <p className="text-sm font-medium text-destructive">{t('carts.gone')}</p>;
  }
  return (
    <>
      {change !== null && (
        <p className="text-sm font-medium">
          {t(change === 'up' ? 'carts.wentUp' : 'carts.wentDown', {
            amount: money(line.amount),
            before: money(line.seen_amount),
          })}
        </p>
      )}
      {line.in_stock && line.left_count !== null && (
        <p
          className={
            line.left_count < line.quantity
              ? 'text-sm font-medium text-destructive'
              : 'text-sm text-muted-foreground'
          }
        >
          {t('carts.onlyLeft', { count: line.left_count })}
        </p>
      )}
      {!line.in_stock && (
        <p className="text-sm font-medium text-destructive">{t('carts.outOfStock')}</p>
      )}
    </>
  );
}
