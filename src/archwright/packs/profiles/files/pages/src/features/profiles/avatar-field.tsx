import { ImageUpIcon, Trash2Icon } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { AVATAR_BYTES, AVATAR_TYPES, avatarUrl } from './avatar-api';
import type { Profile } from './profiles-api';
import { useChangeAvatar } from './use-change-avatar';

/** The picture: a new one is shown at once and saved without further ado. */
export function AvatarField({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { change, cancel, pending, error, progress, preview } = useChangeAvatar(profile);
  const percent = Math.round(progress * 100);

  const save = (file: File | null) =>
    change(file, {
      onSuccess: () => toast.success(t(file ? 'profiles.avatarSaved' : 'profiles.avatarRemoved')),
    });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = ''; // the same file can be chosen again after a failure
    if (file) save(file);
  };
  return (
    <section aria-label={t('profiles.avatar')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4">
        <Avatar
          name={profile.display_name}
          src={preview ?? avatarUrl(profile.avatar_path)}
          size="xl"
        />
        <input
          ref={input}
          type="file"
          accept={AVATAR_TYPES.join(',')}
          onChange={choose}
          aria-label={t('profiles.avatarChoose')}
          hidden // the button stands for it
        />
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" pending={pending} onClick={() => input.current?.click()}>
            <ImageUpIcon aria-hidden="true" />
            {t('profiles.avatarChoose')}
          </Button>
          {preview !== null && (
            <Button variant="ghost" onClick={cancel}>
              {t('app.cancel')}
            </Button>
          )}
          {profile.avatar_path !== null && preview === null && (
            <Button variant="ghost" disabled={pending} onClick={() => save(null)}>
              <Trash2Icon aria-hidden="true" />
              {t('profiles.avatarRemove')}
            </Button>
          )}
        </div>
      </div>
      <p role="status" className="text-sm text-muted-foreground">
        {preview === null
          ? t('profiles.avatarHint', { megabytes: AVATAR_BYTES / 1024 / 1024 })
          : t('profiles.avatarUploading', { percent })}
      </p>
      <FormError error={error} />
    </section>
  );
}
