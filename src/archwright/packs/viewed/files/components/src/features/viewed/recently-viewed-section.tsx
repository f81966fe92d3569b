import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProductCard } from '@/features/catalog/product-card';
import { useViewedProducts } from './use-product-views';

/** The latest few of what a member looked at; nothing for those who have not looked at anything. */
export function RecentlyViewedSection() {
  const { t } = useTranslation();
  const { data: viewed = [] } = useViewedProducts();
  if (viewed.length === 0) return null;
  return (
    <section aria-labelledby="recently-viewed" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 id="recently-viewed" className="text-xl font-bold">
          {t('viewed.title')}
        </h2>
        <Link
          to="/viewed"
          className="inline-flex min-h-11 items-center text-sm font-semibold text-link hover:underline"
        >
          {t('viewed.all')}
        </Link>
      </div>
      <ul aria-label={t('viewed.title')} className="grid grid-cols-3 gap-4 md:grid-cols-6">
        {viewed.slice(0, 6).map((product) => (
          <li key={product.id} className="min-w-0">
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
    </section>
  );
}
