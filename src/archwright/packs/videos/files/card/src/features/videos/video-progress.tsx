import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { useVideoStage } from './video-stage';

/** Where the video is, and a way to move to another place. */
export function VideoProgress() {
  const { t } = useTranslation();
  const format = useFormat();
  const { element, seek } = useVideoStage();
  const [{ now, end }, setTime] = useState({ now: 0, end: 0 });

  useEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    const read = () => {
      const { currentTime, duration } = video;
      setTime({ now: currentTime, end: Number.isFinite(duration) ? duration : 0 });
    };
    const events = ['timeupdate', 'seeked', 'durationchange'] as const;
    for (const event of events) video.addEventListener(event, read);
    return () => {
      for (const event of events) video.removeEventListener(event, read);
    };
  }, [element]);

  return (
    <input
      type="range"
      min={0}
      max={end}
      step={0.1}
      value={Math.min(now, end)}
      disabled={end === 0}
      aria-label={t('videos.seek')}
      aria-valuetext={`${format.duration(now)} / ${format.duration(end)}`}
      onChange={(event) => seek(event.target.valueAsNumber)}
      className="absolute inset-x-3 bottom-0 z-20 h-6 cursor-pointer accent-primary"
    />
  );
}
