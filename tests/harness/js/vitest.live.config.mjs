// Runs scenarios against an app's modules in Node; the app's own configuration is not used.
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  root: here('.'),
  cacheDir: here('./.vite'),
  resolve: { alias: { '@': here('./src') } },
  test: {
    environment: 'node',
    include: ['live/**/*.test.ts'],
    env: JSON.parse(process.env.HARNESS_ENV),
    fileParallelism: false,
    maxWorkers: 1,
  },
};
