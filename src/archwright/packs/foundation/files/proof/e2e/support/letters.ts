import { expect } from '@playwright/test';
import type { World } from './world';

/** A message from the mailbox of the local stack; nothing was sent to anybody. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  sent_at: string;
  /** The code to type, where there is one. */
  token?: string;
  /** The address to follow, where there is one. */
  link?: string;
}

/** What the app has sent by mail. */
export class Letters {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  async all(to: string): Promise<Letter[]> {
    const answer = await fetch(`${this.world.api}/mailbox.json?to=${encodeURIComponent(to)}`);
    if (!answer.ok) throw new Error(`the mailbox answers ${answer.status}`);
    return (await answer.json()) as Letter[];
  }

  /** Waits for a letter to an address, the `nth` from 1 on, and returns the newest. */
  async newest(to: string, nth = 1): Promise<Letter> {
    let found: Letter[] = [];
    await expect(async () => {
      found = await this.all(to);
      expect(found.length, `letters to ${to}`).toBeGreaterThanOrEqual(nth);
    }).toPass({ timeout: 10_000 });
    const last = found.at(-1);
    if (last === undefined) throw new Error(`there is no letter to ${to}`);
    return last;
  }
}
