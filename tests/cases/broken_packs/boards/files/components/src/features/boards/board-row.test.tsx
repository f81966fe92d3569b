import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { BoardRow } from './board-row';

it('shows the title', () => {
  fakeRest({});
  const board = { id: 'a', user_id: 'u', title: 'Trips', created_at: '2026-01-01T00:00:00Z' };
  renderPage(<BoardRow board={board} />);
  expect(screen.getByText('Trips')).toBeInTheDocument();
});
