import { createBrowserRouter } from 'react-router';
import { FullPage } from './full-page';
import { NotFound, RouteError } from './route-error';
import { routes } from './routes';

/** Shown while the first page's code is on its way: a quiet screen, announced to screen readers. */
function HydrateFallback() {
  return <div aria-busy="true" className="h-dvh" />;
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
