import { factsProblem, fileProblem, VideoFileError, type VideoFacts } from './video-file';

const PATIENCE = 20_000;
const THUMBNAIL_WIDTH = 540;

/** Waits for an event of a media element; its error, or too long a silence, ends the waiting. */
function next(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new VideoFileError('videos.unreadable'));
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', refuse, { once: true });
    signal.addEventListener('abort', refuse, { once: true });
  });
}

/** Recordings of a browser do not know their length until they have been read to the end. */
async function lengthOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (video.duration === Infinity) {
    const known = next(video, 'durationchange', signal);
    video.currentTime = Number.MAX_SAFE_INTEGER;
    await known;
  }
  return Number.isFinite(video.duration) ? video.duration : 0;
}

async function capture(
  video: HTMLVideoElement,
  at: number,
  signal: AbortSignal,
): Promise<File | null> {
  const sought = next(video, 'seeked', signal);
  video.currentTime = at;
  await sought;
  const scale = Math.min(1, THUMBNAIL_WIDTH / video.videoWidth);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/webp', 0.8);
  });
  if (!blob) return null;
  // browsers that cannot write WebP write PNG instead
  return new File([blob], `thumbnail.${blob.type.slice('image/'.length)}`, { type: blob.type });
}

/** Opens a chosen file: its length, its size and a picture of it. Throws `VideoFileError`. */
export async function readVideo(file: File): Promise<VideoFacts> {
  const problem = fileProblem(file);
  if (problem) throw new VideoFileError(problem);
  const signal = AbortSignal.timeout(PATIENCE);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  const url = URL.createObjectURL(file);
  try {
    const loaded = next(video, 'loadeddata', signal);
    video.src = url;
    await loaded;
    const seconds = await lengthOf(video, signal);
    const size = { width: video.videoWidth, height: video.videoHeight };
    const facts = { ...size, durationMs: Math.round(seconds * 1000), thumbnail: null };
    const wrong = factsProblem(facts);
    if (wrong) throw new VideoFileError(wrong);
    return { ...facts, thumbnail: await capture(video, Math.min(1, seconds / 2), signal) };
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}
