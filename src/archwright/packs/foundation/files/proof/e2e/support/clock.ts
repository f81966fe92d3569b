import type { World } from './world';

interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** The clock of the local stack: sessions run out by it, and scheduled jobs are due by it. */
export class StackClock {
  private readonly world: World;
  private turned = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** Moves on, and waits for the jobs that are due by then. The browser's own clock stays. */
  async turn({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): Promise<void> {
    const span = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    const { api, secret } = this.world;
    if (secret === null) throw new Error('only `archwright prove` can turn the clock');
    const answer = await fetch(`${api}/specs/v1/clock`, {
      method: 'POST',
      headers: { apikey: secret },
      body: JSON.stringify({ seconds: span }),
    });
    if (!answer.ok) throw new Error(`the clock answers ${answer.status}: ${await answer.text()}`);
    this.turned += span;
  }

  /** Puts the clock right for the specs that follow. */
  async turnBack(): Promise<void> {
    if (this.turned !== 0) await this.turn({ seconds: -this.turned });
  }
}
