import { Avatar } from '@/components/ui/avatar';
import { logoUrl, type Store } from './stores-api';

interface StoreLogoProps {
  store: Pick<Store, 'name' | 'logo_path'>;
  size?: 'sm' | 'md' | 'lg' | 'xl';
}

/** Decorative: the store's name stands beside it. */
export function StoreLogo({ store, size = 'md' }: StoreLogoProps) {
  return <Avatar name={store.name} src={logoUrl(store.logo_path)} size={size} />;
}
