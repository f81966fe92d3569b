import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { parseMoney, plainMoney } from '@/features/stores/money';

interface PriceFilterProps {
  currency: string;
  /** The lowest and the highest there is, in minor units. */
  low: number;
  high: number;
  min: number | null;
  max: number | null;
  onChange: (range: { min: number | null; max: number | null }) => void;
}

/** From and up to which price; an end that is left empty is open. */
export function PriceFilter({ currency, low, high, min, max, onChange }: PriceFilterProps) {
  const { t } = useTranslation();
  const id = useId();
  const shown = (amount: number | null) => (amount === null ? '' : plainMoney(amount, currency));
  const [from, setFrom] = useState(shown(min));
  const [to, setTo] = useState(shown(max));
  return (
    <form
      aria-label={t('catalog.price')}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ min: parseMoney(from, currency), max: parseMoney(to, currency) });
      }}
    >
      <p className="font-semibold">{t('catalog.priceIn', { currency })}</p>
      <div className="grid grid-cols-2 gap-2">
        <div className="flex flex-col gap-1">
          <Label htmlFor={`${id}-from`} className="font-normal">
            {t('catalog.from')}
          </Label>
          <Input
            id={`${id}-from`}
            inputMode="decimal"
            placeholder={plainMoney(low, currency)}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-1">
          <Label htmlFor={`${id}-to`} className="font-normal">
            {t('catalog.upTo')}
          </Label>
          <Input
            id={`${id}-to`}
            inputMode="decimal"
            placeholder={plainMoney(high, currency)}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
      </div>
      <Button type="submit" variant="secondary" size="sm" className="self-start">
        {t('catalog.applyPrice')}
      </Button>
    </form>
  );
}
