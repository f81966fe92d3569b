import { useTranslation } from 'react-i18next';
import { useAvailability } from './use-availability';

/** Whether the chosen variant is there, and when there are few, how many. */
export function StockNote({ variant }: { variant: { id: string } | null }) {
  const { t } = useTranslation();
  const { data } = useAvailability(variant?.id ?? null);
  if (variant === null || !data) return null;
  const { in_stock: inStock, left_count: left } = data;
  if (!inStock) return <p className="font-semibold text-destructive">{t('inventory.outOfStock')}</p>;
  return (
    <p className="font-semibold text-success">
      {left === null ? t('inventory.inStock') : t('inventory.onlyLeft', { count: left })}
    </p>
  );
}
