import { z } from 'zod';

export const HANDLE_LENGTH = { min: 3, max: 24 } as const;

/** What the database accepts as a handle; people may type capitals and a leading @. */
export const handleSchema = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^@/, ''))
  .pipe(
    z
      .string()
      .min(HANDLE_LENGTH.min)
      .max(HANDLE_LENGTH.max)
      .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, 'profiles.handleForm'),
  );

/** Whether the handle is the one that was made up when the account was created. */
export function isGeneratedHandle(handle: string): boolean {
  return /^user_[0-9a-f]{16}$/.test(handle);
}

export function profilePath(handle: string): string {
  return `/u/${handle}`;
}
