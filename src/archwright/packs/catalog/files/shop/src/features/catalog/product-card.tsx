import { Link } from 'react-router';
import { ProductPicture } from './product-picture';
import type { Product } from './products-api';

/** A product in a list; what else there is to know about it comes from other features. */
export function ProductCard({ product }: { product: Product }) {
  return (
    <article className="flex h-full flex-col gap-2">
      <Link
        to={`/p/${product.id}`}
        className="group flex flex-col gap-2 rounded-xl focus-visible:outline-2 focus-visible:outline-offset-2"
      >
        <ProductPicture picture={product.product_media[0]} decorative />
        {product.brand && (
          <span className="text-xs font-semibold text-muted-foreground">{product.brand.name}</span>
        )}
        <span className="line-clamp-2 text-sm font-semibold group-hover:underline">
          {product.title}
        </span>
      </Link>
      {/*% slot "product.card" %*/}
    </article>
  );
}
