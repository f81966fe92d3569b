import { act, render, screen } from '@testing-library/react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeLive } from '@/test/fake-live';
import { fakeAuth, fakeRest, sessionOf } from '@/test/fake-supabase';
import { Providers } from './providers';

describe('Providers', () => {
  it('say so when a session ends by itself', async () => {
    fakeRest({});
    fakeLive();
    const auth = fakeAuth();
    const router = createMemoryRouter([
      { Component: Providers, children: [{ path: '/', element: <p>page</p> }] },
    ]);
    render(<RouterProvider router={router} />);
    act(() => auth.emit('INITIAL_SESSION', sessionOf('ann')));
    expect(screen.queryByText(i18n.t('app.errorSession'))).not.toBeInTheDocument();
    act(() => auth.emit('SIGNED_OUT', null));
    expect(await screen.findByText(i18n.t('app.errorSession'))).toBeInTheDocument();
    expect(screen.getByText('page')).toBeInTheDocument();
  });
});
