import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import type { NavigationEntry } from './navigation';
import { useNavigationEntries } from './use-navigation-entries';

/** What fits side by side on a phone; the account menu has the rest. */
export const BOTTOM_BAR_ENTRIES = 4;

function BottomLink({ entry: { to, labelKey, icon: Icon } }: { entry: NavigationEntry }) {
  const { t } = useTranslation();
  return (
    <NavLink
      to={to}
      end={to === '/'}
      className="flex h-full min-w-0 flex-1 flex-col items-center justify-center gap-1 text-[0.6875rem] leading-none font-medium text-muted-foreground transition-colors focus-visible:outline-2 focus-visible:-outline-offset-2 aria-[current=page]:font-bold aria-[current=page]:text-foreground [&[aria-current=page]>svg]:text-link"
    >
      <Icon aria-hidden="true" className="size-6" />
      <span className="max-w-full truncate px-1">{t(labelKey)}</span>
    </NavLink>
  );
}

/** Navigation on phones, within reach of the thumb. */
export function BottomBar() {
  const { t } = useTranslation();
  const { main, create } = useNavigationEntries();
  const entries = main.slice(0, BOTTOM_BAR_ENTRIES);
  const middle = Math.ceil(entries.length / 2);
  if (entries.length + create.length === 0) return null;
  return (
    <nav
      aria-label={t('app.navigation')}
      className="fixed inset-x-0 bottom-0 z-40 flex h-(--nav-height) items-center border-t bg-background/90 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
    >
      {entries.slice(0, middle).map((entry) => (
        <BottomLink key={entry.to} entry={entry} />
      ))}
      {create.map(({ to, labelKey, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          aria-label={t(labelKey)}
          className="mx-2 grid h-11 w-14 shrink-0 place-items-center rounded-2xl bg-primary text-primary-foreground transition-transform focus-visible:outline-2 focus-visible:outline-offset-2 active:scale-95"
        >
          <Icon aria-hidden="true" className="size-6" />
        </Link>
      ))}
      {entries.slice(middle).map((entry) => (
        <BottomLink key={entry.to} entry={entry} />
      ))}
    </nav>
  );
}
