import { expect, type Page } from '@playwright/test';
import type { Overlay } from './overlays';

interface Stop {
  name: string;
  inMain: boolean;
  seen: boolean;
}

const MOST = 60;

/** What has the focus now, and whether one can see that it has; null at the end of the page. */
function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const styles = [element, element.parentElement ?? element].map((e) => getComputedStyle(e));
    const seen = styles.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    );
    const text = element.getAttribute('aria-label') ?? element.textContent;
    const name = `${element.tagName.toLowerCase()} ${text.trim().slice(0, 40)}`;
    return { name, inMain: element.closest('main') !== null, seen };
  });
}

/** Tab leads through the page: to its controls, from one to the next, and one sees where one is. */
export async function expectKeyboard(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let step = 0; step < MOST; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === null) break;
    stops.push(stop);
    if (stop.inMain && stops.filter(({ inMain }) => inMain).length > 15) break;
  }
  const hidden = stops.filter(({ seen }) => !seen).map(({ name }) => name);
  if (hidden.length > 0) throw new Error(['the focus cannot be seen on:', ...hidden].join('\n- '));
  const controls = page.locator('main').locator('a[href], button:enabled, input, textarea');
  const there = await controls.filter({ visible: true }).count();
  if (there > 0) expect(stops.some(({ inMain }) => inMain), 'Tab reaches the page').toBe(true);
}

interface TourStop {
  /** In the order of their first turn. */
  index: number;
  name: string;
  inside: boolean;
  /** On the screen, with nothing in front of it. */
  onScreen: boolean;
  /** It looks otherwise than without the focus. */
  seen: boolean;
}

/** Runs in the page: follows the focus through what is inside of an element. */
function follow(root: Element) {
  const CONTROLS = 'a[href], button, input, textarea, [role^="menuitem"], [role="option"], [tabindex]';
  class Tour {
    private readonly stops: Element[] = [];
    /** How they look without the focus. */
    private readonly rest = new Map<Element, string>();

    constructor() {
      this.note();
    }

    /** Where the focus is now. */
    async step(): Promise<TourStop> {
      await this.pictures(3); // menus move the focus a moment later, and what fades ends yet later
      const now = document.activeElement ?? document.body;
      const { rest, stops } = this;
      const seen = () => this.look(now) !== rest.get(now);
      for (let tries = 0; tries < 30 && !seen(); tries += 1) await this.pictures(1);
      this.note();
      if (!stops.includes(now)) stops.push(now);
      const { left: x, right, top: y, bottom } = now.getBoundingClientRect();
      const front = document.elementFromPoint((x + right) / 2, (y + bottom) / 2);
      const onScreen = front !== null && (now.contains(front) || front.contains(now));
      const inside = root.contains(now);
      return { index: stops.indexOf(now), name: this.name(now), inside, onScreen, seen: seen() };
    }

    private note(): void {
      for (const control of root.querySelectorAll(CONTROLS)) {
        if (control !== document.activeElement) this.rest.set(control, this.look(control));
      }
    }

    private async pictures(count: number): Promise<void> {
      for (let n = 0; n < count; n += 1) await new Promise(requestAnimationFrame);
    }

    /** The controls where it has never been. */
    missed(): string[] {
      return Array.from(root.querySelectorAll<HTMLElement>(CONTROLS))
        .filter((e) => e.tabIndex >= 0 || /^(menuitem|option)/.test(e.role ?? ''))
        .filter((e) => !e.matches(':disabled, [data-disabled], [type="radio"]'))
        .filter((e) => e.checkVisibility() && !this.stops.includes(e))
        .map((e) => this.name(e));
    }

    private name(element: Element): string {
      const text = element.getAttribute('aria-label') ?? element.textContent;
      return `${element.tagName.toLowerCase()} ${text.trim().slice(0, 40)}`;
    }

    /** What is around and inside may show the focus in its place. */
    private look(element: Element): string {
      return [element, element.parentElement ?? element, ...element.children]
        .map((one) => {
          const style = getComputedStyle(one);
          const { outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor } = style;
          const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth}`;
          return [outline, boxShadow, backgroundColor, borderColor].join(';');
        })
        .join('|');
    }
  }
  return new Tour();
}

/** The keys lead to each control and stay inside, and one always sees where one is. */
export async function expectTour(page: Page, { box, byArrows }: Overlay): Promise<void> {
  const tour = await box.evaluateHandle(follow);
  const press = async (key: string) => {
    await page.keyboard.press(key);
    return tour.evaluate((steps) => steps.step());
  };
  const stops = [await press(byArrows ? 'Home' : 'Tab')];
  while (stops.length < MOST) {
    const stop = await press(byArrows ? 'ArrowDown' : 'Tab');
    if (stop.index < stops.length) break;
    stops.push(stop);
  }
  // a menu ends where it ends; all else is a circle
  stops.push(await press(byArrows ? 'Home' : 'Shift+Tab'), await press('Tab'));
  const names = (which: (stop: TourStop) => boolean) => stops.filter(which).map(({ name }) => name);
  expect(names(({ inside }) => !inside), 'where the focus leaves').toEqual([]);
  expect(names(({ onScreen }) => !onScreen), 'where the focus is out of sight').toEqual([]);
  expect(names(({ seen }) => !seen), 'where the focus does not show').toEqual([]);
  expect(await tour.evaluate((steps) => steps.missed()), 'what keys do not reach').toEqual([]);
  await tour.dispose();
}
