import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTap } from './use-tap';

const once = vi.fn();
const twice = vi.fn();

function Target() {
  const tap = useTap(once, twice);
  return <button onClick={tap}>target</button>;
}

const tap = () => fireEvent.click(screen.getByRole('button'), { detail: 1 });

describe('useTap', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    once.mockClear();
    twice.mockClear();
    render(<Target />);
  });
  afterEach(() => vi.useRealTimers());

  it('is sure of one tap only when no second one came', () => {
    tap();
    expect(once).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(once).toHaveBeenCalledOnce();
    expect(twice).not.toHaveBeenCalled();
  });

  it('takes two taps as one gesture', () => {
    tap();
    tap();
    vi.runAllTimers();
    expect(twice).toHaveBeenCalledOnce();
    expect(once).not.toHaveBeenCalled();
  });

  it('does not make the keyboard wait', () => {
    fireEvent.click(screen.getByRole('button'), { detail: 0 });
    expect(once).toHaveBeenCalledOnce();
  });
});
