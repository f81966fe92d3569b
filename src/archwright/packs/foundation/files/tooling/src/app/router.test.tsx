import { render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { describe, expect, it, vi } from 'vitest';
import { FullPage } from './full-page';
import { NotFound, RouteError } from './route-error';

function Broken(): never {
  throw new Error('broken page');
}

const Nothing = () => null;

function renderAt(path: string) {
  const errorElement = (
    <FullPage>
      <RouteError />
    </FullPage>
  );
  const missing = () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the router's own way to say 404
    throw new Response(null, { status: 404 });
  };
  const router = createMemoryRouter(
    [
      { path: '/broken', Component: Broken, errorElement },
      {
        path: '/missing',
        loader: missing,
        HydrateFallback: Nothing,
        Component: Nothing,
        errorElement,
      },
      { path: '*', Component: NotFound },
    ],
    { initialEntries: [path] },
  );
  return render(<RouterProvider router={router} />);
}

describe('pages of last resort', () => {
  it('says that an unknown address is not there, with a way back', async () => {
    renderAt('/nowhere');
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Page not found');
    expect(screen.getByRole('link', { name: 'Back to the home page' })).toHaveAttribute('href', '/');
    await waitFor(() => expect(document.title).toContain('Page not found'));
  });

  it('catches a page that throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    renderAt('/broken');
    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong');
    expect(screen.getByRole('button', { name: 'Reload' })).toBeInTheDocument();
  });

  it('treats a thrown 404 as a missing page', async () => {
    renderAt('/missing');
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Page not found');
  });
});
