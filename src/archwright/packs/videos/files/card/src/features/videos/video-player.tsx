import { PlayIcon, Volume2Icon, VolumeXIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { useSignedUrl } from '@/lib/storage';
import { usePlayback } from './use-playback';
import { useTap } from './use-tap';
import { usePlayerStore } from './player-store';
import { VideoFailure } from './video-failure';
import { VideoProgress } from './video-progress';
import { VideoStageContext } from './video-stage';
import type { Video } from './videos-api';

function MuteButton() {
  const { t } = useTranslation();
  const muted = usePlayerStore((state) => state.muted);
  const toggleMuted = usePlayerStore((state) => state.toggleMuted);
  const Icon = muted ? VolumeXIcon : Volume2Icon;
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t(muted ? 'videos.unmute' : 'videos.mute')}
      onClick={toggleMuted}
      className="absolute top-2 left-2 z-20"
    >
      <Icon aria-hidden="true" />
    </Button>
  );
}

/** A video that is ready: a tap pauses it, its sound is that of all videos. */
export function VideoPlayer({ video }: { video: Video }) {
  const { t } = useTranslation();
  const source = useSignedUrl('videos', video.video_path);
  const poster = useSignedUrl('thumbnails', video.thumbnail_path);
  const muted = usePlayerStore((state) => state.muted);
  const { frame, element, stage, playing, toggle, doubleTap } = usePlayback(video.id, source.data);
  const tap = useTap(toggle, doubleTap);
  const [failed, setFailed] = useState<string>();
  const broken = source.data !== undefined && failed === source.data;

  return (
    <VideoStageContext value={stage}>
      <div ref={frame} className="absolute inset-0 grid place-items-center">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- uploads bring no caption files */}
        <video
          ref={element}
          src={source.data}
          poster={poster.data}
          muted={muted}
          loop
          playsInline
          preload="auto"
          onError={() => setFailed(source.data)}
          className="absolute inset-0 size-full object-contain"
        />
        {source.isPending && (
          <LoadingState>
            <Spinner />
          </LoadingState>
        )}
        {source.isError ? (
          <ErrorState
            error={source.error}
            onRetry={() => void source.refetch()}
            retrying={source.isFetching}
          />
        ) : broken ? (
          // under a new address the browser starts anew
          <VideoFailure onRetry={() => void source.refetch()} retrying={source.isFetching} />
        ) : (
          <button
            type="button"
            aria-label={t(playing ? 'videos.pause' : 'videos.play')}
            onClick={tap}
            className="absolute inset-0 grid cursor-pointer touch-manipulation place-items-center focus-visible:outline-2 focus-visible:-outline-offset-4"
          >
            {!playing && source.data !== undefined && (
              <span className="grid size-18 place-items-center rounded-full bg-background/70">
                <PlayIcon aria-hidden="true" className="size-9 fill-current" />
              </span>
            )}
          </button>
        )}
      </div>
      <MuteButton />
      <VideoProgress />
      {/*% slot "video.playback" %*/}
    </VideoStageContext>
  );
}
