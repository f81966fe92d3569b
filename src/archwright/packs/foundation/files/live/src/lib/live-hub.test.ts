import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLive } from '@/test/fake-live';
import { createLiveHub } from './live-hub';

const TOPIC = 'films:f1';

describe('the hub of topics', () => {
  let live: ReturnType<typeof fakeLive>;
  let hub: ReturnType<typeof createLiveHub>;
  const listener = () => ({ onJoined: vi.fn(), onMessage: vi.fn() });
  const settled = (time = 0) => vi.advanceTimersByTimeAsync(time);

  beforeEach(() => {
    vi.useFakeTimers();
    live = fakeLive();
    hub = createLiveHub();
  });
  afterEach(() => {
    hub.close();
    vi.useRealTimers();
  });

  it('joins a private channel as whoever is signed in', async () => {
    hub.listen(TOPIC, listener());
    await settled();
    expect(live.setAuth).toHaveBeenCalledBefore(live.channel);
    expect(live.channel).toHaveBeenCalledExactlyOnceWith(TOPIC, { config: { private: true } });
  });

  it('has one channel for all who listen, and none once they have gone', async () => {
    const [one, two] = [listener(), listener()];
    const leaveOne = hub.listen(TOPIC, one);
    const leaveTwo = hub.listen(TOPIC, two);
    await settled();
    live.join(TOPIC);
    live.tell(TOPIC, 'films');
    for (const { onJoined, onMessage } of [one, two]) {
      expect(onJoined).toHaveBeenCalledOnce();
      expect(onMessage).toHaveBeenCalledExactlyOnceWith('changed', { changed: ['films'] });
    }
    leaveOne();
    await settled(10_000);
    expect(live.topics()).toEqual([TOPIC]);
    leaveTwo();
    await settled(10_000);
    expect(live.topics()).toEqual([]);
    expect(hub.status()).toBe('off');
  });

  it('leaves nothing behind after a thousand visits', async () => {
    for (let visit = 0; visit < 1000; visit += 1) hub.listen(TOPIC, listener())();
    await settled();
    expect(live.channel).toHaveBeenCalledTimes(1);
    await settled(10_000);
    expect(live.topics()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets whoever comes later ask for what nobody heard', async () => {
    hub.listen(TOPIC, listener());
    await settled();
    live.join(TOPIC);
    const late = listener();
    hub.listen(TOPIC, late);
    expect(late.onJoined).toHaveBeenCalledOnce();
  });

  it('says after a while that nothing comes through, and that it does again', async () => {
    const { onJoined, ...rest } = listener();
    hub.listen(TOPIC, { onJoined, ...rest });
    await settled();
    live.join(TOPIC);
    expect(hub.status()).toBe('live');
    live.state(TOPIC, 'CHANNEL_ERROR');
    await settled(4000);
    expect(hub.status()).toBe('joining');
    await settled(2000);
    expect(hub.status()).toBe('lost');
    live.join(TOPIC);
    expect(hub.status()).toBe('live');
    expect(onJoined).toHaveBeenCalledTimes(2);
  });

  it('says nothing of an interruption that is over soon', async () => {
    const seen: string[] = [];
    hub.watch(() => seen.push(hub.status()));
    hub.listen(TOPIC, listener());
    await settled();
    live.join(TOPIC);
    live.state(TOPIC, 'TIMED_OUT');
    await settled(3000);
    live.join(TOPIC);
    await settled(10_000);
    expect(seen).not.toContain('lost');
  });

  it('opens a channel anew that the server has closed, less and less often', async () => {
    hub.listen(TOPIC, listener());
    await settled();
    live.join(TOPIC);
    for (const opened of [2, 3, 4]) {
      live.state(TOPIC, 'CLOSED');
      await settled(2 ** (opened - 2) * 1000);
      expect(live.channel).toHaveBeenCalledTimes(opened);
    }
  });

  it('sends only where it is heard', async () => {
    hub.listen(TOPIC, listener());
    await settled();
    hub.send(TOPIC, 'typing', {});
    expect(live.sent(TOPIC)).toEqual([]);
    live.join(TOPIC);
    hub.send(TOPIC, 'typing', { by: 'ann' });
    expect(live.sent(TOPIC)).toEqual([
      { type: 'broadcast', event: 'typing', payload: { by: 'ann' } },
    ]);
  });

  it('leaves all topics at once', async () => {
    hub.listen(TOPIC, listener());
    hub.listen('person:ann', listener());
    await settled();
    hub.close();
    expect(live.topics()).toEqual([]);
    expect(hub.status()).toBe('off');
  });
});
