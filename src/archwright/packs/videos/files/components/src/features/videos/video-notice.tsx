import { CircleAlertIcon, CloudUploadIcon, LoaderCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import type { Video } from './videos-api';

const notices = {
  uploading: {
    icon: CloudUploadIcon,
    titleKey: 'videos.statusUploading',
    textKey: 'videos.statusUploadingText',
  },
  processing: {
    icon: LoaderCircleIcon,
    titleKey: 'videos.statusProcessing',
    textKey: 'videos.statusProcessingText',
  },
  failed: {
    icon: CircleAlertIcon,
    titleKey: 'videos.statusFailed',
    textKey: 'videos.statusFailedText',
  },
} as const;

export function noticeOf(status: Video['status']) {
  return status === 'ready' ? null : notices[status];
}

/** What stands in the place of a video that cannot be played yet; its author alone comes here. */
export function VideoNotice({ video }: { video: Video }) {
  const { t } = useTranslation();
  const notice = noticeOf(video.status);
  if (notice === null) return null;
  const { icon: Icon, titleKey, textKey } = notice;
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 px-8 text-center">
      <Icon aria-hidden="true" className="size-10 text-muted-foreground" />
      <p className="text-lg font-semibold">{t(titleKey)}</p>
      <p className="max-w-xs text-muted-foreground">{t(textKey)}</p>
      {video.status !== 'processing' && (
        <Button asChild variant="secondary" className="z-10">
          <Link to={`/upload?video=${video.id}`}>{t('videos.uploadAgain')}</Link>
        </Button>
      )}
    </div>
  );
}
