export const VIDEO_TYPES: readonly string[] = ['video/mp4', 'video/webm', 'video/quicktime'];
export const LIMITS = { megabytes: 100, minutes: 10 } as const;

/** What a file tells about itself once the browser has looked into it. */
export interface VideoFacts {
  durationMs: number;
  width: number;
  height: number;
  thumbnail: File | null;
}

type Problem =
  | 'videos.wrongType'
  | 'videos.emptyFile'
  | 'videos.tooLarge'
  | 'videos.tooLong'
  | 'videos.unreadable'
  | 'videos.refused';

/** A file that cannot be uploaded; `key` is the text that says why. */
export class VideoFileError extends Error {
  readonly key: Problem;

  constructor(key: Problem) {
    super(key);
    this.name = 'VideoFileError';
    this.key = key;
  }
}

/** What is wrong with a file before it is opened; the bucket refuses the same. */
export function fileProblem(file: File): Problem | null {
  if (!VIDEO_TYPES.includes(file.type)) return 'videos.wrongType';
  if (file.size === 0) return 'videos.emptyFile';
  return file.size > LIMITS.megabytes * 1024 * 1024 ? 'videos.tooLarge' : null;
}

/** What is wrong with a video by its length and size in pixels. */
export function factsProblem({ durationMs, width, height }: VideoFacts): Problem | null {
  if (durationMs < 1 || width < 1 || height < 1) return 'videos.unreadable';
  return durationMs > LIMITS.minutes * 60_000 ? 'videos.tooLong' : null;
}
