import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { countryName } from '@/features/stores/store-countries';
import { errorMessage } from '@/lib/errors';
import { useFormat } from '@/lib/format';
import { today } from './rate-schema';
import type { TaxRate } from './taxes-api';
import { useChangeTaxes, useTaxRates } from './use-taxes';

function RateRow({ rate, onEnd }: { rate: TaxRate; onEnd: (place: string) => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const percent = new Intl.NumberFormat(i18n.language, {
    style: 'percent',
    maximumFractionDigits: 3,
  });
  const place = [countryName(rate.country, i18n.language), rate.region].filter(Boolean).join(', ');
  const from = format.date(rate.from);
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
      <span className="min-w-0 flex-1 basis-40 break-words">{place}</span>
      <span className="font-semibold tabular-nums">{percent.format(rate.rate)}</span>
      <span className="text-sm text-muted-foreground">
        {rate.until === null
          ? t('taxes.since', { from })
          : t('taxes.between', { from, until: format.date(rate.until) })}
      </span>
      {rate.until === null && (
        <Button
          variant="ghost"
          size="sm"
          aria-label={t('taxes.endOf', { place })}
          onClick={() => onEnd(place)}
        >
          {t('taxes.end')}
        </Button>
      )}
    </div>
  );
}

/** What a class is taxed with, where and since when. */
export function RateList({ classId, name }: { classId: string; name: string }) {
  const { t } = useTranslation();
  const rates = useTaxRates(classId);
  const change = useChangeTaxes();
  const [ending, setEnding] = useState<{ id: string; place: string } | null>(null);
  const end = (id: string) =>
    change.mutate(
      { kind: 'end-rate', id, until: today(new Date()) },
      {
        onError: (error) => toast.error(errorMessage(error, t)),
        onSettled: () => setEnding(null),
      },
    );
  return (
    <QueryState query={rates} empty={{ title: t('taxes.noRates'), text: t('taxes.noRatesText') }}>
      {(found) => (
        <>
          <ul aria-label={t('taxes.ratesOf', { name })} className="divide-y">
            {found.map((rate) => (
              <li key={rate.id}>
                <RateRow rate={rate} onEnd={(place) => setEnding({ id: rate.id, place })} />
              </li>
            ))}
          </ul>
          <ConfirmDialog
            open={ending !== null}
            onOpenChange={() => setEnding(null)}
            title={t('taxes.endTitle', { place: ending?.place ?? '' })}
            text={t('taxes.endText')}
            confirmLabel={t('taxes.endAction')}
            destructive
            pending={change.isPending}
            onConfirm={() => ending && end(ending.id)}
          />
        </>
      )}
    </QueryState>
  );
}
