import { act } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ThingStageContext } from '@/features/things/thing-stage';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { ThingDoubleTap } from './thing-double-tap';

function start(userId: string | null, liked: boolean) {
  const rest = fakeRest({ thing_likes: null });
  const listeners = new Set<() => void>();
  const onDoubleTap = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const stage = { playing: true, element: { current: null }, seek: vi.fn(), onDoubleTap };
  renderPage(
    <ThingStageContext value={stage}>
      <ThingDoubleTap thing={{ id: 'a', like_count: 1, viewer_liked: liked }} />
    </ThingStageContext>,
    { userId },
  );
  const tap = () => act(async () => listeners.forEach((listener) => listener()));
  return { tap, methods: () => rest.mock.calls.map(([, init]) => init?.method) };
}

describe('ThingDoubleTap', () => {
  it('likes', async () => {
    const { tap, methods } = start('ann', false);
    await tap();
    await vi.waitFor(() => expect(methods()).toContain('POST'));
  });

  it.each([
    ['what is liked already', 'ann', true],
    ['what a guest looks at', null, false],
  ])('leaves %s alone', async (_what, userId, liked) => {
    const { tap, methods } = start(userId, liked);
    await tap();
    expect(methods()).not.toContain('POST');
  });
});
