"""The gate for Edge Functions: Deno checks, lints and tests them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from archwright.diagnostics import Diagnostic
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, at, crashed, measure, plain, read_json, relative

CODE = "AW-5107"
FOLDER = "supabase/functions"
_ENVIRONMENT = {"DENO_NO_PACKAGE_JSON": "1"}
"""The front end's package.json is none of the functions' business."""
_TYPE = re.compile(
    r"^(?P<code>TS\d+) \[ERROR\]: (?P<message>.*?)$(?P<rest>.*?)"
    r"^\s+at (?P<file>file://\S+?):(?P<line>\d+):(?P<column>\d+)$",
    re.M | re.S,
)
_MODULE = re.compile(
    r"^error: (?P<message>.*?)\n\s+at (?P<file>file://\S+?):(?P<line>\d+):(?P<column>\d+)",
    re.M | re.S,
)


class FunctionsGate:
    """``deno check``, ``deno lint`` and ``deno test`` over ``supabase/functions``."""

    name = "functions"

    def check(self, subject: Subject) -> Evidence:
        """Check every function; a finding has file and line."""
        return measure(self.name, "deno", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    inside = [d.path for d in subject.drafts if d.path.startswith(f"{FOLDER}/")]
    sources = sorted(p for p in inside if p.endswith((".ts", ".tsx")))
    if not sources:
        return Findings(facts={"functions": 0}, skipped="no functions")
    names = [path[len(FOLDER) + 1 :] for path in sources]
    tests = [name for name in names if re.search(r"[._]test\.tsx?$", name)]
    found = _types(subject, names)
    found += _lint(subject)
    ran = 0
    if tests and not found:
        ran, failures = _tests(subject)
        found += failures
    functions = sum(1 for name in names if re.fullmatch(r"[^_/][^/]*/index\.ts", name))
    return Findings(found, {"functions": functions, "files": len(names), "tests": ran})


def _types(subject: Subject, names: Sequence[str]) -> list[Diagnostic]:
    folder = subject.folder / FOLDER
    arguments = ["check", "--quiet", "--no-lock", *names]
    done = subject.toolchain.deno(arguments, folder, env=_ENVIRONMENT)
    if done.code == 0:
        return []
    said = plain(done.stderr)
    found = [
        _diagnostic(f"{m['code']}: {m['message']}", m, subject.folder) for m in _TYPE.finditer(said)
    ] or [_diagnostic(m["message"], m, subject.folder) for m in _MODULE.finditer(said)]
    if not found:
        raise crashed("deno check", done)
    return found


def _diagnostic(message: str, match: re.Match[str], folder: Path) -> Diagnostic:
    place = at(relative(match["file"], folder), int(match["line"]), int(match["column"]))
    return Diagnostic(CODE, message.strip(), place)


def _lint(subject: Subject) -> list[Diagnostic]:
    done = subject.toolchain.deno(["lint", "--json", "."], subject.folder / FOLDER)
    answer = read_json(done.stdout, "deno lint", done)
    found = []
    for item in answer["diagnostics"]:
        start = item["range"]["start"]
        path = relative(str(item["filename"]), subject.folder)
        text = f"{item['message']} [{item['code']}]"
        place = at(path, int(start["line"]), int(start["col"]) + 1)
        found.append(Diagnostic(CODE, text, place, str(item.get("hint") or "")))
    for item in answer["errors"]:
        path = relative(str(item.get("file_path", "")), subject.folder)
        found.append(Diagnostic(CODE, str(item.get("message", "")), at(path)))
    if done.code != 0 and not found:
        raise crashed("deno lint", done)
    return found


def _tests(subject: Subject) -> tuple[int, list[Diagnostic]]:
    # No network: a function's tests answer for what it would have been told.
    arguments = ["test", "--no-prompt", "--no-lock", "--no-check", "--allow-env", "--allow-read"]
    folder = subject.folder / FOLDER
    done = subject.toolchain.deno([*arguments, "--reporter=junit", "."], folder, env=_ENVIRONMENT)
    try:
        # Deno's own answer about the app's own tests; Python's parser fetches no entities.
        root = ElementTree.fromstring(done.stdout)  # noqa: S314
    except ElementTree.ParseError as error:
        raise crashed("deno test", done) from error
    cases = list(root.iter("testcase"))
    found = [d for case in cases for d in _failure(case, subject.folder)]
    if not cases:
        found.append(Diagnostic(CODE, "test files are there but no test was found", at(FOLDER)))
    if done.code != 0 and not found:
        raise crashed("deno test", done)
    return len(cases), found


def _failure(case: ElementTree.Element, folder: Path) -> Iterator[Diagnostic]:
    for failure in (*case.findall("failure"), *case.findall("error")):
        name = case.get("classname", "").removeprefix("./")
        path = f"{FOLDER}/{name}"
        said = (failure.text or "").strip()
        match = re.search(re.escape(name) + r":(\d+):(\d+)", said)
        line, column = (int(match[1]), int(match[2])) if match else (int(case.get("line", 0)), 0)
        text = failure.get("message", "") or said.split("\n", 1)[0]
        place = at(relative(path, folder), line, column)
        yield Diagnostic(CODE, f"{case.get('name', '')}: {text}", place)
