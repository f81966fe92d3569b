import { PackageIcon, Trash2Icon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { formatMoney } from '@/features/stores/money';
import { mostOf } from './cart-lines';
import { CartNotice } from './cart-notice';
import { pictureUrl, type CartLine } from './carts-api';
import { QuantityStepper } from './quantity-stepper';
import { useSetCartLine } from './use-cart';

function Picture({ path }: { path: string | null }) {
  const url = pictureUrl(path);
  return (
    <span className="grid size-20 shrink-0 place-items-center overflow-hidden rounded-xl bg-muted text-muted-foreground sm:size-24">
      {url === null ? (
        <PackageIcon aria-hidden="true" className="size-8" />
      ) : (
        <img src={url} alt="" className="size-full object-cover" />
      )}
    </span>
  );
}

/** What is in the cart, as it is now, and what one can do about it. */
export function CartRow({ line }: { line: CartLine }) {
  const { t, i18n } = useTranslation();
  const { setLine } = useSetCartLine();
  const title = line.title ?? t('carts.goneName');
  const change = (quantity: number) =>
    setLine({ variantId: line.id, quantity, seenAmount: line.seen_amount });
  const money = (amount: number) => formatMoney(amount, line.currency ?? '', i18n.language);
  return (
    <div className="flex gap-4 py-5">
      <Picture path={line.picture_path} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <div className="min-w-0">
            <h2 className="font-semibold break-words">
              {line.product_id === null ? (
                title
              ) : (
                <Link to={`/p/${line.product_id}`} className="hover:underline">
                  {title}
                </Link>
              )}
            </h2>
            {line.variant_title && (
              <p className="text-sm text-muted-foreground">{line.variant_title}</p>
            )}
            {line.store_name !== null && (
              <p className="text-sm text-muted-foreground">
                {t('carts.soldBy', { store: line.store_name })}
              </p>
            )}
          </div>
          {line.amount !== null && (
            <p className="font-bold tabular-nums">{money(line.amount * line.quantity)}</p>
          )}
        </div>
        <CartNotice line={line} />
        <div className="mt-1 flex flex-wrap items-center gap-2">
          {line.amount !== null && (
            <QuantityStepper
              title={title}
              quantity={line.quantity}
              most={mostOf(line)}
              onChange={change}
            />
          )}
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('carts.remove', { title })}
            onClick={() => change(0)}
          >
            <Trash2Icon aria-hidden="true" />
          </Button>
          {line.amount !== null && line.quantity > 1 && (
            <p className="text-sm text-muted-foreground tabular-nums">
              {t('carts.each', { amount: money(line.amount) })}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
