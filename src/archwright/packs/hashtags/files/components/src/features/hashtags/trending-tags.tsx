import { HashIcon } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTrendingHashtags } from './use-hashtags';

/** The hashtags in use at the moment; nothing while there are none. */
export function TrendingTags() {
  const { t } = useTranslation();
  const id = useId();
  const { data: tags = [] } = useTrendingHashtags();
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-lg font-bold">
        {t('hashtags.trending')}
      </h2>
      <ul className="flex gap-2 overflow-x-auto sm:flex-wrap">
        {tags.map(({ id: key, tag }) => (
          <li key={key} className="shrink-0">
            <Link
              to={`/tags/${encodeURIComponent(tag)}`}
              className="flex h-11 items-center gap-1 rounded-full bg-secondary px-4 text-sm font-semibold text-secondary-foreground hover:bg-accent hover:text-accent-foreground"
            >
              <HashIcon aria-hidden="true" className="size-4" />
              {tag}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
