import { render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FullPage } from './full-page';
import { NotFound, RouteError } from './route-error';

function Broken(): never {
  throw new Error('broken page');
}

const Nothing = () => null;

const notLoaded = () =>
  Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/feed.js'));

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
      { path: '/new', lazy: notLoaded, HydrateFallback: Nothing, errorElement },
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
    expect(screen.getByRole('link', { name: 'Back to the home page' })).toHaveAttribute(
      'href',
      '/',
    );
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

describe('a page whose code does not arrive', () => {
  const reload = vi.fn();
  const asked = vi.fn<typeof fetch>();

  beforeEach(() => {
    sessionStorage.clear();
    reload.mockReset();
    asked.mockReset().mockRejectedValue(new TypeError('Failed to fetch'));
    vi.spyOn(window.location, 'reload').mockImplementation(reload);
    vi.stubGlobal('fetch', asked);
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('comes once the server answers', async () => {
    renderAt('/new');
    expect(await screen.findByRole('alert')).toHaveTextContent('once the connection is back');
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked.mock.calls.length).toBeGreaterThan(1);
    expect(reload).not.toHaveBeenCalled();
    asked.mockResolvedValue(new Response());
    await vi.advanceTimersByTimeAsync(5000);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('does not reload again and again what stays away', async () => {
    asked.mockResolvedValue(new Response());
    const { unmount } = renderAt('/new');
    await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    unmount();
    renderAt('/new');
    expect(await screen.findByRole('button', { name: 'Reload' })).toBeInTheDocument();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('leaves it to people where nothing can be noted', async () => {
    asked.mockResolvedValue(new Response());
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: blocked });
    renderAt('/new');
    expect(await screen.findByRole('button', { name: 'Reload' })).toBeInTheDocument();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reload).not.toHaveBeenCalled();
  });
});
