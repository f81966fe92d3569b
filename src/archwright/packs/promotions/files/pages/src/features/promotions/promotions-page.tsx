import { BadgePercentIcon, PlusIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { InfiniteList } from '@/components/infinite-list';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SellerPage } from '@/features/stores/seller-page';
import type { OwnStore } from '@/features/stores/stores-api';
import { PromotionForm } from './promotion-form';
import { PromotionRow } from './promotion-row';
import { useAddPromotion, usePromotions } from './use-promotions';

function AddPromotion({ store }: { store: OwnStore['store'] }) {
  const { t } = useTranslation();
  const form = useId();
  const [open, setOpen] = useState(false);
  const add = useAddPromotion(store.id);
  const show = (next: boolean) => {
    add.reset();
    setOpen(next);
  };
  const done = () => {
    show(false);
    toast.success(t('promotions.added'));
  };
  return (
    <>
      <Button className="self-start" onClick={() => show(true)}>
        <PlusIcon aria-hidden="true" />
        {t('promotions.add')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title={t('promotions.newTitle')}
        footer={
          <Button type="submit" form={form} pending={add.isPending}>
            {t('promotions.save')}
          </Button>
        }
      >
        <PromotionForm
          id={form}
          currency={store.currency}
          error={add.error}
          onSave={(input) => add.mutate(input, { onSuccess: done })}
        />
      </Dialog>
    </>
  );
}

function Promotions({ own: { role, store } }: { own: OwnStore }) {
  const { t } = useTranslation();
  const promotions = usePromotions(store.id);
  const mayManage = role === 'owner' || role === 'manager';
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {mayManage && <AddPromotion store={store} />}
      <InfiniteList
        query={promotions}
        label={t('promotions.title')}
        empty={{
          icon: BadgePercentIcon,
          title: t('promotions.emptyTitle'),
          text: t('promotions.emptyText'),
        }}
        getKey={(promotion) => promotion.id}
        className="divide-y"
      >
        {(promotion) => (
          <PromotionRow promotion={promotion} currency={store.currency} mayManage={mayManage} />
        )}
      </InfiniteList>
    </div>
  );
}

/** What a store gives off: its people see that, those who manage it change it. */
export function Component() {
  const { t } = useTranslation();
  return <SellerPage title={t('promotions.title')}>{(own) => <Promotions own={own} />}</SellerPage>;
}
