import { CompassIcon, TriangleAlertIcon, type LucideIcon } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '@/components/ui/button';
import { isNotLoaded, useReloadWhenBack } from './reload-when-back';

interface PanelProps {
  icon: LucideIcon;
  title: string;
  text: string;
  children: ReactNode;
}

function Panel({ icon: Icon, title, text, children }: PanelProps) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-4 px-6 py-16 text-center">
      <title>{`${title} · ${t('app.name')}`}</title>
      <span className="grid size-16 place-items-center rounded-2xl bg-muted text-muted-foreground">
        <Icon aria-hidden="true" className="size-8" />
      </span>
      <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
      <p className="text-muted-foreground">{text}</p>
      {children}
    </div>
  );
}

/** What is not there, or not there for this person: the two look alike on purpose. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Panel icon={CompassIcon} title={t('app.notFoundTitle')} text={t('app.notFoundText')}>
      <Button asChild>
        <Link to="/">{t('app.backHome')}</Link>
      </Button>
    </Panel>
  );
}

/** The last resort of a page that threw, or whose code could not be loaded: that is tried again. */
export function RouteError() {
  const { t } = useTranslation();
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;

  const notLoaded = isNotLoaded(error);
  useReloadWhenBack(notLoaded);

  useEffect(() => {
    if (!missing && !notLoaded) console.error(error);
  }, [error, missing, notLoaded]);

  if (missing) return <NotFound />;
  const text = notLoaded ? t('app.errorNotLoaded') : t('app.errorText');
  return (
    <div role="alert">
      <Panel icon={TriangleAlertIcon} title={t('app.errorTitle')} text={text}>
        <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
      </Panel>
    </div>
  );
}
