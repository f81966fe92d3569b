import { z } from 'zod';
import { needsPostalCode } from './address-lines';
import type { AddressInput, Defaults } from './addresses-api';

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text));

/** What the form of an address takes; empty fields become null. */
export const addressSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    country: z.string().regex(/^[A-Z]{2}$/, 'addresses.countryForm'),
    line1: z.string().trim().min(1).max(120),
    line2: optional(120),
    city: z.string().trim().min(1).max(80),
    region: optional(80),
    postal_code: optional(16),
    phone: z
      .string()
      .trim()
      .regex(/^(?:\+?[0-9 ()/.-]{5,23})?$/, 'addresses.phoneForm')
      .transform((text) => (text === '' ? null : text)),
    default_shipping: z.boolean(),
    default_billing: z.boolean(),
  })
  .superRefine((address, context) => {
    if (address.postal_code !== null || !needsPostalCode(address.country)) return;
    context.addIssue({ code: 'custom', path: ['postal_code'], message: 'app.fieldRequired' });
  });

/** The fields of the form for an address, or for a new one in the likely country. */
export function formValues(address: (AddressInput & Defaults) | null, likely: string) {
  return {
    name: address?.name ?? '',
    country: address?.country ?? likely,
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    region: address?.region ?? '',
    postal_code: address?.postal_code ?? '',
    phone: address?.phone ?? '',
    default_shipping: address?.default_shipping ?? false,
    default_billing: address?.default_billing ?? false,
  };
}
