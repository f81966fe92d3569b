import { describe, expect, it, vi } from 'vitest';
import { pollInterval, polling } from './polling';

describe('pollInterval', () => {
  it('asks less often while nobody looks', () => {
    const visible = pollInterval();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    expect(pollInterval()).toBeGreaterThan(visible);
  });

  it('does not ask where it is told', () => {
    expect(polling(false).refetchInterval).toBe(false);
  });
});
