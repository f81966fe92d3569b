import type { BrowserContext, Page } from '@playwright/test';

interface Complaint {
  page: Page | null;
  text: string;
}

const allowed = new WeakMap<Page, RegExp[]>();

/** Lets a page complain of what the spec brings about: texts of its console, or `500 <address>`. */
export function allow(page: Page, ...patterns: RegExp[]): void {
  allowed.set(page, [...(allowed.get(page) ?? []), ...patterns]);
}

/** Notes what pages complain of: errors in the console, uncaught ones, answers of 500 and above. */
export class Watch {
  private readonly complaints: Complaint[] = [];
  private readonly addresses: readonly string[];

  /** `addresses` are those of the app; what others answer is not its fault. */
  constructor(...addresses: string[]) {
    this.addresses = addresses;
  }

  over(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      const text = `${message.text()} (${message.location().url})`;
      this.complaints.push({ page: message.page(), text });
    });
    context.on('weberror', (error) => {
      const { message, stack } = error.error();
      this.complaints.push({ page: error.page(), text: stack ?? message });
    });
    context.on('response', (response) => {
      const own = this.addresses.some((address) => response.url().startsWith(address));
      if (!own || response.status() < 500) return;
      const page = response.frame().page();
      this.complaints.push({ page, text: `${response.status()} ${response.url()}` });
    });
  }

  /** Throws where pages complained of what no spec has allowed. */
  report(): void {
    const texts = this.complaints
      .filter(({ page, text }) => !(page && allowed.get(page)?.some((known) => known.test(text))))
      .map(({ text }) => text);
    if (texts.length === 0) return;
    throw new Error(['the pages complained:', ...new Set(texts)].join('\n- '));
  }
}
