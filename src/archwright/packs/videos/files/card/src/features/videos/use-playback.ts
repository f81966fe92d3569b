import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { usePlayerStore } from './player-store';
import type { VideoStage } from './video-stage';

const VISIBLE = 0.6;

/** People who asked for less motion start each video themselves. */
const prefersStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Makes a card's video the one that plays while the card is in view. */
function useActiveInView(id: string) {
  const frame = useRef<HTMLDivElement>(null);
  const activate = usePlayerStore((state) => state.activate);
  const deactivate = usePlayerStore((state) => state.deactivate);

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        // only the latest counts: several may be told of at once
        if (entries.at(-1)?.isIntersecting === true) activate(id);
        else deactivate(id);
      },
      { threshold: VISIBLE },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      deactivate(id);
    };
  }, [id, activate, deactivate]);
  return frame;
}

/** Plays the active video unless it is paused; one that goes out of view starts over next time. */
export function usePlayback(id: string, source: string | undefined) {
  const frame = useActiveInView(id);
  const element = useRef<HTMLVideoElement>(null);
  const active = usePlayerStore((state) => state.activeId === id);
  const [paused, setPaused] = useState(prefersStill);
  const [wasActive, setWasActive] = useState(active);
  if (active !== wasActive) {
    setWasActive(active);
    setPaused(prefersStill());
  }
  const playing = active && !paused;

  useEffect(() => {
    const video = element.current;
    if (!video || source === undefined) return;
    if (!playing) {
      video.pause();
      return;
    }
    video.play().catch((error: unknown) => {
      // browsers refuse sound before the first tap: then the tap starts it
      if (error instanceof DOMException && error.name === 'NotAllowedError') setPaused(true);
    });
  }, [playing, source]);

  useEffect(() => {
    if (!active && element.current) element.current.currentTime = 0;
  }, [active]);

  const listeners = useRef(new Set<() => void>());
  const onDoubleTap = useCallback((listener: () => void) => {
    const { current } = listeners;
    current.add(listener);
    return () => void current.delete(listener);
  }, []);
  const doubleTap = useCallback(() => {
    for (const listener of listeners.current) listener();
  }, []);
  const seek = useCallback((seconds: number) => {
    if (element.current) element.current.currentTime = seconds;
  }, []);
  const toggle = useCallback(() => setPaused((value) => !value), []);
  const stage = useMemo<VideoStage>(
    () => ({ playing, element, seek, onDoubleTap }),
    [playing, seek, onDoubleTap],
  );
  return { frame, element, stage, playing, toggle, doubleTap };
}
