import { EllipsisIcon, LinkIcon, PencilIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useOwnStores } from '@/features/stores/use-stores';
import { useCopyLink } from '@/lib/copy-link';
import type { Product } from './products-api';

const WRITERS: readonly string[] = ['owner', 'manager', 'catalog'];

/** What else one can do with a product. */
export function ProductMenu({ product }: { product: Product }) {
  const { t } = useTranslation();
  const copyLink = useCopyLink();
  const { data: own = [] } = useOwnStores();
  const writes = own.some(
    ({ role, store }) => store.id === product.store_id && WRITERS.includes(role),
  );
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('catalog.more', { title: product.title })}>
          <EllipsisIcon aria-hidden="true" />
        </Button>
      }
    >
      <DropdownMenuItem onSelect={() => void copyLink(`/p/${product.id}`)}>
        <LinkIcon aria-hidden="true" />
        {t('catalog.copyLink')}
      </DropdownMenuItem>
      {writes && (
        <DropdownMenuItem asChild>
          <Link to={`/sell/${product.store_id}/products/${product.id}`}>
            <PencilIcon aria-hidden="true" />
            {t('catalog.edit')}
          </Link>
        </DropdownMenuItem>
      )}
      {/*% slot "product.menu" %*/}
    </DropdownMenu>
  );
}
