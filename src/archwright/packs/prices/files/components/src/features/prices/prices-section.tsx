import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { Select, SelectItem } from '@/components/ui/select';
import type { Variant } from '@/features/catalog/details-api';
import type { Product } from '@/features/catalog/products-api';
import { useVariants } from '@/features/catalog/use-catalog';
import { PriceRow } from './price-row';
import type { PriceList } from './prices-api';
import { useAddPriceList, useListedPrices, usePriceLists, useUsedCurrencies } from './use-prices';

function ListPrices({ list, variants }: { list: PriceList; variants: readonly Variant[] }) {
  const prices = useListedPrices(
    list.id,
    variants.map(({ id }) => id),
  );
  return (
    <QueryState query={prices} isEmpty={() => false}>
      {(listed) => (
        <ul className="divide-y">
          {variants.map((variant) => {
            const price = listed.find(
              (each) => each.variant_id === variant.id && each.minimum_quantity === 1,
            );
            return (
              <li key={`${list.id}-${variant.id}-${price?.id ?? ''}`}>
                <PriceRow list={list} variant={variant} price={price} />
              </li>
            );
          })}
        </ul>
      )}
    </QueryState>
  );
}

interface ChooseListProps {
  storeId: string;
  lists: readonly PriceList[];
  chosen: PriceList;
  onChoose: (id: string) => void;
}

function ChooseList({ storeId, lists, chosen, onChoose }: ChooseListProps) {
  const { t } = useTranslation();
  const { data: used = [] } = useUsedCurrencies();
  const add = useAddPriceList(storeId);
  const missing = used.filter(({ code }) => lists.every(({ currency }) => currency !== code));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={t('prices.list')}
          value={chosen.id}
          onValueChange={onChoose}
          className="w-40"
        >
          {lists.map(({ id, name, currency }) => (
            <SelectItem key={id} value={id}>
              {name === currency ? name : `${name} (${currency})`}
            </SelectItem>
          ))}
        </Select>
        {missing.map(({ code }) => (
          <Button
            key={code}
            variant="ghost"
            disabled={add.isPending}
            onClick={() => add.mutate(code)}
          >
            {t('prices.addList', { currency: code })}
          </Button>
        ))}
      </div>
      <FormError error={add.error} />
    </div>
  );
}

/** What the variants of a product cost, in each of the store's lists. */
export function PricesSection({ product }: { product: Product }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<string | null>(null);
  const lists = usePriceLists(product.store_id);
  const { data: variants = [] } = useVariants(product.id);
  return (
    <SectionCard id="prices" title={t('prices.title')} text={t('prices.text')}>
      {variants.length === 0 ? (
        <p className="text-muted-foreground">{t('prices.variantsFirst')}</p>
      ) : (
        <QueryState query={lists}>
          {(all) => {
            const chosen =
              all.find(({ id }) => id === wanted) ??
              all.find(({ is_default: standard }) => standard) ??
              all[0];
            return chosen ? (
              <>
                <ChooseList
                  storeId={product.store_id}
                  lists={all}
                  chosen={chosen}
                  onChoose={setWanted}
                />
                <ListPrices list={chosen} variants={variants} />
              </>
            ) : null;
          }}
        </QueryState>
      )}
    </SectionCard>
  );
}
