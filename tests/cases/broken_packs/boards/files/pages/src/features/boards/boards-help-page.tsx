import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';

export function Component() {
  const { t } = useTranslation();
  return <Page title={t('boards.help')}>{t('boards.empty')}</Page>;
}
