import { ChevronDownIcon, ChevronUpIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';

interface FeedStepsProps {
  index: number;
  /** The last place: the end of the feed. */
  end: number;
  goTo: (index: number) => void;
}

/** Up and down for those who have neither a touch screen nor a wheel. */
export function FeedSteps({ index, end, goTo }: FeedStepsProps) {
  const { t } = useTranslation();
  return (
    <div className="absolute top-1/2 right-4 z-20 hidden -translate-y-1/2 flex-col gap-3 md:flex">
      <Button
        variant="secondary"
        size="icon"
        aria-label={t('feed.previous')}
        disabled={index === 0}
        onClick={() => goTo(index - 1)}
      >
        <ChevronUpIcon aria-hidden="true" />
      </Button>
      <Button
        variant="secondary"
        size="icon"
        aria-label={t('feed.next')}
        disabled={index >= end}
        onClick={() => goTo(index + 1)}
      >
        <ChevronDownIcon aria-hidden="true" />
      </Button>
    </div>
  );
}
