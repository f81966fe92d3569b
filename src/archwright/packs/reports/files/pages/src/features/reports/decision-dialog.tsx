import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { Select, SelectItem } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { isReason, type Decision } from './moderation-api';
import { reportReasons, type ReportReason } from './reports-api';
import { useDecide } from './use-moderation';

const spans = ['1', '7', '30', '365'] as const;

interface DecisionDialogProps {
  /** Where it says no reason, none is asked for: what is undone broke no rule. */
  decision: Omit<Decision, 'note' | 'days'>;
  onClose: () => void;
}

function SpanField({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <Label htmlFor="decision-days">{t('reports.days')}</Label>
      <Select id="decision-days" value={days} onValueChange={onChange}>
        {spans.map((span) => (
          <SelectItem key={span} value={span}>
            {t(`reports.days_${span}`)}
          </SelectItem>
        ))}
      </Select>
    </div>
  );
}

interface ReasonFieldProps {
  reason: ReportReason;
  onChange: (reason: ReportReason) => void;
}

function ReasonField({ reason, onChange }: ReasonFieldProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <Label htmlFor="decision-reason">{t('reports.ruleBroken')}</Label>
      <Select
        id="decision-reason"
        aria-describedby="decision-reason-hint"
        value={reason}
        onValueChange={(value) => {
          if (isReason(value, reportReasons)) onChange(value);
        }}
      >
        {reportReasons.map((one) => (
          <SelectItem key={one} value={one}>
            {t(`reports.reasons.${one}`)}
          </SelectItem>
        ))}
      </Select>
      <p id="decision-reason-hint" className="text-sm text-muted-foreground">
        {t('reports.ruleHint')}
      </p>
    </div>
  );
}

/** Asks for a reason and a note, and for how long a suspension lasts, before a decision is carried out. */
export function DecisionDialog({ decision, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [days, setDays] = useState('7');
  const decide = useDecide();
  const { action } = decision;
  const [reason, setReason] = useState(decision.reason);
  const isSanction = action === 'remove' || action === 'suspend';
  const confirm = () =>
    decide.mutate(
      { ...decision, reason: isSanction ? reason : null, note: note.trim(), days: Number(days) },
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
            variant={isSanction ? 'destructive' : 'primary'}
            pending={decide.isPending}
            onClick={confirm}
          >
            {t(`reports.actions.${action}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {action === 'suspend' && <SpanField days={days} onChange={setDays} />}
        {isSanction && reason !== null && <ReasonField reason={reason} onChange={setReason} />}
        <div className="flex flex-col gap-2">
          <Label htmlFor="decision-note">{t('reports.note')}</Label>
          <Textarea
            id="decision-note"
            aria-describedby="decision-note-hint"
            rows={3}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <p id="decision-note-hint" className="text-sm text-muted-foreground">
            {t('reports.noteHint')}
          </p>
        </div>
        <FormError error={decide.error} />
      </div>
    </Dialog>
  );
}
