import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { Select, SelectItem } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import type { Decision } from './moderation-api';
import { useDecide } from './use-moderation';

const spans = ['1', '7', '30', '365'] as const;

interface DecisionDialogProps {
  decision: Pick<Decision, 'kind' | 'id' | 'action'>;
  onClose: () => void;
}

/** Asks for a note, and for how long a suspension lasts, before a decision is carried out. */
export function DecisionDialog({ decision, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [days, setDays] = useState('7');
  const decide = useDecide();
  const { action } = decision;
  const confirm = () =>
    decide.mutate(
      { ...decision, note: note.trim(), days: Number(days) },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`reports.actions.${action}`)}
      description={t(`reports.confirm.${action}`)}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            variant={action === 'remove' || action === 'suspend' ? 'destructive' : 'primary'}
            pending={decide.isPending}
            onClick={confirm}
          >
            {t(`reports.actions.${action}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {action === 'suspend' && (
          <div className="flex flex-col gap-2">
            <Label htmlFor="decision-days">{t('reports.days')}</Label>
            <Select id="decision-days" value={days} onValueChange={setDays}>
              {spans.map((span) => (
                <SelectItem key={span} value={span}>
                  {t(`reports.days_${span}`)}
                </SelectItem>
              ))}
            </Select>
          </div>
        )}
        <div className="flex flex-col gap-2">
          <Label htmlFor="decision-note">{t('reports.note')}</Label>
          <Textarea
            id="decision-note"
            rows={3}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <FormError error={decide.error} />
      </div>
    </Dialog>
  );
}
