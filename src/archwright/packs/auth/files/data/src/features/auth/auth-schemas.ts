import { z } from 'zod';

/** The shortest password that Auth accepts; see `supabase/config.toml`. */
export const PASSWORD_LENGTH = 10;

const email = z.string().trim().min(1).pipe(z.email());
const newPassword = z.string().min(PASSWORD_LENGTH).max(72);

export const signInSchema = z.object({ email, password: z.string().min(1) });

export const signUpSchema = z.object({
  email,
  password: newPassword,
  displayName: z.string().trim().min(1).max(50),
  acceptsTerms: z.boolean().refine((accepts) => accepts, 'auth.termsRequired'),
});

export const emailSchema = z.object({ email });

export const newPasswordSchema = z.object({ password: newPassword });
