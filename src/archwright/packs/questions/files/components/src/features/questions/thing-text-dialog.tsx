import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Textarea } from '@/components/ui/textarea';

/** What the database takes for HTML, and refuses. */
const TAG = /<\/?[a-z!][^<>]*>/iu;

interface ThingTextDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  label: string;
  sendLabel: string;
  /** How short and how long the text may be. */
  least: number;
  most: number;
  /** What was written before. */
  text?: string;
  pending: boolean;
  error: unknown;
  onSend: (text: string) => void;
}

/** Where a question is asked, or answered. */
export function ThingTextDialog({
  open,
  onOpenChange,
  title,
  description,
  sendLabel,
  pending,
  ...form
}: ThingTextDialogProps) {
  const id = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <Button type="submit" form={id} pending={pending}>
          {sendLabel}
        </Button>
      }
    >
      <TextForm id={id} {...form} />
    </Dialog>
  );
}

type TextFormProps = Pick<
  ThingTextDialogProps,
  'label' | 'least' | 'most' | 'text' | 'error' | 'onSend'
> & { id: string };

function TextForm({ id, label, least, most, text = '', error, onSend }: TextFormProps) {
  const plain = z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((words) => !TAG.test(words), 'questions.plainText');
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(z.object({ body: plain })),
    defaultValues: { body: text },
  });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(({ body }) => onSend(body))(event)}
    >
      <FormField control={control} name="body" label={label}>
        {(field) => <Textarea {...field} rows={4} maxLength={most} />}
      </FormField>
      <FormError error={error} />
    </form>
  );
}
