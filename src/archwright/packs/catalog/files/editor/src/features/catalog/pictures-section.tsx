import { ImagePlusIcon, Trash2Icon } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { useSession } from '@/lib/session';
import type { ProductDetails } from './details-api';
import { PICTURE_TYPES } from './editor-api';
import { ProductPicture } from './product-picture';
import type { Product } from './products-api';
import { useAddPicture, useDeletePicture } from './use-editor';

interface PicturesSectionProps {
  product: Product;
  details: ProductDetails;
}

/** The pictures of a product, the first one first. */
export function PicturesSection({ product, details }: PicturesSectionProps) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const add = useAddPicture();
  const remove = useDeletePicture();
  const pictures = details.product_media;
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = ''; // the same file can be chosen again after a failure
    if (!file || userId === null) return;
    const position = (pictures.at(-1)?.position ?? -1) + 1;
    add.mutate({ productId: product.id, userId, file, alt: product.title, position });
  };
  return (
    <SectionCard id="pictures" title={t('catalog.pictures')} text={t('catalog.picturesText')}>
      {pictures.length > 0 && (
        <ul aria-label={t('catalog.pictures')} className="grid grid-cols-3 gap-3 sm:grid-cols-4">
          {pictures.map((picture, index) => (
            <li key={picture.id} className="relative">
              <ProductPicture picture={picture} />
              <Button
                variant="secondary"
                size="icon"
                aria-label={t('catalog.removePicture', { number: index + 1 })}
                disabled={remove.isPending}
                onClick={() => remove.mutate(picture)}
                className="absolute top-1 right-1"
              >
                <Trash2Icon aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        accept={PICTURE_TYPES.join(',')}
        onChange={choose}
        aria-label={t('catalog.addPicture')}
        hidden // the button stands for it
      />
      <Button
        variant="secondary"
        className="self-start"
        pending={add.isPending}
        onClick={() => input.current?.click()}
      >
        <ImagePlusIcon aria-hidden="true" />
        {t('catalog.addPicture')}
      </Button>
      <FormError error={add.error ?? remove.error} />
    </SectionCard>
  );
}
