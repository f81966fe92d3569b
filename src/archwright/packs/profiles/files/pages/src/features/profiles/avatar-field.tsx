import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ImageUpIcon, Trash2Icon } from 'lucide-react';
import { useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { patchRow } from '@/lib/patch-row';
import { AVATAR_BYTES, AVATAR_TYPES, avatarProblem, avatarUrl, changeAvatar } from './avatar-api';
import type { Profile } from './profiles-api';

/** Saves a picture; while that is under way, `preview` is its address on this device. */
function useChangeAvatar(profile: Profile) {
  const client = useQueryClient();
  const [progress, setProgress] = useState(0);
  const [preview, setPreview] = useState<string | null>(null);
  const mutation = useMutation({
    mutationFn: (file: File | null) => {
      const problem = file && avatarProblem(file);
      if (problem) return Promise.reject(Object.assign(new Error('refused'), problem));
      const { id: userId, avatar_path: oldPath } = profile;
      return changeAvatar({ userId, file, oldPath, onProgress: setProgress });
    },
    onMutate: (file) => {
      const url = file && URL.createObjectURL(file);
      setProgress(0);
      setPreview(url);
      return url;
    },
    onSuccess: async (avatar_path) => {
      patchRow<Profile>(client, 'profiles', profile.id, { avatar_path });
      await client.invalidateQueries({ queryKey: ['profiles'] });
    },
    onSettled: (_path, _error, _file, url) => {
      setPreview(null);
      if (url) URL.revokeObjectURL(url);
    },
  });
  return { ...mutation, progress, preview };
}

/** The picture: a new one is shown at once and saved without further ado. */
export function AvatarField({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const change = useChangeAvatar(profile);
  const { preview } = change;
  const percent = Math.round(change.progress * 100);

  const save = (file: File | null) =>
    change.mutate(file, {
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
          className="sr-only"
          tabIndex={-1}
        />
        <div className="flex flex-wrap gap-2">
          <Button
            variant="secondary"
            pending={change.isPending}
            onClick={() => input.current?.click()}
          >
            <ImageUpIcon aria-hidden="true" />
            {t('profiles.avatarChoose')}
          </Button>
          {profile.avatar_path !== null && (
            <Button variant="ghost" disabled={change.isPending} onClick={() => save(null)}>
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
      <FormError error={change.error} />
    </section>
  );
}
