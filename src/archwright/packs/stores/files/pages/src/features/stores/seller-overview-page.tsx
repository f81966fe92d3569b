import { ExternalLinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { SellerPage } from './seller-page';
import { roleKeys, roleTextKeys } from './store-roles';

/** What is going on in a store, for its team. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('stores.overview')}>
      {({ role, store }) => (
        <div className="grid gap-4 md:grid-cols-2">
          {/*% slot "seller.overview" %*/}
          <Card className="gap-1">
            <h2 className="font-bold">{t('stores.yourRole', { role: t(roleKeys[role]), name: store.name })}</h2>
            <p className="text-sm text-muted-foreground">{t(roleTextKeys[role])}</p>
            <Button asChild variant="outline" className="mt-3 self-start">
              <Link to={`/stores/${store.slug}`}>
                <ExternalLinkIcon aria-hidden="true" />
                {t('stores.visit')}
              </Link>
            </Button>
          </Card>
        </div>
      )}
    </SellerPage>
  );
}
