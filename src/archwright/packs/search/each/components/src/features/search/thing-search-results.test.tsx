import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { searchThings } from './thing-search-api';
import { ThingSearchResults } from './thing-search-results';

const { t } = i18n;
const { signal } = new AbortController();

describe('searchThings', () => {
  it('gives the rows in the order of their rank', async () => {
    fakeRest({
      search_things: [
        { id: 'b', rank: 2 },
        { id: 'a', rank: 1 },
      ],
      things: [{ id: 'a' }, { id: 'b' }],
    });
    const { rows, next } = await searchThings('bread', null, signal);
    expect(rows.map((row) => row.id)).toEqual(['b', 'a']);
    expect(next).toBeNull();
  });
});

describe('ThingSearchResults', () => {
//% if target.table == 'sounds'
  it('names a sound and who made it', async () => {
    const creator = { id: 'ann', handle: 'ann', display_name: 'Ann Lee', avatar_path: null };
    const sound = { id: 's1', title: 'Lake hum', creator };
    fakeRest({ search_sounds: [{ id: 's1', rank: 1 }], sounds: [sound] });
    renderPage(<ThingSearchResults query="hum" />);
    const link = await screen.findByRole('link', { name: /Lake hum.*@ann/ });
    expect(link).toHaveAttribute('href', '/sounds/s1');
  });

//% endif
  it('says when nothing matches', async () => {
    fakeRest({});
    renderPage(<ThingSearchResults query="zzz" />);
    expect(await screen.findByText(t('search.nothing'))).toBeInTheDocument();
  });

  it('can be asked again when the search fails', async () => {
    fakeRest({ search_things: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<ThingSearchResults query="bread" />);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
