import { StoreIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';

/** Leads sellers to their stores, and everybody else to how to open one. */
export function SellLink() {
  const { t } = useTranslation();
  return (
    <Button asChild variant="ghost" size="icon">
      <Link to="/sell" aria-label={t('stores.sell')}>
        <StoreIcon aria-hidden="true" />
      </Link>
    </Button>
  );
}
