import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { createMemoryRouter, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { SessionProvider } from '@/lib/session';
import { fakeAuth, sessionOf } from './fake-supabase';

interface RenderOptions {
  /** Who is signed in; nobody by default. */
  userId?: string | null;
  /** The address that is open, and the pattern that the element is the page of. */
  at?: string;
  path?: string;
  /** Other pages that the element may lead to. */
  routes?: RouteObject[];
}

/** Renders an element as a page of the app, with a cache, a session and a router of its own. */
export function renderPage(
  element: ReactElement,
  { userId = null, at = '/', path = at, routes = [] }: RenderOptions = {},
) {
  const auth = fakeAuth();
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const router = createMemoryRouter([{ path, element }, ...routes], { initialEntries: [at] });
  const view = render(
    <QueryClientProvider client={client}>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryClientProvider>,
  );
  act(() => auth.emit('INITIAL_SESSION', userId === null ? null : sessionOf(userId)));
  return { ...view, auth, client, router };
}
