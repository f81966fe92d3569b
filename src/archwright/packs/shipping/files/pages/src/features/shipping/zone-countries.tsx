import { XIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { CountryField } from '@/features/stores/country-field';
import { countryName } from '@/features/stores/store-countries';
import type { Zone } from './shipping-api';
import { useChangeShipping, type Store } from './use-shipping';

/** Which countries are in a zone: each can be taken out, others come in, unless they are in another. */
export function ZoneCountries({ store, zone }: { store: Store; zone: Zone }) {
  const { t, i18n } = useTranslation();
  const [wanted, setWanted] = useState('');
  const change = useChangeShipping(store);
  const codes = zone.countries.map(({ country }) => country);
  const name = (code: string) => countryName(code, i18n.language);
  const save = (countries: string[]) =>
    change.mutate(
      { kind: 'countries', id: zone.id, countries },
      { onSuccess: () => setWanted('') },
    );
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label={t('shipping.countriesOf', { zone: zone.name })} className="flex flex-wrap gap-2">
        {codes.map((code) => (
          <li
            key={code}
            className="flex items-center rounded-full bg-secondary pl-3 text-sm text-secondary-foreground"
          >
            {name(code)}
            <Button
              variant="ghost"
              size="icon"
              className="rounded-full"
              aria-label={t('shipping.removeCountry', { country: name(code) })}
              onClick={() => save(codes.filter((other) => other !== code))}
            >
              <XIcon aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CountryField
          className="max-w-64"
          aria-label={t('shipping.countryFor', { zone: zone.name })}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <Button
          variant="secondary"
          disabled={wanted === '' || codes.includes(wanted)}
          pending={change.isPending}
          onClick={() => save([...codes, wanted])}
        >
          {t('shipping.addCountry')}
        </Button>
      </div>
      <FormError error={change.error} />
    </div>
  );
}
