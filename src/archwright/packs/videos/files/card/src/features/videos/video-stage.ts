import { createContext, use, type RefObject } from 'react';

export interface VideoStage {
  /** The video is in view and not paused. */
  playing: boolean;
  element: RefObject<HTMLVideoElement | null>;
  seek: (seconds: number) => void;
  /** Runs at every double tap until the returned function is called. */
  onDoubleTap: (listener: () => void) => () => void;
}

export const VideoStageContext = createContext<VideoStage | null>(null);

/** The video around, for what is shown or done while it plays. */
export function useVideoStage(): VideoStage {
  const stage = use(VideoStageContext);
  if (!stage) throw new Error('useVideoStage must be used inside a video card');
  return stage;
}
