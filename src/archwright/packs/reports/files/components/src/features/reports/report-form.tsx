import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Select, SelectItem } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { reportReasons } from './reports-api';
import { useSendReport } from './use-moderation';

const schema = z.object({
  reason: z.enum(reportReasons),
  details: z.string().trim().max(1000),
});

interface ReportFormProps {
  subject: { kind: string; id: string };
  onDone: () => void;
}

export function ReportForm({ subject, onDone }: ReportFormProps) {
  const { t } = useTranslation();
  const report = useSendReport();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { details: '' } });
  const send = (values: z.infer<typeof schema>) =>
    report.mutate({ ...subject, ...values }, { onSuccess: onDone });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit(send)(event)}
    >
      <FormField control={form.control} name="reason" label={t('reports.reason')}>
        {({ onChange, value, ...field }) => (
          <Select
            {...field}
            value={value ?? ''}
            onValueChange={onChange}
            placeholder={t('reports.chooseReason')}
          >
            {reportReasons.map((reason) => (
              <SelectItem key={reason} value={reason}>
                {t(`reports.reasons.${reason}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      <FormField control={form.control} name="details" label={t('reports.details')} optional>
        {(field) => <Textarea {...field} rows={3} maxLength={1000} />}
      </FormField>
      <FormError error={report.error} />
      <Button type="submit" pending={report.isPending} className="self-end">
        {t('reports.send')}
      </Button>
    </form>
  );
}
