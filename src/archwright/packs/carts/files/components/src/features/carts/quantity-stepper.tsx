import { MinusIcon, PlusIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';

interface QuantityStepperProps {
  /** What there are so many of. */
  title: string;
  quantity: number;
  most: number;
  onChange: (quantity: number) => void;
}

/** One fewer, one more; it never goes below one. */
export function QuantityStepper({ title, quantity, most, onChange }: QuantityStepperProps) {
  const { t } = useTranslation();
  return (
    <div
      role="group"
      aria-label={t('carts.quantityOf', { title })}
      className="flex w-fit items-center rounded-lg border"
    >
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('carts.fewer', { title })}
        disabled={quantity <= 1}
        onClick={() => onChange(quantity - 1)}
      >
        <MinusIcon aria-hidden="true" />
      </Button>
      <output aria-live="polite" className="min-w-8 text-center font-semibold tabular-nums">
        {quantity}
      </output>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('carts.more', { title })}
        disabled={quantity >= most}
        onClick={() => onChange(quantity + 1)}
      >
        <PlusIcon aria-hidden="true" />
      </Button>
    </div>
  );
}
