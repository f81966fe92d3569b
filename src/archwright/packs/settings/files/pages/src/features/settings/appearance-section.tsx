import { MonitorIcon, MoonIcon, SunIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { useTheme } from '@/lib/theme';

const themes = [
  ['light', 'app.themeLight', SunIcon],
  ['dark', 'app.themeDark', MoonIcon],
  ['system', 'app.themeSystem', MonitorIcon],
] as const;

/** Light, dark, or as the device has it. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { choice, choose } = useTheme();
  return (
    <SectionCard
      id="appearance"
      title={t('settings.appearance')}
      text={t('settings.appearanceText')}
    >
      <div role="group" aria-labelledby="appearance-title" className="flex flex-wrap gap-2">
        {themes.map(([theme, key, Icon]) => (
          <Button
            key={theme}
            variant={theme === choice ? 'primary' : 'secondary'}
            aria-pressed={theme === choice}
            onClick={() => choose(theme)}
          >
            <Icon aria-hidden="true" />
            {t(key)}
          </Button>
        ))}
      </div>
    </SectionCard>
  );
}
