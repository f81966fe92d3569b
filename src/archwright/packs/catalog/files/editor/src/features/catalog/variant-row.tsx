import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import type { Variant } from './details-api';
import { useUpdateVariant } from './use-editor';

/** One variant: its SKU is saved when one leaves the field, whether it is on sale at once. */
export function VariantRow({ variant }: { variant: Variant }) {
  const { t } = useTranslation();
  const id = useId();
  const [sku, setSku] = useState(variant.sku);
  const update = useUpdateVariant();
  const name = variant.title === '' ? t('catalog.onlyVariant') : variant.title;
  const save = () => {
    const wanted = sku.trim();
    if (wanted === '' || wanted === variant.sku) setSku(variant.sku);
    else update.mutate({ id: variant.id, sku: wanted });
  };
  return (
    <div className="flex flex-wrap items-center gap-3 py-3">
      <p className="min-w-32 flex-1 font-semibold">{name}</p>
      <Input
        aria-label={t('catalog.skuOf', { name })}
        value={sku}
        maxLength={60}
        onChange={(event) => setSku(event.target.value)}
        onBlur={save}
        className="w-40"
      />
      <div className="flex items-center gap-2">
        <Switch
          id={id}
          checked={variant.active}
          onCheckedChange={(active) => update.mutate({ id: variant.id, active })}
        />
        <Label htmlFor={id}>
          {t('catalog.onSale')}
          <span className="sr-only">{name}</span>
        </Label>
      </div>
    </div>
  );
}
