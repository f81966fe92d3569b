/** What must have been watched before a view is one. */
const VIEW_MS = 2000;
/** Between two reports of where a video is, more than this is a jump and not watching. */
const LONGEST_STEP = 2;
/** The end of a video may never be reported: it starts over first. */
const WHOLE = 0.95;

interface Watched {
  watchedMs: number;
  completed: boolean;
}

/** Adds up how long a video really ran: jumps, pauses and waiting for data do not count. */
export class WatchMeter {
  #seconds = 0;
  #last: number;
  #told = 0;

  /** `at` is where the video is, in seconds. */
  constructor(at: number) {
    this.#last = at;
  }

  /** Takes note of where the video is now. */
  move(at: number): void {
    const step = at - this.#last;
    this.#last = at;
    if (step > 0 && step <= LONGEST_STEP) this.#seconds += step;
  }

  /** A view has begun that nobody was told of yet. */
  get begun(): boolean {
    return this.#told === 0 && this.#seconds * 1000 >= VIEW_MS;
  }

  /** What there is to tell of a video of this length; null where it is no view or was told already. */
  report(duration: number): Watched | null {
    const watchedMs = Math.round(this.#seconds * 1000);
    if (watchedMs < VIEW_MS || watchedMs <= this.#told) return null;
    this.#told = watchedMs;
    return { watchedMs, completed: this.#seconds >= WHOLE * duration };
  }
}
