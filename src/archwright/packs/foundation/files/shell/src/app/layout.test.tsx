import { onlineManager } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Link } from 'react-router';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Layout } from './layout';

const { t } = i18n;

function renderLayout(userId: string | null) {
  return renderPage(<p>elsewhere</p>, {
    at: '/films?page=2',
    path: '/elsewhere',
    userId,
    routes: [
      {
        Component: Layout,
        children: [
          { path: '/films', element: <Link to="/people">people</Link> },
          { path: '/people', element: <p>all the people</p> },
        ],
      },
      { path: '*', element: null },
    ],
  });
}

describe('Layout', () => {
  beforeEach(() => void fakeRest({}));
  afterEach(() => onlineManager.setOnline(true));

  it('leads past the navigation to the page', () => {
    renderLayout(null);
    expect(screen.getByRole('link', { name: t('app.skipToContent') })).toHaveAttribute(
      'href',
      '#main',
    );
    expect(screen.getByRole('main')).toHaveAttribute('id', 'main');
  });

  it('invites guests to sign in and come back', () => {
    renderLayout(null);
    expect(screen.getByRole('link', { name: t('app.signIn') })).toHaveAttribute(
      'href',
      '/sign-in?next=%2Ffilms%3Fpage%3D2',
    );
  });

  it('lets members sign out', async () => {
    renderLayout('ann');
    await userEvent.click(screen.getByRole('button', { name: t('app.account') }));
    expect(screen.getByText('ann@example.com')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('menuitem', { name: t('app.signOut') }));
    expect(await screen.findByRole('link', { name: t('app.signIn') })).toBeInTheDocument();
  });

  it('changes the theme', async () => {
    renderLayout(null);
    await userEvent.click(screen.getByRole('button', { name: t('app.theme') }));
    await userEvent.click(screen.getByRole('menuitemradio', { name: t('app.themeDark') }));
    expect(document.documentElement).toHaveClass('dark');
  });

  it('moves the focus to the page that was navigated to', async () => {
    renderLayout(null);
    await userEvent.click(screen.getByRole('link', { name: 'people' }));
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
    expect(screen.getByText('all the people')).toBeInTheDocument();
  });

  it('says when there is no connection', () => {
    renderLayout(null);
    expect(screen.queryByText(t('app.offline'))).not.toBeInTheDocument();
    act(() => onlineManager.setOnline(false));
    expect(screen.getByText(t('app.offline'))).toBeInTheDocument();
  });
});
