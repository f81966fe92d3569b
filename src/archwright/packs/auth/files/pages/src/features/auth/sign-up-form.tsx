import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { PASSWORD_LENGTH, signUpSchema } from './auth-schemas';
import { PasswordInput } from './password-input';
import { TermsField } from './terms-field';

export type NewMember = z.infer<typeof signUpSchema>;

interface SignUpFormProps {
  onSubmit: (account: NewMember) => void;
  pending: boolean;
  error: unknown;
}

export function SignUpForm({ onSubmit, pending, error }: SignUpFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    resolver: zodResolver(signUpSchema),
    defaultValues: { email: '', password: '', displayName: '', acceptsTerms: false },
  });
  const { control } = form;
  return (
    <form
      noValidate
      onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}
      className="flex flex-col gap-5"
    >
      <FormField
        control={control}
        name="displayName"
        label={t('auth.displayName')}
        hint={t('auth.displayNameHint')}
      >
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <FormField control={control} name="email" label={t('auth.email')}>
        {(field) => <Input {...field} type="email" autoComplete="username" />}
      </FormField>
      <FormField
        control={control}
        name="password"
        label={t('auth.password')}
        hint={t('auth.passwordHint', { count: PASSWORD_LENGTH })}
      >
        {(field) => <PasswordInput {...field} autoComplete="new-password" />}
      </FormField>
      <TermsField control={control} />
      <FormError error={error} />
      <Button type="submit" size="lg" pending={pending}>
        {t('auth.signUp')}
      </Button>
    </form>
  );
}
