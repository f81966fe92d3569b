import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReach } from './reach';

const NETWORK = new TypeError('Failed to fetch');

function setUp() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const reach = createReach(client);
  const stop = reach.start();
  const answer = vi.fn<() => Promise<string>>();
  const onScreen = () => {
    const query = new QueryObserver(client, { queryKey: ['videos'], queryFn: answer });
    return query.subscribe(() => undefined);
  };
  return { client, reach, stop, answer, onScreen };
}

/** Something on its way that does not get through, and is tried each second. */
function heldUp(client: QueryClient) {
  const send = vi.fn<() => Promise<void>>().mockRejectedValue(NETWORK);
  const options = { mutationFn: send, retry: true, retryDelay: 1000 };
  void new MutationObserver(client, options).mutate();
  return send;
}

const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('createReach', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells of what does not get through after a while, and fetches it until it does', async () => {
    const { client, reach, answer, onScreen } = setUp();
    const told = vi.fn();
    reach.watch(told);
    answer.mockRejectedValue(NETWORK);
    onScreen();
    await after(1000);
    expect(reach.isLost()).toBe(false);
    await after(3000);
    expect(reach.isLost()).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
    await after(12_000);
    expect(answer.mock.calls.length).toBeGreaterThanOrEqual(3);
    answer.mockResolvedValue('there');
    await after(6000);
    expect(client.getQueryData(['videos'])).toBe('there');
    expect(reach.isLost()).toBe(false);
    const tries = answer.mock.calls.length;
    await after(60_000);
    expect(answer).toHaveBeenCalledTimes(tries);
  });

  it('says so while it is tried again, too', async () => {
    const { reach, answer, onScreen } = setUp();
    const told = vi.fn();
    reach.watch(told);
    answer.mockRejectedValueOnce(NETWORK).mockReturnValueOnce(new Promise(() => undefined));
    onScreen();
    await after(60_000);
    expect(answer).toHaveBeenCalledTimes(2);
    expect(reach.isLost()).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('says nothing of a try that fails when the next one gets through', async () => {
    const { client, reach, answer, onScreen } = setUp();
    answer.mockRejectedValueOnce(NETWORK).mockResolvedValue('there');
    onScreen();
    await after(2000);
    await client.refetchQueries();
    await after(60_000);
    expect(reach.isLost()).toBe(false);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('leaves what was refused, and what nobody looks at', async () => {
    const { reach, answer, onScreen } = setUp();
    answer.mockRejectedValueOnce({ code: '42501', message: 'permission denied' });
    const leave = onScreen();
    await after(60_000);
    expect(reach.isLost()).toBe(false);
    expect(answer).toHaveBeenCalledTimes(1);
    leave();
    answer.mockRejectedValue({ code: 'PGRST000', message: 'no connection' });
    onScreen()();
    await after(60_000);
    expect(reach.isLost()).toBe(false);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('tells of what people have done and the server does not take', async () => {
    const { client, reach } = setUp();
    const send = heldUp(client);
    await after(5000);
    expect(reach.isLost()).toBe(true);
    send.mockResolvedValue(undefined);
    await after(1000);
    expect(reach.isLost()).toBe(false);
  });

  it('forgets what was on its way with the account that had sent it', async () => {
    const { client, reach } = setUp();
    heldUp(client);
    await after(5000);
    expect(reach.isLost()).toBe(true);
    client.clear();
    expect(reach.isLost()).toBe(false);
  });

  it('looks at nothing any more once it is stopped', async () => {
    const { reach, stop, answer, onScreen } = setUp();
    answer.mockRejectedValue(NETWORK);
    onScreen();
    await after(100);
    stop();
    await after(60_000);
    expect(reach.isLost()).toBe(false);
    expect(answer).toHaveBeenCalledTimes(1);
  });
});
