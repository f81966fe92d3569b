import { test as base } from '@playwright/test';
import { StackClock } from './support/clock';
import { Letters } from './support/letters';
import { People } from './support/people';
import { Watch } from './support/watch';
import { worldOf, type World } from './support/world';

export { expect } from '@playwright/test';
export { expectAccessible, expectDialog } from './support/accessible';
export type { Newcomer, Who } from './support/people';
export { t } from './support/texts';
export { allow } from './support/watch';

interface Fixtures {
  /** The app that this worker tests. */
  world: World;
  /** Notes what pages complain of, and fails the spec for what it has not allowed. */
  watch: Watch;
  /** People in front of the app. */
  people: People;
  /** What the app has sent by mail. */
  letters: Letters;
  /** The clock of the local stack; it is put right after the spec. */
  clock: StackClock;
}

export const test = base.extend<Fixtures>({
  world: async ({}, provide, info) => {
    await provide(worldOf(info.parallelIndex));
  },
  baseURL: async ({ world }, provide) => {
    await provide(world.site);
  },
  watch: async ({ world }, provide) => {
    const watch = new Watch(world.site, world.api);
    await provide(watch);
    watch.report();
  },
  context: async ({ context, watch }, provide) => {
    watch.over(context);
    await provide(context);
  },
  people: async ({ browser, world, watch }, provide) => {
    const people = new People(browser, world, watch);
    await provide(people);
    await people.close();
  },
  letters: async ({ world }, provide) => {
    await provide(new Letters(world));
  },
  clock: async ({ world }, provide) => {
    const clock = new StackClock(world);
    await provide(clock);
    await clock.turnBack();
  },
});
