import { useMutation } from '@tanstack/react-query';
import { DownloadIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useOwnProfile } from '@/features/profiles/use-profile';
import { DeleteAccountDialog } from './delete-account-dialog';
import { downloadJson } from './download';
import { exportData } from './settings-api';
import { Setting } from './setting';

/** A copy of one's data, and the end of it. */
export function DataSection() {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const profile = useOwnProfile();
  const copy = useMutation({
    mutationFn: exportData,
    onSuccess: (data) => {
      downloadJson('my-data.json', data);
      toast.success(t('settings.exported'));
    },
  });
  return (
    <SectionCard id="data" title={t('settings.data')} text={t('settings.dataText')}>
      <Setting title={t('settings.export')} text={t('settings.exportText')}>
        <FormError error={copy.error} />
        <Button variant="secondary" pending={copy.isPending} onClick={() => copy.mutate()}>
          <DownloadIcon aria-hidden="true" />
          {t('settings.exportAction')}
        </Button>
      </Setting>
      <Setting title={t('settings.delete')} text={t('settings.deleteText')}>
        <QueryState query={profile} skeleton={<Skeleton className="h-11 w-44" />}>
          {({ handle }) => (
            <>
              <Button variant="destructive" onClick={() => setDeleting(true)}>
                <Trash2Icon aria-hidden="true" />
                {t('settings.deleteAction')}
              </Button>
              {deleting && <DeleteAccountDialog handle={handle} onClose={() => setDeleting(false)} />}
            </>
          )}
        </QueryState>
      </Setting>
    </SectionCard>
  );
}
