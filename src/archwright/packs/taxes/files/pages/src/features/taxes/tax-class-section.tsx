import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Label } from '@/components/ui/label';
import { Select, SelectItem } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useSetProductTaxClass, useTaxClasses } from './use-taxes';

/** A choice has a value: this one stands for no class of its own. */
const STANDARD = 'standard';

interface TaxClassSectionProps {
  product: { id: string; tax_class_id: string | null };
}

/** As what a product is taxed. */
export function TaxClassSection({ product }: TaxClassSectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const classes = useTaxClasses();
  const { mutate } = useSetProductTaxClass();
  return (
    <SectionCard id="tax" title={t('taxes.ofProduct')} text={t('taxes.ofProductText')}>
      <QueryState query={classes} skeleton={<Skeleton className="h-11" />}>
        {(found) => (
          <div className="flex max-w-sm flex-col gap-2">
            <Label id={`${id}-label`} htmlFor={id}>
              {t('taxes.class')}
            </Label>
            <Select
              id={id}
              value={product.tax_class_id ?? STANDARD}
              onValueChange={(value) =>
                mutate({ id: product.id, tax_class_id: value === STANDARD ? null : value })
              }
            >
              <SelectItem value={STANDARD}>{t('taxes.standardClass')}</SelectItem>
              {found
                .filter(({ standard }) => !standard)
                .map((one) => (
                  <SelectItem key={one.id} value={one.id}>
                    {one.name}
                  </SelectItem>
                ))}
            </Select>
          </div>
        )}
      </QueryState>
    </SectionCard>
  );
}
