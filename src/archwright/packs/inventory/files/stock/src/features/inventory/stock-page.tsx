import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { SellerPage } from '@/features/stores/seller-page';
import type { OwnStore, StoreRole } from '@/features/stores/stores-api';
import { MovementList } from './movement-list';
import { PlaceList } from './place-list';
import { StockList } from './stock-list';
import { usePlaces } from './use-stock';

const MAY_CHANGE: readonly StoreRole[] = ['owner', 'manager', 'catalog', 'fulfilment'];
const MAY_MANAGE: readonly StoreRole[] = ['owner', 'manager'];

function Stock({ own: { role, store } }: { own: OwnStore }) {
  const { t } = useTranslation();
  const places = usePlaces(store.id);
  return (
    <Tabs defaultValue="stock">
      <TabsList aria-label={t('inventory.title')}>
        <TabsTrigger value="stock">{t('inventory.title')}</TabsTrigger>
        <TabsTrigger value="movements">{t('inventory.movements')}</TabsTrigger>
        <TabsTrigger value="places">{t('inventory.places')}</TabsTrigger>
      </TabsList>
      <TabsContent value="stock">
        <QueryState query={places}>
          {(found) => (
            <StockList storeId={store.id} places={found} mayChange={MAY_CHANGE.includes(role)} />
          )}
        </QueryState>
      </TabsContent>
      <TabsContent value="movements">
        <MovementList storeId={store.id} />
      </TabsContent>
      <TabsContent value="places">
        <QueryState query={places}>
          {(found) => (
            <PlaceList store={store} places={found} mayManage={MAY_MANAGE.includes(role)} />
          )}
        </QueryState>
      </TabsContent>
    </Tabs>
  );
}

/** What a store has, what came and went, and where it lies: everybody in the team sees that. */
export function Component() {
  const { t } = useTranslation();
  return <SellerPage title={t('inventory.title')}>{(own) => <Stock own={own} />}</SellerPage>;
}
