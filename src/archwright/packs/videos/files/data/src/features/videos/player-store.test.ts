import { beforeEach, describe, expect, it } from 'vitest';
import { usePlayerStore } from './player-store';

const player = () => usePlayerStore.getState();

describe('usePlayerStore', () => {
  beforeEach(() => usePlayerStore.setState({ muted: true, activeId: null }));

  it('plays one video at a time', () => {
    player().activate('a');
    player().activate('b');
    player().deactivate('a');
    expect(player().activeId).toBe('b');
    player().deactivate('b');
    expect(player().activeId).toBeNull();
  });

  it('remembers whether there is sound, and nothing else', () => {
    player().activate('a');
    player().toggleMuted();
    const stored: unknown = JSON.parse(localStorage.getItem('videos.player') ?? '{}');
    expect(stored).toMatchObject({ state: { muted: false } });
    expect(stored).not.toHaveProperty('state.activeId');
  });
});
