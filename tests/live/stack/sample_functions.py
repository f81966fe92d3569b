"""Edge Functions that behave, and some that do not, by name."""

from __future__ import annotations

FUNCTIONS = {
    "echo": """
        import { greeting } from '../_shared/greeting.ts';
        Deno.serve(async (req) => Response.json({
          greeting, method: req.method, url: req.url, body: await req.text(),
          auth: req.headers.get('authorization'), own: req.headers.get('x-own'),
        }, { status: 201, headers: { 'access-control-allow-origin': 'https://one.example' } }));
    """,
    "env": "Deno.serve(() => Response.json(Deno.env.toObject()));",
    "open": "Deno.serve((req) => new Response('open to ' + req.method));",
    "stream": """
        Deno.serve(() => new Response(new ReadableStream({
          async start(out) {
            for (let i = 0; i < 3; i++) {
              out.enqueue(new TextEncoder().encode(`data: ${i}\\n\\n`));
              await new Promise((done) => setTimeout(done, 300));
            }
            out.close();
          },
        }), { headers: { 'content-type': 'text/event-stream' } }));
    """,
    "size": """
        Deno.serve(async (req) => {
          let size = 0;
          for await (const chunk of req.body ?? []) size += chunk.length;
          return new Response(String(size));
        });
    """,
    "broken": "this is not JavaScript",
    "crash": "Deno.serve(() => { setTimeout(() => Deno.exit(1), 0); return new Promise(() => {}); });",
    "hang": "Deno.serve(() => { while (true) {} });",
    "chatty": """
        setInterval(() => { for (let i = 0; i < 500; i++) console[i % 2 ? 'log' : 'error']('x'.repeat(3000)); }, 1);
        Deno.serve(() => new Response('still here'));
    """,
    "fetcher": """
        export default { fetch: (req) => new Response('default ' + new URL(req.url).pathname) };
    """,
    "node": """
        import { createServer } from 'node:http';
        createServer((req, res) => res.end('node ' + req.url)).listen(3000);
    """,
    "background": """
        addEventListener('beforeunload', (event) => console.log('ending:', event.detail.reason));
        const wait = (ms) => new Promise((done) => setTimeout(done, ms));
        EdgeRuntime.waitUntil(Promise.reject(new Error('a task that fails harms nobody')));
        Deno.serve((req) => {
          EdgeRuntime.waitUntil(wait(1500).then(() => console.log('done in the background')));
          return new Response('at once');
        });
    """,
    "socket": """
        Deno.serve((req) => {
          if (req.headers.get('upgrade') !== 'websocket') return new Response('no', { status: 426 });
          if (new URL(req.url).searchParams.has('refused')) return new Response('not you', { status: 403 });
          const protocol = req.headers.get('sec-websocket-protocol')?.split(',')[0];
          const { socket, response } = Deno.upgradeWebSocket(req, protocol ? { protocol } : {});
          socket.onmessage = ({ data }) => data === 'bye' ? socket.close(4001, 'so long') : socket.send(data);
          return response;
        });
    """,
    "never": "Deno.serve(() => new Promise(() => {}));",
    "counter": """
        let calls = 0;
        Deno.serve(async (req) => {
          calls += 1;
          console.log('call', calls);
          if ((await req.text()) === 'wait') await new Promise(() => {});
          return new Response(String(calls));
        });
    """,
    "throws": "Deno.serve(() => { throw new Error('mine'); });",
    "temp": """
        Deno.serve(async () => {
          const file = await Deno.makeTempFile();
          await Deno.writeTextFile(file, 'kept');
          return new Response(await Deno.readTextFile(file));
        });
    """,
    "large": "Deno.serve(() => new Response(new Uint8Array(10_000_000).fill(97)));",
    "endless": """
        Deno.serve(() => new Response(new ReadableStream({
          pull(out) { out.enqueue(new Uint8Array(65536)); },
        })));
    """,
    "heedless": "Deno.serve(() => new Response('I read nothing', { status: 200 }));",
    "greedy": """
        Deno.serve(() => { const held = []; while (true) held.push({ at: String(Math.random()) }); });
    """,
    "buffers": """
        const held = [];
        setInterval(() => held.push(new Uint8Array(30_000_000).fill(1)), 20);
        Deno.serve(() => new Promise(() => {}));
    """,
    "exits": "console.error('cannot go on'); Deno.exit(3);",
    "stuck": "while (true) {}",
    "reader": """
        Deno.serve(async () => {
          try { return new Response(await Deno.readTextFile('/etc/passwd')); }
          catch (error) { return new Response(error.name); }
        });
    """,
}
