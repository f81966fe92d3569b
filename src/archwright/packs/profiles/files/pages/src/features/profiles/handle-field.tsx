import { useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '@/components/form-field';
import { Input } from '@/components/ui/input';
import { HANDLE_LENGTH, profilePath } from './handle';
import type { ProfileForm, ProfileFormOutput } from './profile-form';
import { useHandleCheck, type HandleCheck } from './use-handle-check';

const texts = {
  checking: 'profiles.handleChecking',
  free: 'profiles.handleFree',
  taken: 'profiles.handleTaken',
} as const satisfies Partial<Record<HandleCheck, string>>;

interface HandleFieldProps {
  control: Control<ProfileForm, unknown, ProfileFormOutput>;
  ownHandle: string;
}

/** The handle, and whether it is free as far as one can tell before saving. */
export function HandleField({ control, ownHandle }: HandleFieldProps) {
  const { t } = useTranslation();
  const typed = useWatch({ control, name: 'handle' });
  const check = useHandleCheck(typed, ownHandle);
  const address = `${window.location.host}${profilePath(typed || ownHandle)}`;
  return (
    <div className="flex flex-col gap-1">
      <FormField
        control={control}
        name="handle"
        label={t('profiles.handle')}
        hint={t('profiles.handleHint', { address })}
      >
        {(field) => (
          <Input
            {...field}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={HANDLE_LENGTH.max + 1}
          />
        )}
      </FormField>
      <p
        role="status"
        className={`min-h-5 text-sm ${check === 'taken' ? 'font-medium text-destructive' : 'text-muted-foreground'}`}
      >
        {check !== 'unknown' && t(texts[check])}
      </p>
    </div>
  );
}
