import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import type { ProductPicture as Picture } from './details-api';
import { ProductPicture } from './product-picture';

/** The pictures of a product: one large, and all of them to choose from. */
export function Gallery({ pictures }: { pictures: readonly Picture[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = pictures.find(({ id }) => id === chosen) ?? pictures[0];
  return (
    <div className="flex flex-col gap-3">
      <ProductPicture picture={shown} />
      {pictures.length > 1 && (
        <ul aria-label={t('catalog.pictures')} className="flex flex-wrap gap-2">
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <button
                type="button"
                aria-label={t('catalog.showPicture', { number: index + 1 })}
                aria-pressed={picture === shown}
                onClick={() => setChosen(picture.id)}
                className={cn(
                  'block w-16 cursor-pointer rounded-xl border-2 border-transparent focus-visible:outline-2 focus-visible:outline-offset-2',
                  picture === shown && 'border-primary',
                )}
              >
                <ProductPicture picture={picture} decorative />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
