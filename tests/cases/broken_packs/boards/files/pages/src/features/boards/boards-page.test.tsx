import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './boards-page';

it('says that nothing is pinned', async () => {
  fakeRest({ boards: [] });
  renderPage(<Component />, { userId: 'ann' });
  expect(await screen.findByText(i18n.t('boards.empty'))).toBeInTheDocument();
});
