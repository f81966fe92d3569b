import { Link } from 'react-router';
import { splitText } from './split-text';

const linkClasses =
  'rounded-sm font-semibold hover:underline focus-visible:outline-2 focus-visible:outline-offset-2';

/** What a member wrote, with #tags and @names as links. Line breaks stay. */
export function RichText({ text }: { text: string }) {
  return (
    <span className="wrap-anywhere whitespace-pre-line">
      {splitText(text).map(({ at, text: piece, to }) =>
        to === null ? (
          piece
        ) : (
          <Link key={at} to={to} className={linkClasses}>
            {piece}
          </Link>
        ),
      )}
    </span>
  );
}
