import { useTranslation } from 'react-i18next';
import { Label } from '@/components/ui/label';
import { fieldClasses } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { useCategories, useTrail } from './use-catalog';

interface LevelProps {
  parentId: string | null;
  value: string;
  label: string;
  onChange: (id: string) => void;
}

function Level({ parentId, value, label, onChange }: LevelProps) {
  const { t } = useTranslation();
  const { data: categories = [] } = useCategories(parentId);
  if (categories.length === 0) return null;
  return (
    <select
      aria-label={label}
      value={categories.some(({ id }) => id === value) ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      className={cn(fieldClasses, 'h-11 cursor-pointer')}
    >
      <option value="" disabled>
        {t('catalog.chooseCategory')}
      </option>
      {categories.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface CategoryFieldProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  invalid: boolean;
}

/** A way down the tree of categories: each choice opens the level below it. */
export function CategoryField({ label, value, onChange, invalid }: CategoryFieldProps) {
  const { t } = useTranslation();
  const { data: trail = [] } = useTrail(value);
  const levels = [null, ...trail.map(({ id }) => id)];
  return (
    <fieldset className="flex flex-col gap-2">
      <Label asChild>
        <legend className="mb-2">{label}</legend>
      </Label>
      {levels.map((parentId, depth) => (
        <Level
          key={parentId ?? ''}
          parentId={parentId}
          value={trail[depth]?.id ?? ''}
          label={t('catalog.categoryLevel', { level: depth + 1 })}
          onChange={onChange}
        />
      ))}
      {invalid && (
        <p className="text-sm font-medium text-destructive">{t('catalog.categoryMissing')}</p>
      )}
    </fieldset>
  );
}
