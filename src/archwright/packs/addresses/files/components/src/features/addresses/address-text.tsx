import { useTranslation } from 'react-i18next';
import { addressLines } from './address-lines';
import type { AddressInput } from './addresses-api';

/** An address as it stands on a parcel. */
export function AddressText({ address }: { address: AddressInput }) {
  const { i18n } = useTranslation();
  const [name, ...lines] = addressLines(address, i18n.language);
  return (
    <address className="flex min-w-0 flex-col text-sm break-words not-italic">
      <span className="text-base font-semibold">{name}</span>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {address.phone !== null && <span className="text-muted-foreground">{address.phone}</span>}
    </address>
  );
}
