import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Category } from './categories-api';

/** Categories as a row of links. */
export function CategoryLinks({ categories }: { categories: readonly Category[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('catalog.categories')}>
      <ul className="flex flex-wrap gap-2">
        {categories.map(({ id, name, slug }) => (
          <li key={id}>
            <Link
              to={`/c/${slug}`}
              className="flex h-11 items-center rounded-full border bg-card px-4 text-sm font-semibold text-card-foreground hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:outline-offset-2"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
