import { useTranslation } from 'react-i18next';
import { createBrowserRouter } from 'react-router';
import { FullPage } from './full-page';
import { NotFound, RouteError } from './route-error';
import { routes } from './routes';

/** Shown while the first page's code is on its way: a quiet screen, announced to screen readers. */
function HydrateFallback() {
  const { t } = useTranslation();
  return (
    <p role="status" className="sr-only">
      {t('app.loading')}
    </p>
  );
}

export const router = createBrowserRouter([
  {
    path: '/',
    errorElement: (
      <FullPage>
        <RouteError />
      </FullPage>
    ),
    HydrateFallback,
    children: [
      ...routes,
      {
        path: '*',
        element: (
          <FullPage>
            <NotFound />
          </FullPage>
        ),
      },
    ],
  },
]);
