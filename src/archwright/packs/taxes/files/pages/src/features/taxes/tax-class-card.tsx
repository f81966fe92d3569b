import { EllipsisIcon, StarIcon, Trash2Icon } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { errorMessage } from '@/lib/errors';
import { RateForm } from './rate-form';
import { RateList } from './rate-list';
import type { TaxClass } from './taxes-api';
import { useChangeTaxes } from './use-taxes';

/** What is taxed alike, and how. */
export function TaxClassCard({ taxClass }: { taxClass: TaxClass }) {
  const { t } = useTranslation();
  const heading = useId();
  const change = useChangeTaxes();
  const { id, name, standard } = taxClass;
  const fail = { onError: (error: Error) => toast.error(errorMessage(error, t)) };
  return (
    <section aria-labelledby={heading}>
      <Card>
        <div className="flex items-center gap-3">
          <h2 id={heading} className="min-w-0 flex-1 text-lg font-bold break-words">
            {name}
          </h2>
          {standard && <Badge>{t('taxes.standard')}</Badge>}
          {!standard && (
            <DropdownMenu
              trigger={
                <Button variant="ghost" size="icon" aria-label={t('taxes.classMenu', { name })}>
                  <EllipsisIcon aria-hidden="true" />
                </Button>
              }
            >
              <DropdownMenuItem onSelect={() => change.mutate({ kind: 'standard', id }, fail)}>
                <StarIcon aria-hidden="true" />
                {t('taxes.makeStandard')}
              </DropdownMenuItem>
              <DropdownMenuItem
                destructive
                onSelect={() => change.mutate({ kind: 'delete-class', id }, fail)}
              >
                <Trash2Icon aria-hidden="true" />
                {t('taxes.deleteClass')}
              </DropdownMenuItem>
            </DropdownMenu>
          )}
        </div>
        <RateList classId={id} name={name} />
        <RateForm classId={id} />
      </Card>
    </section>
  );
}
