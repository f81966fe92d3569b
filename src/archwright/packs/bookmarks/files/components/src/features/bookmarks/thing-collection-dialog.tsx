import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import type { ThingCollection } from './thing-collections-api';
import { useNameThingCollection } from './use-thing-collections';

const schema = z.object({ name: z.string().trim().min(1).max(60) });

interface ThingCollectionDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one to rename; null for a new one. */
  collection: ThingCollection | null;
  onNamed?: (id: string) => void;
}

/** Names a collection, new or old. */
export function ThingCollectionDialog(props: ThingCollectionDialogProps) {
  const { t } = useTranslation();
  const { open, onOpenChange, collection, onNamed } = props;
  const form = useId();
  const { mutate, error, isPending, reset } = useNameThingCollection();
  const change = (next: boolean) => {
    reset();
    onOpenChange(next);
  };
  const save = (name: string) =>
    mutate(
      { id: collection?.id ?? null, name },
      {
        onSuccess: (id) => {
          change(false);
          onNamed?.(id);
        },
      },
    );
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t(collection ? 'bookmarks.renameTitle' : 'bookmarks.newCollection')}
      footer={
        <Button type="submit" form={form} pending={isPending}>
          {t(collection ? 'bookmarks.saveName' : 'bookmarks.create')}
        </Button>
      }
    >
      <NameForm id={form} name={collection?.name ?? ''} error={error} onSave={save} />
    </Dialog>
  );
}

interface NameFormProps {
  id: string;
  name: string;
  error: Error | null;
  onSave: (name: string) => void;
}

function NameForm({ id, name, error, onSave }: NameFormProps) {
  const { t } = useTranslation();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name } });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        // the dialog stands inside a sheet: React would pass the event on to a form around it
        event.stopPropagation();
        void form.handleSubmit((values) => onSave(values.name))(event);
      }}
    >
      <FormField control={form.control} name="name" label={t('bookmarks.name')}>
        {(field) => <Input maxLength={60} {...field} />}
      </FormField>
      <FormError error={error} />
    </form>
  );
}
