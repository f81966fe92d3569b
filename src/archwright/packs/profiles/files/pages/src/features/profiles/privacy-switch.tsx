import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { updateProfile, type Profile } from './profiles-api';

/** Who may see what one shares: saved at once. */
export function PrivacySwitch({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const id = useId();
  const change = useOptimisticMutation<boolean>({
    mutationKey: ['profiles', 'privacy'],
    tables: ['profiles'],
    mutationFn: (is_private) => updateProfile(profile.id, { is_private }),
    optimistic: (client, is_private) =>
      patchRow<Profile>(client, 'profiles', profile.id, { is_private }),
    onSuccess: (_saved, is_private) =>
      toast.success(t(is_private ? 'profiles.privateOn' : 'profiles.privateOff')),
  });
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={id}>{t('profiles.privateLabel')}</Label>
        <p id={`${id}-hint`} className="text-sm text-muted-foreground">
          {t('profiles.privateHint')}
        </p>
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={profile.is_private}
        onCheckedChange={(is_private) => change.mutate(is_private)}
      />
    </div>
  );
}
