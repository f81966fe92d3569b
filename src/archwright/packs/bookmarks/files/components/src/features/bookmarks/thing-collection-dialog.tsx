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
}

/** Names a collection, new or old. */
export function ThingCollectionDialog(props: ThingCollectionDialogProps) {
  const { t } = useTranslation();
  const { open, onOpenChange, collection } = props;
  const form = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(collection ? 'bookmarks.renameTitle' : 'bookmarks.newCollection')}
      footer={
        <Button type="submit" form={form}>
          {t(collection ? 'bookmarks.saveName' : 'bookmarks.create')}
        </Button>
      }
    >
      <NameForm id={form} collection={collection} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

interface NameFormProps {
  id: string;
  collection: ThingCollection | null;
  onDone: () => void;
}

function NameForm({ id, collection, onDone }: NameFormProps) {
  const { t } = useTranslation();
  const { mutate, error } = useNameThingCollection();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: collection?.name ?? '' },
  });
  const save = ({ name }: z.infer<typeof schema>) =>
    mutate({ id: collection?.id ?? null, name }, { onSuccess: onDone });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        // the dialog stands inside a sheet: React would pass the event on to a form around it
        event.stopPropagation();
        void form.handleSubmit(save)(event);
      }}
    >
      <FormField control={form.control} name="name" label={t('bookmarks.name')}>
        {(field) => <Input maxLength={60} {...field} />}
      </FormField>
      <FormError error={error} />
    </form>
  );
}
