import { useId, type ReactNode } from 'react';
import {
  useController,
  type Control,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
} from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Label } from '@/components/ui/label';
import { translateFormMessages } from '@/lib/form-messages';

translateFormMessages();

type FieldProps<Values extends FieldValues, Name extends FieldPath<Values>> = ControllerRenderProps<
  Values,
  Name
> & {
  id: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
};

interface FormFieldProps<
  Values extends FieldValues,
  Name extends FieldPath<Values>,
  Output extends FieldValues,
> {
  control: Control<Values, unknown, Output>;
  name: Name;
  label: string;
  hint?: string | undefined;
  optional?: boolean;
  /** The control; spread the props into it. */
  children: (field: FieldProps<Values, Name>) => ReactNode;
}

/** A label, a control, its hint and its error, tied together for screen readers. */
export function FormField<
  Values extends FieldValues,
  Name extends FieldPath<Values>,
  Output extends FieldValues = Values,
>({
  control,
  name,
  label,
  hint,
  optional = false,
  children,
}: FormFieldProps<Values, Name, Output>) {
  const { t } = useTranslation();
  const id = useId();
  const { field, fieldState } = useController({ control, name });
  const message = fieldState.error?.message;
  const described = [hint !== undefined && `${id}-hint`, message !== undefined && `${id}-error`];
  return (
    <div className="flex flex-col gap-2">
      <Label htmlFor={id}>
        {label}
        {optional && (
          <span className="font-normal text-muted-foreground">{`(${t('app.optional')})`}</span>
        )}
      </Label>
      {children({
        ...field,
        id,
        'aria-invalid': message === undefined ? undefined : true,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted-foreground">
          {hint}
        </p>
      )}
      {message !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-destructive">
          {/* a schema's own message is a text key; zod's are words already */}
          {t(message, message)}
        </p>
      )}
    </div>
  );
}
