import { describe, expect, it } from 'vitest';
import { WatchMeter } from './watch-meter';

function watch(...places: number[]) {
  const meter = new WatchMeter(0);
  for (const place of places) meter.move(place);
  return meter;
}

describe('WatchMeter', () => {
  it('tells nothing before two seconds', () => {
    const meter = watch(1, 1.9);
    expect(meter.begun).toBe(false);
    expect(meter.report(10)).toBeNull();
  });

  it('tells once what it has told', () => {
    const meter = watch(1, 2);
    expect(meter.begun).toBe(true);
    expect(meter.report(10)).toEqual({ watchedMs: 2000, completed: false });
    expect(meter.begun).toBe(false);
    expect(meter.report(10)).toBeNull();
    meter.move(3.5);
    expect(meter.report(10)).toEqual({ watchedMs: 3500, completed: false });
  });

  it('does not take a jump for watching', () => {
    expect(watch(1, 9, 10).report(10)).toEqual({ watchedMs: 2000, completed: false });
  });

  it('counts what is watched again, and knows the end', () => {
    expect(watch(2, 3.9, 0, 1).report(4)).toEqual({ watchedMs: 4900, completed: true });
  });

  it('never takes a stream without an end for watched to the end', () => {
    expect(watch(2).report(Infinity)).toEqual({ watchedMs: 2000, completed: false });
    expect(watch(2).report(Number.NaN)).toEqual({ watchedMs: 2000, completed: false });
  });
});
