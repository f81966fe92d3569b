import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { Variant } from '@/features/catalog/details-api';
import { parseMoney, plainMoney } from '@/features/stores/money';
import type { ListedPrice, PriceList } from './prices-api';
import { useSetPrice } from './use-prices';

interface PriceRowProps {
  list: PriceList;
  variant: Variant;
  /** What holds now; undefined where it has no price yet. */
  price: ListedPrice | undefined;
}

/** What one variant costs in a list, and what it cost before. */
export function PriceRow({ list, variant, price }: PriceRowProps) {
  const { t } = useTranslation();
  const { currency } = list;
  const shown = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '' : plainMoney(amount, currency);
  const [amount, setAmount] = useState(shown(price?.amount));
  const [before, setBefore] = useState(shown(price?.compare_at));
  const save = useSetPrice();
  const name = variant.title === '' ? t('prices.onlyVariant') : variant.title;
  const minor = parseMoney(amount, currency);
  const compareAt = before.trim() === '' ? null : parseMoney(before, currency);
  const wrong = minor === null || (before.trim() !== '' && compareAt === null);
  const same = amount === shown(price?.amount) && before === shown(price?.compare_at);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (minor === null || wrong) return;
    save.mutate({
      listId: list.id,
      variantId: variant.id,
      amount: minor,
      compareAt,
      minimumQuantity: 1,
    });
  };
  return (
    <form onSubmit={send} aria-label={name} className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-32 flex-1 font-semibold">{name}</p>
        <Input
          aria-label={t('prices.amountOf', { name, currency })}
          inputMode="decimal"
          value={amount}
          aria-invalid={amount !== '' && minor === null ? true : undefined}
          placeholder={plainMoney(0, currency)}
          onChange={(event) => setAmount(event.target.value)}
          className="w-28"
        />
        <Input
          aria-label={t('prices.beforeOf', { name, currency })}
          inputMode="decimal"
          value={before}
          placeholder={t('prices.before')}
          onChange={(event) => setBefore(event.target.value)}
          className="w-28"
        />
        <Button
          type="submit"
          variant="secondary"
          disabled={wrong || same}
          pending={save.isPending}
          aria-label={t('prices.saveOf', { name })}
        >
          {t('prices.save')}
        </Button>
      </div>
      <FormError error={save.error} />
    </form>
  );
}
