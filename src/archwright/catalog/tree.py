"""Reads the files of a pack's folder: plain, small, UTF-8, of a known kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archwright.diagnostics import Diagnostic, Place

MAX_FILE = 200_000
TEXT_SUFFIXES = frozenset(".css .example .html .js .json .md .sql .svg .toml .ts .tsx .txt".split())
DOT_FILES = frozenset({".gitignore", ".env.example", ".oxlintrc.json", ".oxfmtrc.json"})


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file with its path below the tree's root."""

    path: str
    text: str


def tree(folder: Path, name: str, source: str, problems: list[Diagnostic]) -> list[TreeFile]:
    """Return the files below ``folder/name`` by path; what cannot be there joins ``problems``."""
    root = folder / name
    if root.is_symlink():
        text = "a pack holds plain files only"
        problems.append(Diagnostic("AW-3006", text, Place(f"{source}/{name}")))
        return []
    found: list[TreeFile] = []
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            continue
        place = f"{source}/{path.relative_to(folder).as_posix()}"
        known = path.suffix in TEXT_SUFFIXES or path.name in DOT_FILES
        if not known and path.is_file() and not path.is_symlink():
            text = f"a pack cannot hold {path.name!r}"
            problems.append(Diagnostic("AW-3007", text, Place(place)))
            continue
        content = read_text(path, place, problems)
        if content is not None:
            found.append(TreeFile(path.relative_to(root).as_posix(), content))
    return found


def read_text(path: Path, source: str, problems: list[Diagnostic]) -> str | None:
    """Return the text of a plain file, None where there is none or it cannot be taken."""
    if not path.is_symlink() and not path.exists():
        return None
    code, result = _content(path)
    if code:
        problems.append(Diagnostic(code, result, Place(source)))
        return None
    return result


def _content(path: Path) -> tuple[str, str]:
    """Return ("", the text) or (a code, what is wrong)."""
    if path.is_symlink() or not path.is_file():
        return "AW-3006", "a pack holds plain files only"
    try:
        if path.stat().st_size > MAX_FILE:
            return "AW-3005", "the file is too large"
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "AW-3004", "the file is not UTF-8 text"
    except OSError as error:
        return "AW-3004", f"cannot read the file: {error.strerror}"
    return ("AW-3004", "the file is not text") if "\x00" in text else ("", text)
