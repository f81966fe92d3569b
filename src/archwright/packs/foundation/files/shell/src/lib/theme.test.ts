import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useTheme } from './theme';

const isDark = () => document.documentElement.classList.contains('dark');

describe('useTheme', () => {
  beforeEach(() => {
    useTheme.setState({ choice: 'system' });
    localStorage.clear();
  });

  it('shows the choice at once and remembers it', () => {
    useTheme.getState().choose('dark');
    expect(isDark()).toBe(true);
    expect(localStorage.getItem('theme')).toBe('dark');
    useTheme.getState().choose('light');
    expect(isDark()).toBe(false);
    expect(useTheme.getState().choice).toBe('light');
  });

  it('follows the device when asked to', () => {
    useTheme.getState().choose('dark');
    useTheme.getState().choose('system');
    expect(isDark()).toBe(window.matchMedia('(prefers-color-scheme: dark)').matches);
  });

  it('works where storage is blocked', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    useTheme.getState().choose('dark');
    expect(isDark()).toBe(true);
  });
});
