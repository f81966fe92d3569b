import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { handleSchema } from './handle';
import { HandleField } from './handle-field';
import type { Profile } from './profiles-api';
import { useUpdateProfile } from './use-profile';

const BIO_LENGTH = 160;

const schema = z.object({
  display_name: z.string().trim().min(1).max(50),
  handle: handleSchema,
  bio: z.string().trim().max(BIO_LENGTH),
});

export type ProfileForm = z.input<typeof schema>;
export type ProfileFormOutput = z.output<typeof schema>;

/** Name, handle and bio. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const update = useUpdateProfile();
  const { display_name, handle, bio } = profile;
  const form = useForm<ProfileForm, unknown, ProfileFormOutput>({
    resolver: zodResolver(schema),
    defaultValues: { display_name, handle, bio },
  });
  const { control } = form;
  const written = useWatch({ control, name: 'bio' });
  const save = (changes: ProfileFormOutput) => {
    update.mutate(changes, {
      onSuccess: (saved) => {
        form.reset({ display_name: saved.display_name, handle: saved.handle, bio: saved.bio });
        toast.success(t('profiles.saved'));
      },
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void form.handleSubmit(save)(event)}
      className="flex flex-col gap-5"
    >
      <FormField control={control} name="display_name" label={t('profiles.displayName')}>
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <HandleField control={control} ownHandle={handle} />
      <FormField
        control={control}
        name="bio"
        label={t('profiles.bio')}
        hint={t('profiles.bioHint', { count: written.length, maximum: BIO_LENGTH })}
        optional
      >
        {(field) => <Textarea {...field} />}
      </FormField>
      <FormError error={update.error} />
      <Button type="submit" pending={update.isPending} className="self-start">
        {t('profiles.save')}
      </Button>
    </form>
  );
}
