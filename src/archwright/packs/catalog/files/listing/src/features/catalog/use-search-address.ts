import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readSearch, writeSearch, type Search } from './product-search';

/** The search that is part of the address, and a way to change it. */
export function useSearchAddress(): [Search, (search: Search) => void] {
  const [address, setAddress] = useSearchParams();
  const search = useMemo(() => readSearch(address), [address]);
  const change = (next: Search) => setAddress(writeSearch(next), { preventScrollReset: true });
  return [search, change];
}
