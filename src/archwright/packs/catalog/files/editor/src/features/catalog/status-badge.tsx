import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/ui/badge';
import type { ProductStatus } from './editor-api';

const variants = { draft: 'outline', active: 'success', archived: 'neutral' } as const;
const keys = {
  draft: 'catalog.statusDraft',
  active: 'catalog.statusActive',
  archived: 'catalog.statusArchived',
} as const;

export function StatusBadge({ status }: { status: ProductStatus }) {
  const { t } = useTranslation();
  return <Badge variant={variants[status]}>{t(keys[status])}</Badge>;
}
