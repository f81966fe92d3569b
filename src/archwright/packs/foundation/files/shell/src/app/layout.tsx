import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { AccountMenu } from './account-menu';
import { BottomBar } from './bottom-bar';
import { SideBar } from './side-bar';
import { OfflineBar, PendingBar } from './status-bars';

/** Moves the focus to a page that was navigated to, so that a screen reader starts there. */
function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

/** The frame of the app: header, navigation, and the page in the middle. */
export function Layout() {
  const { t } = useTranslation();
  const main = useFocusOnNavigation();
  return (
    <div className="app-frame flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-full bg-primary px-5 py-3 font-semibold text-primary-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t('app.skipToContent')}
      </a>
      <PendingBar />
      <SideBar />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-(--header-height) shrink-0 items-center justify-between gap-3 border-b bg-background/90 px-4 backdrop-blur-md md:justify-end md:border-transparent md:px-6">
          <Link
            to="/"
            className="flex h-11 min-w-0 items-center gap-2.5 rounded-lg focus-visible:outline-2 focus-visible:outline-offset-2 md:hidden"
          >
            <img src="/favicon.svg" alt="" className="size-8 shrink-0" />
            <span className="truncate text-lg font-extrabold tracking-tight">{t('app.name')}</span>
          </Link>
          <div className="flex items-center gap-1">
            {/*% slot "layout.header" %*/}
            <AccountMenu />
          </div>
        </header>
        <OfflineBar />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className="flex flex-1 flex-col pb-(--nav-height) outline-none"
        >
          <Outlet />
        </main>
      </div>
      <BottomBar />
    </div>
  );
}
