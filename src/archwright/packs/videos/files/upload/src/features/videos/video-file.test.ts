import { describe, expect, it } from 'vitest';
import { factsProblem, fileProblem, LIMITS } from './video-file';

const file = (type: string, size: number) => {
  const made = new File(['x'], 'film.mp4', { type });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};
const MEGABYTE = 1024 * 1024;

describe('fileProblem', () => {
  it.each([
    ['video/mp4', 1, null],
    ['video/quicktime', LIMITS.megabytes * MEGABYTE, null],
    ['image/png', 1, 'videos.wrongType'],
    ['', 1, 'videos.wrongType'],
    ['video/mp4', 0, 'videos.emptyFile'],
    ['video/webm', LIMITS.megabytes * MEGABYTE + 1, 'videos.tooLarge'],
  ])('%s of %i bytes: %s', (type, size, problem) => {
    expect(fileProblem(file(type, size))).toBe(problem);
  });
});

describe('factsProblem', () => {
  const facts = { durationMs: 1000, width: 720, height: 1280, thumbnail: null };

  it('takes what the database takes', () => {
    expect(factsProblem(facts)).toBeNull();
    expect(factsProblem({ ...facts, durationMs: LIMITS.minutes * 60_000 })).toBeNull();
  });

  it('refuses what is too long or cannot be seen', () => {
    expect(factsProblem({ ...facts, durationMs: LIMITS.minutes * 60_000 + 1 })).toBe('videos.tooLong');
    expect(factsProblem({ ...facts, durationMs: 0 })).toBe('videos.unreadable');
    expect(factsProblem({ ...facts, width: 0 })).toBe('videos.unreadable');
  });
});
