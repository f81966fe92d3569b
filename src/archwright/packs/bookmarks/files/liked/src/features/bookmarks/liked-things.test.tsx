import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { PAGE_SIZE } from '@/lib/keyset';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { LikedThings } from './liked-things';
import { fetchLikedThings } from './liked-things-api';

const { t } = i18n;
const { signal } = new AbortController();

describe('fetchLikedThings', () => {
  it('goes on after the like that it stopped at', async () => {
    const likes = Array.from({ length: PAGE_SIZE }, (_, n) => ({
      id: `thing ${n}`,
      created_at: '2026-01-01',
      liked: { id: `thing ${n}` },
    }));
    const rest = fakeRest({ thing_likes: likes });
    const page = await fetchLikedThings({ at: '2026-01-02', id: 'x' }, signal);
    expect(page.rows).toHaveLength(PAGE_SIZE);
    expect(page.next).toEqual({ at: '2026-01-01', id: `thing ${PAGE_SIZE - 1}` });
    const [input] = rest.mock.calls[0] ?? [];
    const { searchParams } = new URL(input instanceof Request ? input.url : (input ?? ''));
    expect(searchParams.get('created_at')).toBe('lte.2026-01-02');
    expect(searchParams.get('or')).toBe('(created_at.lt."2026-01-02",thing_id.lt.x)');
  });
});

describe('LikedThings', () => {
  it('says when there is nothing', async () => {
    fakeRest({ thing_likes: [] });
    renderPage(<LikedThings />, { userId: 'ann' });
    expect(await screen.findByText(t('bookmarks.likedEmptyTitle'))).toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    fakeRest({ thing_likes: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<LikedThings />, { userId: 'ann' });
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
