"""The real tools, each as the gates call it: on our Node, without secrets, without network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain

pytestmark = pytest.mark.live

FUNCTION = """\
import { createClient } from "npm:@supabase/supabase-js@2.119.1";

Deno.serve(async (request: Request) => {
  const { name }: { name: string } = await request.json();
  return Response.json({ name, client: typeof createClient });
});
"""


@pytest.fixture
def app(toolchain: PinnedToolchain, tmp_path: Path) -> Path:
    """Give a folder with the cached packages, as an app under proof has them."""
    (tmp_path / "node_modules").symlink_to(toolchain.node_modules())
    (tmp_path / "package.json").write_text(
        json.dumps({"type": "module", "dependencies": dict(toolchain.versions())})
    )
    return tmp_path


def test_a_tool_sees_no_secret_and_a_home_of_its_own(
    toolchain: PinnedToolchain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    script = "console.log(JSON.stringify([process.env, process.version]))"
    env, version = json.loads(toolchain.node(["-e", script], tmp_path, env={"A": "1"}).stdout)
    assert "SECRET_TOKEN" not in env
    assert env["A"] == "1"
    assert env["HOME"] != str(Path.home())
    assert version.startswith("v24.")


def test_types_are_checked(toolchain: PinnedToolchain, app: Path) -> None:
    (app / "main.ts").write_text('import { z } from "zod";\nexport const n: number = z.string();\n')
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"]
    done = toolchain.tool("tsc", [*options, "main.ts"], app)
    assert done.code != 0
    assert "main.ts(2,14): error TS2322" in done.stdout


def test_lint_knows_types(toolchain: PinnedToolchain, app: Path) -> None:
    (app / "src").mkdir()
    (app / "src/main.ts").write_text("async function f() {}\nf();\nexport { f };\n")
    (app / "tsconfig.json").write_text('{"compilerOptions": {"strict": true}, "include": ["src"]}')
    done = toolchain.tool("oxlint", ["--type-aware", "--deny-warnings", "src"], app)
    assert done.code != 0
    assert "no-floating-promises" in done.stdout


def test_formatting_reads_and_writes(toolchain: PinnedToolchain, app: Path) -> None:
    (app / "main.ts").write_text("export const  a={b:1}\n")
    assert toolchain.tool("oxfmt", ["--check", "main.ts"], app).code != 0
    assert toolchain.tool("oxfmt", ["main.ts"], app).code == 0
    assert (app / "main.ts").read_text() == "export const a = { b: 1 };\n"


def test_edge_functions_are_checked_from_the_same_packages(
    toolchain: PinnedToolchain, app: Path
) -> None:
    (app / "index.ts").write_text(FUNCTION)
    check = ["check", "--node-modules-dir=manual", "--cached-only", "index.ts"]
    done = toolchain.deno(check, app)
    assert done.code == 0, done.stderr
    (app / "index.ts").write_text(FUNCTION.replace("name: string }", "name: number }, 1"))
    assert toolchain.deno(check, app).code != 0


def test_types_are_generated_without_docker(
    toolchain: PinnedToolchain, database: EmbeddedPostgres, tmp_path: Path
) -> None:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute("create table note (id uuid primary key, words text)")
        remote = f"--remote={database.url(name)}"
        done = toolchain.tool("supabase", ["gen", "types", remote, "--schema", "public"], tmp_path)
    assert done.code == 0, done.stderr
    assert done.stdout.lstrip().startswith("export type Json")
    assert '"words": string | null' in done.stdout


def test_everything_is_there_for_the_doctor(toolchain: PinnedToolchain) -> None:
    missing = [line.name for line in toolchain.status() if not line.present]
    assert missing in ([], ["browser (optional)"])
