import { PinIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';

/** Leads to the boards from every page. */
export function BoardsLink() {
  const { t } = useTranslation();
  return (
    <Button size="icon" variant="ghost" asChild>
      <Link to="/boards" aria-label={t('boards.title')}>
        <PinIcon aria-hidden="true" />
      </Link>
    </Button>
  );
}
