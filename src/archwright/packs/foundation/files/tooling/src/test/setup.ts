import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import '@/lib/i18n';

// What a test does not fake fails at once: no test waits for a server, or writes to one that happens to run.
globalThis.fetch = (input) =>
  Promise.reject(new TypeError(`not faked: ${input instanceof Request ? input.url : String(input)}`));

// A busy machine is no failure: what comes late has come.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
