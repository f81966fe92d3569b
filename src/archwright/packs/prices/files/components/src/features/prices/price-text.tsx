import { useTranslation } from 'react-i18next';
import { formatMoney } from '@/features/stores/money';
import { cn } from '@/lib/cn';

interface PriceTextProps {
  amount: number;
  compareAt: number | null;
  currency: string;
  /** The lowest of several. */
  from?: boolean;
  className?: string;
}

/** A price, and what it was before where it is lower now. */
export function PriceText({ amount, compareAt, currency, from = false, className }: PriceTextProps) {
  const { t, i18n } = useTranslation();
  const price = formatMoney(amount, currency, i18n.language);
  return (
    <p className={cn('flex flex-wrap items-baseline gap-x-2', className)}>
      <span className="font-bold">{from ? t('prices.from', { price }) : price}</span>
      {compareAt !== null && (
        <span className="text-sm text-muted-foreground">
          <span className="sr-only">{t('prices.before')}</span>
          <s>{formatMoney(compareAt, currency, i18n.language)}</s>
        </span>
      )}
    </p>
  );
}
