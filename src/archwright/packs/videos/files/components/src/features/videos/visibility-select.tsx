import { Select, SelectItem } from '@/components/ui/select';
import { Constants } from '@/lib/database.types';
import { useTranslation } from 'react-i18next';
import type { Video } from './videos-api';

type Visibility = Video['visibility'];
const choices: readonly Visibility[] = Constants.public.Enums.video_visibility;

interface VisibilitySelectProps {
  id: string;
  value: Visibility;
  onChange: (value: Visibility) => void;
}

/** Who can watch a video. */
export function VisibilitySelect({ id, value, onChange }: VisibilitySelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      value={value}
      onValueChange={(chosen) => {
        const known = choices.find((choice) => choice === chosen);
        if (known !== undefined) onChange(known);
      }}
    >
      {choices.map((choice) => (
        <SelectItem key={choice} value={choice}>
          {t(`videos.visibility.${choice}`)}
        </SelectItem>
      ))}
    </Select>
  );
}
