import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchDays, fetchTopVideos } from './statistics-api';

export function useDays(days: number) {
  return useQuery({
    queryKey: ['videos', 'statistics', 'days', days],
    queryFn: ({ signal }) => fetchDays(days, signal),
    placeholderData: keepPreviousData,
  });
}

export function useTopVideos(days: number) {
  return useQuery({
    queryKey: ['videos', 'statistics', 'top', days],
    queryFn: ({ signal }) => fetchTopVideos(days, signal),
    placeholderData: keepPreviousData,
  });
}
