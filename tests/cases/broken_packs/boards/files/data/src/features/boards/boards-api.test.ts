import { expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { fetchBoards } from './boards-api';

it('asks for one page of boards', async () => {
  const rest = fakeRest({ boards: [{ id: 'a', title: 'Trips' }] });
  const boards = await fetchBoards(null, new AbortController().signal);
  expect(boards.map((board) => board.title)).toEqual(['Trips']);
  expect(rest).toHaveBeenCalledOnce();
});
