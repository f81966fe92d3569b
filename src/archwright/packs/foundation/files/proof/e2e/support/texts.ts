import { createInstance } from 'i18next';
import type { i18n as appTexts } from '@/lib/i18n';
import { en } from '@/locales/en';

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** What the app says under a key: specs name texts as the app does. */
export const t: typeof appTexts.t = i18n.t;
