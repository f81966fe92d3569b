import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRefresher } from './live-refresh';

describe('the refresher', () => {
  let client: QueryClient;
  let answer: (rows: string[]) => void;
  const fetchFilms = vi.fn<() => Promise<string[]>>();
  let stop: () => void;
  let refresher: ReturnType<typeof createRefresher>;
  const settled = (time = 0) => vi.advanceTimersByTimeAsync(time);

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    fetchFilms.mockReset().mockResolvedValue(['one']);
    const observer = new QueryObserver(client, {
      queryKey: ['films', 'list'],
      queryFn: fetchFilms,
      staleTime: Infinity,
    });
    stop = observer.subscribe(() => undefined);
    refresher = createRefresher(client);
    await settled();
    fetchFilms.mockClear();
  });
  afterEach(() => {
    stop();
    refresher.stop();
    client.clear();
    vi.useRealTimers();
  });

  it('fetches what is on screen of a table, and nothing of others', async () => {
    refresher.mark(['people']);
    await settled(1000);
    expect(fetchFilms).not.toHaveBeenCalled();
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('makes one fetch of a burst, and another one for what came meanwhile', async () => {
    fetchFilms.mockImplementation(() => new Promise((resolve) => void (answer = resolve)));
    for (let news = 0; news < 50; news += 1) refresher.mark(['films']);
    await settled();
    expect(fetchFilms).toHaveBeenCalledOnce();
    for (let news = 0; news < 50; news += 1) refresher.mark(['films']);
    await settled(5000);
    expect(fetchFilms).toHaveBeenCalledOnce();
    answer(['two']);
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    answer(['three']);
    await settled(5000);
    expect(fetchFilms).toHaveBeenCalledTimes(2);
    expect(client.getQueryData(['films', 'list'])).toEqual(['three']);
  });

  it('waits for a change of the same table that is under way', async () => {
    let done: () => void = () => undefined;
    const change = client.getMutationCache().build(client, {
      mutationKey: ['films', 'add'],
      mutationFn: () => new Promise<void>((resolve) => void (done = resolve)),
    });
    void change.execute(undefined);
    refresher.mark(['films']);
    await settled(1000);
    expect(fetchFilms).not.toHaveBeenCalled();
    done();
    await settled(1000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('does not wait for ever', async () => {
    const change = client.getMutationCache().build(client, {
      mutationKey: ['films', 'add'],
      mutationFn: () => new Promise<void>(() => undefined),
    });
    void change.execute(undefined);
    refresher.mark(['films']);
    await settled(60_000);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('spreads the fetches of many', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    refresher.mark(['films'], 1000);
    await settled(499);
    expect(fetchFilms).not.toHaveBeenCalled();
    await settled(1);
    expect(fetchFilms).toHaveBeenCalledOnce();
  });

  it('does nothing any more once it is stopped', async () => {
    refresher.mark(['films'], 1000);
    refresher.stop();
    await settled(5000);
    expect(fetchFilms).not.toHaveBeenCalled();
  });
});
