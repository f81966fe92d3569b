import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { useFormat } from '@/lib/format';
import type { FacetValue } from './facets';

const SHOWN = 6;

interface FacetValuesProps {
  title: string;
  values: readonly FacetValue[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

/** The values of one filter as boxes, each with how many products it would leave. */
export function FacetValues({ title, values, chosen, onToggle }: FacetValuesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, SHOWN);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-semibold">{title}</legend>
      {shown.map(({ value, label, products }) => (
        <div key={value} className="flex items-center gap-3">
          <Checkbox
            id={`${id}-${value}`}
            checked={chosen.includes(value)}
            onCheckedChange={() => onToggle(value)}
          />
          <Label htmlFor={`${id}-${value}`} className="min-h-11 flex-1 cursor-pointer font-normal">
            <span className="min-w-0 flex-1 truncate">{label}</span>
            <span className="text-muted-foreground">{format.compact(products)}</span>
          </Label>
        </div>
      ))}
      {values.length > shown.length && (
        <Button
          variant="ghost"
          size="sm"
          className="self-start"
          aria-label={t('catalog.showAllOf', { name: title })}
          onClick={() => setAll(true)}
        >
          {t('catalog.showAll')}
        </Button>
      )}
    </fieldset>
  );
}
