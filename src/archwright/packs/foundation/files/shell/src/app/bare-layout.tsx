import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { OfflineBar, PendingBar } from './status-bars';

/** The frame of pages that stand alone, such as signing in: a mark, and a card in the middle. */
export function BareLayout() {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-dvh flex-col bg-muted/40">
      <PendingBar />
      <OfflineBar />
      <main
        id="main"
        className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-6 px-4 py-10"
      >
        <Link
          to="/"
          className="mx-auto flex h-11 items-center gap-3 rounded-xl px-2 focus-visible:outline-2"
        >
          <img src="/favicon.svg" alt="" className="size-10" />
          <span className="text-2xl font-extrabold tracking-tight">{t('app.name')}</span>
        </Link>
        <div className="rounded-2xl border bg-card p-6 text-card-foreground shadow-sm sm:p-8">
          <Outlet />
        </div>
      </main>
    </div>
  );
}
