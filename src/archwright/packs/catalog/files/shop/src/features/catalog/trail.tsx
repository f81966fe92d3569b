import { ChevronRightIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTrail } from './use-catalog';

interface TrailProps {
  categoryId: string;
  /** The last one is the page itself. */
  here?: boolean;
}

/** Where one is in the tree of categories, from the top down. */
export function Trail({ categoryId, here = false }: TrailProps) {
  const { t } = useTranslation();
  const { data: trail = [] } = useTrail(categoryId);
  return (
    <nav aria-label={t('catalog.trail')} className="min-h-6 text-sm">
      <ol className="flex flex-wrap items-center gap-1">
        {trail.map(({ id, name, slug }, index) => {
          const last = here && index === trail.length - 1;
          return (
            <li key={id} className="flex items-center gap-1">
              {index > 0 && (
                <ChevronRightIcon aria-hidden="true" className="size-4 text-muted-foreground" />
              )}
              {last ? (
                <span aria-current="page" className="text-muted-foreground">
                  {name}
                </span>
              ) : (
                <Link to={`/c/${slug}`} className="inline-flex min-h-6 items-center text-link hover:underline">
                  {name}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
