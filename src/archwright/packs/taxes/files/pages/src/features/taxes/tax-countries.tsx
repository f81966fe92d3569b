import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { CountryField } from '@/features/stores/country-field';
import { countryName } from '@/features/stores/store-countries';
import type { TaxCountry } from './taxes-api';
import { useChangeTaxes, useSetInclusive, useTaxCountries } from './use-taxes';

function CountryRow({ row }: { row: TaxCountry }) {
  const { i18n } = useTranslation();
  const id = useId();
  const { mutate } = useSetInclusive();
  const { country, inclusive } = row;
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <Label htmlFor={id}>{countryName(country, i18n.language)}</Label>
      <Switch
        id={id}
        checked={inclusive}
        onCheckedChange={(next) => mutate({ country, inclusive: next })}
      />
    </div>
  );
}

/** Where prices hold the tax already. */
export function TaxCountries() {
  const { t } = useTranslation();
  const countries = useTaxCountries();
  const change = useChangeTaxes();
  const [wanted, setWanted] = useState('');
  return (
    <SectionCard id="countries" title={t('taxes.inclusive')} text={t('taxes.inclusiveText')}>
      <QueryState query={countries}>
        {(rows) => (
          <ul aria-label={t('taxes.inclusive')} className="flex flex-col gap-1">
            {rows.map((row) => (
              <li key={row.country}>
                <CountryRow row={row} />
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      <div className="flex flex-wrap gap-2">
        <CountryField
          className="max-w-64"
          aria-label={t('taxes.anotherCountry')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button
          variant="secondary"
          disabled={wanted === '' || countries.data?.some((row) => row.country === wanted)}
          pending={change.isPending}
          onClick={() =>
            change.mutate(
              { kind: 'add-country', country: wanted },
              { onSuccess: () => setWanted('') },
            )
          }
        >
          {t('taxes.addCountry')}
        </Button>
      </div>
      <FormError error={change.error} />
    </SectionCard>
  );
}
