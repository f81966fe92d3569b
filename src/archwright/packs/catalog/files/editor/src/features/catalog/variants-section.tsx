import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { SectionCard } from '@/components/section-card';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { ProductDetails, Variant } from './details-api';
import { OptionForm } from './option-form';
import { useGenerateVariants } from './use-editor';
import { VariantRow } from './variant-row';

interface VariantsSectionProps {
  details: ProductDetails;
  variants: readonly Variant[];
}

/** What shoppers choose, and what they can buy of it. */
export function VariantsSection({ details, variants }: VariantsSectionProps) {
  const { t } = useTranslation();
  const generate = useGenerateVariants(details.id);
  return (
    <SectionCard id="variants" title={t('catalog.variants')} text={t('catalog.variantsText')}>
      {details.options.length > 0 && (
        <dl className="flex flex-col gap-2">
          {details.options.map(({ id, name, option_values: values }) => (
            <div key={id} className="flex flex-wrap items-center gap-2">
              <dt className="font-semibold">{name}</dt>
              <dd className="flex flex-wrap gap-1">
                {values.map((value) => (
                  <Badge key={value.id}>{value.label}</Badge>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <OptionForm productId={details.id} position={details.options.length} />
      {variants.length === 0 ? (
        <div className="flex flex-col gap-3">
          <FormError error={generate.error} />
          <Button
            className="self-start"
            pending={generate.isPending}
            onClick={() => generate.mutate(undefined)}
          >
            {t('catalog.oneVariant')}
          </Button>
        </div>
      ) : (
        <ul aria-label={t('catalog.variants')} className="divide-y">
          {variants.map((variant) => (
            <li key={variant.id}>
              <VariantRow variant={variant} />
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
