import { PackageIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Place, StockedVariant } from './stock-api';
import { StockForm } from './stock-form';
import { useChangeStock, useStock } from './use-stock';

/** A variant by what people call it: "Cup, Blue". */
export function variantName(variant: { title: string; product: { title: string } }): string {
  return [variant.product.title, variant.title].filter(Boolean).join(', ');
}

interface ChangeButtonProps {
  name: string;
  variantId: string;
  places: readonly Place[];
}

function ChangeButton({ name, variantId, places }: ChangeButtonProps) {
  const { t } = useTranslation();
  const form = useId();
  const [open, setOpen] = useState(false);
  const save = useChangeStock();
  const show = (next: boolean) => {
    save.reset();
    setOpen(next);
  };
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        aria-label={t('inventory.changeOf', { name })}
        onClick={() => show(true)}
      >
        {t('inventory.changeStock')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title={t('inventory.changeStock')}
        description={name}
        footer={
          <Button type="submit" form={form} pending={save.isPending}>
            {t('inventory.save')}
          </Button>
        }
      >
        <StockForm
          id={form}
          variantId={variantId}
          places={places}
          save={save}
          onSaved={() => show(false)}
        />
      </Dialog>
    </>
  );
}

function Levels({ variant, places }: { variant: StockedVariant; places: readonly Place[] }) {
  const { t } = useTranslation();
  const levels = places.flatMap((place) => {
    const level = variant.levels.find((found) => found.location_id === place.id);
    return level ? [{ ...level, place }] : [];
  });
  if (levels.length === 0) {
    return <p className="text-sm text-muted-foreground">{t('inventory.never')}</p>;
  }
  return (
    <ul className="flex flex-col gap-1 text-sm tabular-nums">
      {levels.map(({ place, on_hand: count, reserved }) => (
        <li key={place.id}>
          {t('inventory.level', { place: place.name, count })}
          {reserved > 0 && (
            <span className="text-muted-foreground">
              {` · ${t('inventory.reserved', { count: reserved })}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface StockListProps {
  storeId: string;
  places: readonly Place[];
  /** Whether the viewer may change stock, or only look. */
  mayChange: boolean;
}

/** What a store sells, and how many lie where. */
export function StockList({ storeId, places, mayChange }: StockListProps) {
  const { t } = useTranslation();
  const stock = useStock(storeId);
  return (
    <InfiniteList
      query={stock}
      label={t('inventory.title')}
      empty={{
        icon: PackageIcon,
        title: t('inventory.emptyTitle'),
        text: t('inventory.emptyText'),
      }}
      getKey={(variant) => variant.id}
      className="divide-y"
    >
      {(variant) => (
        <div className="flex flex-wrap items-center justify-between gap-3 py-4">
          <div className="min-w-0 flex-1 basis-48">
            <p className="font-semibold break-words">{variantName(variant)}</p>
            <p className="text-sm break-words text-muted-foreground">{variant.sku}</p>
          </div>
          <Levels variant={variant} places={places} />
          {mayChange && (
            <ChangeButton name={variantName(variant)} variantId={variant.id} places={places} />
          )}
        </div>
      )}
    </InfiniteList>
  );
}
