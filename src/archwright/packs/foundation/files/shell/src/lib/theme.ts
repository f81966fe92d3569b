import { create } from 'zustand';

const CHOICES = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof CHOICES)[number];

interface ThemeState {
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}

const KEY = 'theme';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function isChoice(value: unknown): value is ThemeChoice {
  return CHOICES.some((choice) => choice === value);
}

/** `public/theme.js` has shown this choice already, before the first paint. */
function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    if (isChoice(stored)) return stored;
  } catch {
    // storage may be blocked: the default stands
  }
  const { defaultTheme } = document.documentElement.dataset;
  return isChoice(defaultTheme) ? defaultTheme : 'system';
}

function show(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && prefersDark.matches);
  const root = document.documentElement;
  root.classList.toggle('dark', dark);
  const background = getComputedStyle(root).getPropertyValue('--background').trim();
  if (background) {
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background);
  }
}

export const useTheme = create<ThemeState>()((set) => ({
  choice: readChoice(),
  choose: (choice) => {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // the choice then lasts until the page is closed
    }
    show(choice);
    set({ choice });
  },
}));

prefersDark.addEventListener('change', () => show(useTheme.getState().choice));
show(useTheme.getState().choice);
