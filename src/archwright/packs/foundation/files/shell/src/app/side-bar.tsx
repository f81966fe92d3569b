import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { Button } from '@/components/ui/button';
import type { NavigationEntry } from './navigation';
import { useNavigationEntries } from './use-navigation-entries';

function SideLink({ entry: { to, labelKey, icon: Icon } }: { entry: NavigationEntry }) {
  const { t } = useTranslation();
  return (
    <NavLink
      to={to}
      end={to === '/'}
      title={t(labelKey)}
      className="group flex h-12 items-center gap-4 rounded-xl px-3.5 font-medium text-muted-foreground transition-colors hover:bg-accent hover:text-foreground focus-visible:outline-2 focus-visible:-outline-offset-2 aria-[current=page]:font-bold aria-[current=page]:text-foreground"
    >
      <Icon
        aria-hidden="true"
        className="size-6 shrink-0 group-aria-[current=page]:[stroke-width:2.5] group-aria-[current=page]:text-link"
      />
      <span className="sr-only truncate lg:not-sr-only">{t(labelKey)}</span>
    </NavLink>
  );
}

/** Navigation from medium screens up: icons, with words where there is room. */
export function SideBar() {
  const { t } = useTranslation();
  const { main, create, staff } = useNavigationEntries();
  return (
    <aside className="sticky top-0 hidden h-dvh shrink-0 flex-col gap-6 border-r p-3 md:flex lg:w-64">
      <Link
        to="/"
        className="flex h-10 items-center gap-3 rounded-xl px-2 focus-visible:outline-2 focus-visible:-outline-offset-2"
      >
        <img src="/favicon.svg" alt="" className="size-9" />
        <span className="sr-only truncate text-xl font-extrabold tracking-tight lg:not-sr-only">
          {t('app.name')}
        </span>
      </Link>
      <nav aria-label={t('app.navigation')} className="flex min-h-0 flex-col gap-1 overflow-y-auto">
        {main.map((entry) => (
          <SideLink key={entry.to} entry={entry} />
        ))}
        {create.map(({ to, labelKey, icon: Icon }) => (
          <Button key={to} asChild size="lg" className="mt-3 px-3.5 lg:px-6">
            <Link to={to}>
              <Icon aria-hidden="true" />
              <span className="sr-only lg:not-sr-only">{t(labelKey)}</span>
            </Link>
          </Button>
        ))}
        {staff.length > 0 && (
          <>
            <h2 className="mt-5 hidden px-3.5 pb-1 text-xs font-semibold text-muted-foreground lg:block">
              {t('app.staff')}
            </h2>
            {staff.map((entry) => (
              <SideLink key={entry.to} entry={entry} />
            ))}
          </>
        )}
      </nav>
    </aside>
  );
}
