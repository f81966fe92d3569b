import { useId } from 'react';
import { useController, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import type { NewMember } from './sign-up-form';

/** The box to tick, and the way to what is accepted by it. */
export function TermsField({ control }: { control: Control<NewMember> }) {
  const { t } = useTranslation();
  const id = useId();
  const { field, fieldState } = useController({ control, name: 'acceptsTerms' });
  const { value, onChange, ref, ...rest } = field;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-11 items-center gap-3">
        <Checkbox
          {...rest}
          ref={ref}
          id={id}
          checked={value}
          onCheckedChange={(checked) => onChange(checked === true)}
          aria-invalid={fieldState.invalid || undefined}
          aria-describedby={fieldState.invalid ? `${id}-error` : undefined}
        />
        <Label htmlFor={id} className="min-h-11 flex-1 cursor-pointer">
          {t('auth.acceptTerms')}
        </Label>
      </div>
      {fieldState.invalid && (
        <p id={`${id}-error`} className="text-sm font-medium text-destructive">
          {t('auth.termsRequired')}
        </p>
      )}
      <Link
        to="/terms"
        target="_blank"
        className="inline-flex h-11 items-center text-sm font-medium text-link underline-offset-4 hover:underline focus-visible:outline-2"
      >
        {t('auth.readTerms')}
      </Link>
    </div>
  );
}
