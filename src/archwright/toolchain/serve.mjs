/**
 * Serves an app with Vite and hot reload until standard input ends, as it does however the one who
 * started us dies. Usage: serve.mjs <folder> <options as JSON: host, port, modules, cache>; says
 * MARK on standard output once pages are served.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const MARK = '\u0001ready';
const [root, given] = process.argv.slice(2);
const { host, port, modules, cache } = JSON.parse(given);
const require = createRequire(`${root}/package.json`);
const { createServer, searchForWorkspaceRoot } = await import(
  pathToFileURL(require.resolve('vite')).href
);

process.stdin.on('end', () => process.exit(0)).resume();

const server = await createServer({
  root,
  clearScreen: false,
  ...(cache ? { cacheDir: cache } : {}),
  server: {
    host,
    port,
    strictPort: true,
    // packages that lie outside of the app, behind a link
    fs: { allow: [searchForWorkspaceRoot(root), modules] },
  },
});
await server.listen();
console.log(MARK);
