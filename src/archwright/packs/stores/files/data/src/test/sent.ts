import type { MockInstance } from 'vitest';

/** What the last request to a table or function of this name carried; undefined where there was none. */
export function sentTo(rest: MockInstance<typeof fetch>, name: string): unknown {
  const bodies = rest.mock.calls.flatMap(([input, init]) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const ours = url.pathname.endsWith(`/${name}`) && typeof init?.body === 'string';
    return ours ? [init.body as string] : [];
  });
  const last = bodies.at(-1);
  return last === undefined ? undefined : (JSON.parse(last) as unknown);
}
