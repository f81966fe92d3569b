import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { formatMoney } from '@/features/stores/money';
import { useSession } from '@/lib/session';
import { subtotals } from './cart-lines';
import type { CartLine } from './carts-api';

/** What all of it costs, and where it goes on from here. */
export function CartSummary({ lines }: { lines: readonly CartLine[] }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { status } = useSession();
  return (
    <section aria-labelledby={id} className="lg:sticky lg:top-20 lg:self-start">
      <Card>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 id={id} className="font-semibold">
            {t('carts.subtotal')}
          </h2>
          <p role="status" className="flex flex-col text-xl font-bold tabular-nums">
            {subtotals(lines).map(({ currency, amount }) => (
              <span key={currency}>{formatMoney(amount, currency, i18n.language)}</span>
            ))}
          </p>
        </div>
        <p className="text-sm text-muted-foreground">{t('carts.subtotalText')}</p>
        {status === 'signed-out' && (
          <>
            <p className="text-sm">{t('carts.signInText')}</p>
            <Button asChild variant="secondary">
              <Link to="/sign-in?next=%2Fcart">{t('app.signIn')}</Link>
            </Button>
          </>
        )}
        {/*% slot "cart.actions" %*/}
      </Card>
    </section>
  );
}
