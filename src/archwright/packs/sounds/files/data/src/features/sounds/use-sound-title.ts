import { useTranslation } from 'react-i18next';

interface Named {
  title: string | null;
  creator: { handle: string };
}

/** What a sound is called: its title, or whose original sound it is. */
export function useSoundTitle() {
  const { t } = useTranslation();
  return ({ title, creator }: Named) => title ?? t('sounds.original', { handle: creator.handle });
}
