import { Trash2Icon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { formatMoney } from '@/features/stores/money';
import { useFormat } from '@/lib/format';
import type { Promotion } from './promotions-api';
import { useDeletePromotion, useSetPromotionActive } from './use-promotions';

interface PromotionRowProps {
  promotion: Promotion;
  currency: string;
  mayManage: boolean;
}

/** What a promotion gives off, on which terms, and how often it was used. */
export function PromotionRow({ promotion, currency, mayManage }: PromotionRowProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const setActive = useSetPromotionActive();
  const remove = useDeletePromotion();
  const { name, kind, percent, amount, uses, uses_most: most } = promotion;
  const money = (value: number) => formatMoney(value, currency, i18n.language);
  const off = {
    percentage: t('promotions.percentOff', { percent: percent ?? 0 }),
    fixed: t('promotions.amountOff', { amount: money(amount ?? 0) }),
    free_shipping: t('promotions.kinds.free_shipping'),
  }[kind];
  const [rule] = promotion.rules;
  const terms = [
    rule?.minimum_amount && t('promotions.fromAmount', { amount: money(rule.minimum_amount) }),
    promotion.ends_at !== null &&
      t('promotions.until', { time: format.dateTime(promotion.ends_at) }),
    most === null ? t('promotions.used', { count: uses }) : t('promotions.usedOf', { uses, most }),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
      <Label htmlFor={id} className="flex min-w-0 flex-1 basis-56 flex-col items-start gap-1 break-words">
        {name}
        <span className="text-lg font-bold">{off}</span>
        <span className="font-normal text-muted-foreground">
          {terms.filter(Boolean).join(' · ')}
        </span>
      </Label>
      {promotion.coupons.map(({ code }) => (
        <Badge key={code} variant="outline">
          {code}
        </Badge>
      ))}
      <Switch
        id={id}
        checked={promotion.active}
        disabled={!mayManage}
        onCheckedChange={(active) => setActive.mutate({ id: promotion.id, active })}
      />
      {mayManage && uses === 0 && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('promotions.deleteOf', { name })}
          onClick={() => setAsking(true)}
        >
          <Trash2Icon aria-hidden="true" />
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('promotions.deleteTitle', { name })}
        text={t('promotions.deleteText')}
        confirmLabel={t('promotions.deleteAction')}
        destructive
        onConfirm={() => {
          setAsking(false);
          remove.mutate(promotion.id);
        }}
      />
    </div>
  );
}
