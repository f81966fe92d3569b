"""What each function's process runs before the function: what the platform's runtime adds to Deno.

``EdgeRuntime.waitUntil`` and the event ``beforeunload``; and ``export default { fetch }``, which
plain Deno serves only by another command. On SIGTERM no more is awaited than background tasks.
"""

from __future__ import annotations

PRELUDE = """\
const pending = new Set();
const waitUntil = (work) => {
  const task = Promise.resolve(work).catch((error) => console.error(error));
  pending.add(task);
  task.finally(() => pending.delete(task));
  return work;
};
Object.defineProperty(globalThis, 'EdgeRuntime', { value: Object.freeze({ waitUntil }) });
Deno.addSignalListener('SIGTERM', async () => {
  dispatchEvent(new CustomEvent('beforeunload', { detail: { reason: 'early_drop' } }));
  while (pending.size > 0) await Promise.all(pending);
  Deno.exit(0);
});
addEventListener('load', async () => {
  const { default: main } = await import(Deno.mainModule);
  if (typeof main?.fetch === 'function') Deno.serve((request, info) => main.fetch(request, info));
});
"""
