import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { ThingLikeButton } from './thing-like-button';

const { t } = i18n;
const thing = { id: 'a', like_count: 1200, viewer_liked: true };
const name = t('likes.like', { count: 1200 });

describe('ThingLikeButton', () => {
  it('says how many like it, and that one does', () => {
    fakeRest({});
    renderPage(<ThingLikeButton thing={thing} />, { userId: 'ann' });
    expect(screen.getByRole('button', { name, pressed: true })).toHaveTextContent('1.2K');
  });

  it('takes a like back', async () => {
    const rest = fakeRest({});
    renderPage(<ThingLikeButton thing={thing} />, { userId: 'ann' });
    await userEvent.click(screen.getByRole('button', { name }));
    await vi.waitFor(() => {
      expect(rest.mock.calls.map(([, init]) => init?.method)).toContain('DELETE');
    });
  });

  it('sends guests to sign in and back', async () => {
    const rest = fakeRest({});
    const { router } = renderPage(<ThingLikeButton thing={thing} />, {
      at: '/somewhere',
      routes: [{ path: '/sign-in', element: <p>sign in here</p> }],
    });
    await userEvent.click(screen.getByRole('button', { name }));
    expect(await screen.findByText('sign in here')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?next=%2Fsomewhere');
    expect(rest).not.toHaveBeenCalled();
  });
});
