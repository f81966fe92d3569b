import { ImageUpIcon } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { StoreLogo } from './store-logo';
import type { Store } from './stores-api';
import { LOGO_TYPES, useChangeLogo } from './use-change-logo';

/** The store's picture: a new one is saved without further ado. */
export function LogoField({ store }: { store: Store }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const change = useChangeLogo(store);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = ''; // the same file can be chosen again after a failure
    if (file) change.mutate(file, { onSuccess: () => toast.success(t('stores.saved')) });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-4">
        <StoreLogo store={store} size="xl" />
        <input
          ref={input}
          type="file"
          accept={LOGO_TYPES.join(',')}
          onChange={choose}
          aria-label={t('stores.logoChoose')}
          hidden // the button stands for it
        />
        <Button
          variant="secondary"
          pending={change.isPending}
          onClick={() => input.current?.click()}
        >
          <ImageUpIcon aria-hidden="true" />
          {t('stores.logoChoose')}
        </Button>
      </div>
      <FormError error={change.error} />
    </div>
  );
}
