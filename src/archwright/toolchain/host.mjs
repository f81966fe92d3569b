/**
 * Keeps Vite or Vitest loaded between runs: one JSON request a line on standard input, one answer
 * a line on standard output, after MARK. Each run is a new server on the folder as it is then;
 * only the tool's own program stays. Ends with its standard input.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

const MARK = '\u0001answer ';
const require = createRequire(`${process.cwd()}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const runs = {
  async vite({ build }) {
    const { createBuilder } = await load('vite');
    const builder = await createBuilder({ root: process.cwd(), logLevel: 'warn', build }, null);
    await builder.buildApp();
    return 0;
  },
  async vitest(options) {
    const { startVitest } = await load('vitest/node');
    process.exitCode = undefined; // Vitest sets it where anything failed
    const vitest = await startVitest([], options, { root: process.cwd() });
    await vitest.close();
    const code = process.exitCode ?? 0;
    process.exitCode = undefined;
    return code;
  },
};

const answer = process.stdout.write.bind(process.stdout);
let said = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  process[name].write = (chunk, encoding, done) => {
    said[name] += Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk);
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
for await (const line of lines) {
  const { tool, ...request } = JSON.parse(line);
  said = { stdout: '', stderr: '' };
  let code = 1;
  try {
    code = await runs[tool](request);
  } catch (error) {
    said.stderr += `error during build:\n${inspect(error)}\n`; // as Vite's own command says it
  }
  answer(`${MARK}${JSON.stringify({ code, ...said, memory: process.memoryUsage.rss() })}\n`);
}
