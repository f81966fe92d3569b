"""A small app as a gate sees it: files on disk, drafts with origins, an empty architecture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archwright.blueprint.access_scope import Scope, TableAccess
from archwright.blueprint.model import App, Blueprint, Entity
from archwright.catalog.instance import Expansion
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.plan.phases import Phase
from archwright.plan.restrict import Restricted
from archwright.ports import Database, Toolchain
from archwright.proof.gate import Subject
from archwright.schema.architect import Architecture
from archwright.schema.model import Schema
from archwright.toolchain.pins import pins

FOUNDATION = Path(__file__).parents[2] / "src/archwright/packs/foundation/files"
_TAKEN = (
    "tooling/.oxfmtrc.json",
    "tooling/.oxlintrc.json",
    "tooling/tsconfig.json",
    "tooling/vite.config.ts",
    "tooling/.gitignore",
    "shell/knip.json",
)
SOURCES: Mapping[str, str] = {
    "index.html": """<!doctype html>
<html lang="en">
  <head>
    <title>Small</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>
""",
    "src/index.css": "@import 'tailwindcss';\n",
    "src/test/setup.ts": """import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
""",
    "src/lib/sum.ts": """/** Adds two numbers. */
export function sum(a: number, b: number): number {
  return a + b;
}
""",
    "src/lib/sum.test.ts": """import { expect, test } from 'vitest';
import { sum } from './sum';

test('adds', () => {
  expect(sum(1, 2)).toBe(3);
});
""",
    "src/pages/home.tsx": """import { sum } from '@/lib/sum';

export function Home() {
  return <h1>{sum(1, 2)}</h1>;
}
""",
    "src/pages/home.test.tsx": """import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Home } from './home';

test('shows the sum', () => {
  render(<Home />);
  expect(screen.getByRole('heading')).toHaveTextContent('3');
});
""",
    "src/pages/about.tsx": """export function About() {
  return <h1>{document.title}</h1>;
}
""",
    "src/main.tsx": """import { StrictMode, Suspense, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import './index.css';

const Home = lazy(async () => ({ default: (await import('@/pages/home')).Home }));
const About = lazy(async () => ({ default: (await import('./pages/about')).About }));

const root = document.getElementById('root');
if (!root) throw new Error('#root is missing');

createRoot(root).render(
  <StrictMode>
    <Suspense>
      <Home />
      <About />
    </Suspense>
  </StrictMode>,
);
""",
}
_USED = ("react", "react-dom", "@types/react", "@types/react-dom", "@types/node")
_USED_DEV = (
    "@tailwindcss/vite",
    "@testing-library/jest-dom",
    "@testing-library/react",
    "@vitejs/plugin-react",
    "happy-dom",
    "tailwindcss",
    "typescript",
    "vite",
    "vitest",
)


def sources(**changed: str | None) -> dict[str, str]:
    """Return the files of the small app; ``None`` takes one away. Keys: ``src__main.tsx``."""
    files = {path.split("/", 1)[1]: (FOUNDATION / path).read_text() for path in _TAKEN}
    versions = pins().versions()
    files["package.json"] = json.dumps(
        {
            "name": "small",
            "version": "0.1.0",
            "private": True,
            "type": "module",
            "scripts": {"build": "tsc -b && vite build"},
            "dependencies": {n: versions[n] for n in sorted(_USED) if not n.startswith("@types")},
            "devDependencies": {
                n: versions[n] for n in sorted((*_USED_DEV, *_USED)) if n not in _USED[:2]
            },
        },
        indent=2,
    )
    files["package.json"] += "\n"
    files.update(SOURCES)
    for name, text in changed.items():
        path = name.replace("__", "/")
        if text is None:
            files.pop(path)
        else:
            files[path] = text
    return files


def drafts_of(files: Mapping[str, str], *, derived: Sequence[str] = ()) -> list[Draft]:
    """Return drafts that claim to come from a pack named after their path."""
    return [Draft(p, t, f"packs/small/files/{p}", p in derived) for p, t in files.items()]


def write(folder: Path, files: Mapping[str, str], node_modules: Path | None = None) -> None:
    """Write the files, and put node_modules in place."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if node_modules is not None and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(node_modules)


def subject(folder: Path, files: Mapping[str, str], **given: Any) -> Subject:
    """Return a subject; ``entities``, ``tables`` and the fields of Subject may be given."""
    entities: tuple[Entity, ...] = given.pop("entities", ())
    tables: Mapping[str, TableAccess] = given.pop("tables", {})
    schema: Schema = given.pop("schema", Schema())
    migrations: Sequence[MigrationFile] = given.pop("migrations", ())
    phase: Phase | None = given.pop("phase", None)
    toolchain: Toolchain = given.pop("toolchain", None)
    postgres: Database = given.pop("postgres", None)
    blueprint = Blueprint(app=App(name="Small", slug="small"), entities=entities)
    app = Restricted(blueprint, Expansion((), {}), frozenset())
    return Subject(
        app=app,
        architecture=Architecture(schema, Scope(tables=tables)),
        previous=None,
        phase=phase,
        drafts=given.pop("drafts", None) or drafts_of(files),
        migrations=migrations,
        folder=folder,
        touched=given.pop("touched", tuple(files)),
        database=given.pop("database", ""),
        last=given.pop("last", False),
        toolchain=toolchain,
        postgres=postgres,
        **given,
    )
