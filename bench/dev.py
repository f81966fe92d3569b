"""Measures `archwright dev`: seconds from the command to the first page in a real browser.

The flagship as it is emitted, in a new folder; the toolchain is installed, the machine idle. Prints
JSON: for the first start (new database, packages not yet made ready by Vite) and for a second one,
seconds until a browser that keeps trying has the document, and until the page's heading shows.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archwright.adapters.node import find_node
from archwright.adapters.toolchain import PinnedToolchain
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import compile_app, make_plan
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema

REQUEST = "Build a TikTok clone"
MAIN = "from archwright.cli.main import main; main()"
PORT = 5173
BROWSE = """
import { chromium } from 'playwright-core';
const { executable, args, sandbox, url } = JSON.parse(process.argv[2]);
const options = { executablePath: executable, args, chromiumSandbox: sandbox };
const browser = await chromium.launch(options);
const page = await browser.newPage();
console.log('browser');
process.stdin.once('data', async (data) => {
  const began = Number(data.toString());
  const seconds = () => (Date.now() - began) / 1000;
  for (;;) {
    try { await page.goto(url, { waitUntil: 'commit' }); break; }
    catch { await new Promise((done) => setTimeout(done, 20)); }
  }
  const document = seconds();
  await page.locator('h1').first().waitFor({ timeout: 300000 });
  console.log(JSON.stringify({ document, heading: seconds() }));
  await browser.close();
  process.exit(0);
});
"""


def emitted(out: Path) -> None:
    """Write the flagship's files, with all its tables in one migration."""
    catalog, _ = load_catalog()
    blueprint = understand(REQUEST, from_catalog(catalog), None).blueprint
    assert blueprint is not None
    plan, _ = make_plan(materialise(blueprint, catalog), catalog)
    assert plan is not None
    made, _ = compile_app(plan.app)
    assert made is not None
    texts = {draft.path: draft.text for draft in made.drafts}
    for migration in to_files(diff(Schema(), made.architecture.schema), 1):
        texts[f"supabase/migrations/{migration.filename}"] = migration.sql
    for path, text in texts.items():
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def started(app: Path, tools: PinnedToolchain, aside: Path) -> dict[str, float]:
    """Start the command with a browser waiting; return seconds, and end both."""
    browser = tools.browser()
    told = {
        "executable": str(browser.executable),
        "args": list(browser.args),
        "sandbox": browser.sandbox,
        "url": f"http://127.0.0.1:{PORT}",
    }
    node = [str(find_node().node), "browse.mjs", json.dumps(told)]
    env = {**os.environ, **browser.env}
    pipe = subprocess.PIPE
    with subprocess.Popen(node, cwd=aside, env=env, stdin=pipe, stdout=pipe, text=True) as eyes:
        assert eyes.stdin
        assert eyes.stdout
        eyes.stdout.readline()
        began = time.time()
        argv = [sys.executable, "-c", MAIN, "dev", str(app), "--port", str(PORT)]
        with subprocess.Popen(argv, stdout=subprocess.DEVNULL) as dev:
            print(round(began * 1000), file=eyes.stdin, flush=True)
            found: dict[str, float] = json.loads(eyes.stdout.readline())
            dev.send_signal(signal.SIGINT)
    return found


def main() -> None:
    """Measure and print."""
    tools = PinnedToolchain()
    with tempfile.TemporaryDirectory(prefix="archwright-bench-") as name:
        aside, app = Path(name), Path(name) / "clipster"
        emitted(app)
        (aside / "browse.mjs").write_text(BROWSE)
        (aside / "node_modules").symlink_to(tools.node_modules())
        result = {"first": started(app, tools, aside), "second": started(app, tools, aside)}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
