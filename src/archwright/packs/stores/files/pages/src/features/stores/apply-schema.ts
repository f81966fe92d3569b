import { z } from 'zod';

/** What an application says; the database checks the same once more. */
export const applySchema = z.object({
  name: z.string().trim().min(1).max(80),
  slug: z
    .string()
    .trim()
    .regex(/^(?=.{3,40}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'stores.slugForm'),
  country: z.string().length(2, 'stores.countryForm'),
  currency: z.string().length(3, 'stores.currencyMissing'),
  about: z.string().trim().min(1).max(2000),
});
