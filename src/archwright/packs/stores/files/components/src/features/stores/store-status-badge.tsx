import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/ui/badge';
import { statusKeys } from './store-roles';
import type { StoreStatus } from './stores-api';

const variants = { active: 'success', suspended: 'destructive', closed: 'neutral' } as const;

export function StoreStatusBadge({ status }: { status: StoreStatus }) {
  const { t } = useTranslation();
  return <Badge variant={variants[status]}>{t(statusKeys[status])}</Badge>;
}
