import { StarIcon } from 'lucide-react';
import { useId, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';

interface ThingStarInputProps {
  /** 0 while nothing is chosen. */
  value: number;
  onChange: (stars: number) => void;
  onBlur?: () => void;
  name: string;
  id: string;
  /** To the first star: forms lead there when the choice is missing. */
  ref?: Ref<HTMLInputElement>;
  'aria-invalid'?: boolean | undefined;
  'aria-describedby'?: string | undefined;
}

/** One to five stars, chosen by pointer or by arrow keys: a group of radio buttons. */
export function ThingStarInput({
  value,
  onChange,
  onBlur,
  name,
  id,
  ref,
  ...described
}: ThingStarInputProps) {
  const { t } = useTranslation();
  const group = useId();
  return (
    <div role="radiogroup" id={group} aria-label={t('reviews.starsLabel')} className="-ml-2 flex" {...described}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <label
          key={stars}
          className="relative grid size-11 place-items-center"
        >
          <input
            ref={stars === 1 ? ref : undefined}
            id={stars === 1 ? id : undefined}
            type="radio"
            name={`${group}-${name}`}
            value={stars}
            checked={value === stars}
            aria-label={t('reviews.stars', { count: stars })}
            onChange={() => onChange(stars)}
            onBlur={onBlur}
            className="absolute inset-0 cursor-pointer appearance-none rounded-lg focus-visible:outline-2 focus-visible:-outline-offset-2"
          />
          <StarIcon
            aria-hidden="true"
            className={cn('size-7 text-input', stars <= value && 'fill-current text-link')}
          />
        </label>
      ))}
    </div>
  );
}
