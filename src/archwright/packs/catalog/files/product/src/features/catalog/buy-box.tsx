import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { choose, firstChoice, variantOf } from './choose-variant';
import type { Chosen, ProductDetails, Variant } from './details-api';
import { OptionPicker } from './option-picker';
import type { Product } from './products-api';

interface BuyBoxProps {
  product: Product;
  details: ProductDetails;
  variants: readonly Variant[];
}

/** What it is, whose it is, and which variant one wants; buying it comes from other features. */
export function BuyBox({ product, details, variants }: BuyBoxProps) {
  const { t } = useTranslation();
  const { options } = details;
  const [choice, setChoice] = useState(() => firstChoice(variants, options));
  const variant = variantOf(variants, options, choice);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        {product.brand && (
          <p className="text-sm font-semibold text-muted-foreground">{product.brand.name}</p>
        )}
        <h1 className="text-2xl font-bold tracking-tight break-words md:text-3xl">{product.title}</h1>
        <p className="text-sm">
          {t('catalog.soldBy')}{' '}
          <Link
            to={`/stores/${product.store.slug}`}
            className="inline-flex min-h-6 items-center text-link hover:underline"
          >
            {product.store.name}
          </Link>
        </p>
      </div>
      <OptionPicker
        options={options}
        variants={variants}
        choice={choice}
        onChoose={(option, value) => setChoice(choose(variants, choice, option, value))}
      />
      {variant ? (
        <ProductActions chosen={{ product, variant }} />
      ) : (
        <p role="status" className="text-muted-foreground">
          {t(variants.some(({ active }) => active) ? 'catalog.chooseFirst' : 'catalog.notOnSale')}
        </p>
      )}
    </div>
  );
}

function ProductActions({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-4">
      {/*% slot "product.actions" %*/}
      <p className="text-sm text-muted-foreground">
        {t('catalog.sku', { sku: chosen.variant.sku })}
      </p>
    </div>
  );
}
