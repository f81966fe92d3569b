import { useTranslation } from 'react-i18next';
import type { ProductDetails } from './details-api';

type Value = ProductDetails['attribute_values'][number];

/** The facts about a product. */
export function AttributeList({ values }: { values: readonly Value[] }) {
  const { t, i18n } = useTranslation();
  if (values.length === 0) return null;
  const shown = (value: Value): string => {
    if (value.boolean_value !== null) return t(value.boolean_value ? 'catalog.yes' : 'catalog.no');
    if (value.number_value !== null) {
      const number = new Intl.NumberFormat(i18n.language).format(value.number_value);
      return value.attribute.unit === null ? number : `${number} ${value.attribute.unit}`;
    }
    return value.choice?.label ?? value.text_value ?? '';
  };
  const sorted = values.toSorted((a, b) => a.attribute.position - b.attribute.position);
  return (
    <section aria-labelledby="facts" className="flex flex-col gap-3">
      <h2 id="facts" className="text-xl font-bold">
        {t('catalog.facts')}
      </h2>
      <dl className="grid max-w-xl grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {sorted.map((value) => (
          <div key={value.attribute_id} className="contents">
            <dt className="text-muted-foreground">{value.attribute.name}</dt>
            <dd>{shown(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
