"""Reads packs from folders: built-in and installed ones come in by the same door."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from archwright.catalog.manifest import Manifest
from archwright.catalog.pack import Catalog, Pack, PackFile
from archwright.diagnostics import Diagnostic, Place

GROUP = "archwright.packs"
MAX_FILE = 200_000
TEXT_SUFFIXES = frozenset(
    {
        ".ts",
        ".tsx",
        ".js",
        ".css",
        ".html",
        ".json",
        ".sql",
        ".md",
        ".svg",
        ".toml",
        ".txt",
        ".example",
    }
)
DOT_FILES = frozenset({".gitignore", ".env.example", ".oxlintrc.json", ".oxfmtrc.json"})


def builtin_folders() -> list[Path]:
    """Return the pack folders of every distribution that offers packs, in order of name."""
    folders: list[Path] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.value, p.name)):
        module = point.load()
        for root in module.__path__:
            folders += [p.parent for p in Path(root).glob("*/pack.toml")]
    return sorted(set(folders), key=lambda p: p.name)


def load_catalog(folders: Iterable[Path] | None = None) -> tuple[Catalog, list[Diagnostic]]:
    """Read all packs; a pack with a mistake is left out and its diagnostics returned."""
    packs: dict[str, Pack] = {}
    found: list[Diagnostic] = []
    for folder in builtin_folders() if folders is None else folders:
        pack, problems = load_pack(folder)
        found += problems
        if pack is None:
            continue
        if pack.name in packs:
            place = Place(f"{folder.name}/pack.toml", ("pack", "name"))
            found.append(Diagnostic("AW-3002", f"two packs are called {pack.name!r}", place))
            continue
        packs[pack.name] = pack
    return Catalog(packs), found


def load_pack(folder: Path) -> tuple[Pack | None, list[Diagnostic]]:
    """Read one pack folder. Nothing in it is executed."""
    source = f"packs/{folder.name}"
    raw, problems = _toml(folder / "pack.toml", f"{source}/pack.toml")
    if raw is None:
        return None, problems
    each, more = (
        _toml(folder / "each.toml", f"{source}/each.toml")
        if (folder / "each.toml").exists()
        else (None, [])
    )
    problems += more
    phrases, more = (
        _toml(folder / "phrases.toml", f"{source}/phrases.toml")
        if (folder / "phrases.toml").exists()
        else (None, [])
    )
    problems += more
    if phrases:
        raw = {**raw, "phrases": [*raw.get("phrases", []), *phrases.get("phrases", [])]}
    manifest, more = validate(raw, f"{source}/pack.toml")
    problems += more
    if each is not None and manifest is not None:
        problems += validate({"pack": raw["pack"], **each}, f"{source}/each.toml")[1]
    if manifest is not None and manifest.pack.name != folder.name:
        text = f"the pack in folder {folder.name!r} calls itself {manifest.pack.name!r}"
        problems.append(Diagnostic("AW-3003", text, Place(f"{source}/pack.toml", ("pack", "name"))))
    files, more = _files(folder, source)
    problems += more
    sql = {p.text_path: p.text for p in _tree(folder, "sql", source, problems)}
    texts, more = _texts(folder, source)
    problems += more
    seed = folder / "seed.sql"
    if manifest is None or problems:
        return None, problems
    return (
        Pack(
            head=manifest.pack,
            raw=raw,
            manifest=manifest,
            each=each,
            files=files,
            sql=sql,
            texts=texts,
            seed=seed.read_text() if seed.is_file() else "",
            source=source,
        ),
        problems,
    )


def validate(raw: Mapping[str, Any], source: str) -> tuple[Manifest | None, list[Diagnostic]]:
    """Check plain data against the manifest's types, one diagnostic per mistake."""
    try:
        return Manifest.model_validate(raw), []
    except ValidationError as error:
        found = []
        for item in error.errors(include_url=False):
            path = tuple(str(p) for p in item["loc"])
            unknown = item["type"] == "extra_forbidden"
            message = "this key is not known" if unknown else item["msg"]
            found.append(Diagnostic("AW-3001", message, Place(source, path)))
        return None, found


def _toml(path: Path, source: str) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    try:
        data = path.read_bytes()
        if len(data) > MAX_FILE:
            return None, [Diagnostic("AW-3005", "the file is too large", Place(source))]
        return tomllib.loads(data.decode("utf-8")), []
    except (OSError, UnicodeDecodeError) as error:
        return None, [Diagnostic("AW-3004", f"cannot read the file: {error}", Place(source))]
    except tomllib.TOMLDecodeError as error:
        line = int(getattr(error, "lineno", 0) or 0)
        return None, [Diagnostic("AW-3004", f"not TOML: {error}", Place(source, line=line))]


class _Found:
    """A file of a pack's tree with its path below the tree's root."""

    def __init__(self, text_path: str, text: str) -> None:
        self.text_path = text_path
        self.text = text


def _tree(folder: Path, name: str, source: str, problems: list[Diagnostic]) -> list[_Found]:
    root = folder / name
    found: list[_Found] = []
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        place = Place(f"{source}/{path.relative_to(folder).as_posix()}")
        if path.is_dir() and not path.is_symlink():
            continue
        if path.is_symlink() or not path.is_file():
            problems.append(Diagnostic("AW-3006", "a pack holds plain files only", place))
            continue
        if path.suffix not in TEXT_SUFFIXES and path.name not in DOT_FILES:
            problems.append(Diagnostic("AW-3007", f"a pack cannot hold {path.name!r}", place))
            continue
        data = path.read_bytes()
        if len(data) > MAX_FILE:
            problems.append(Diagnostic("AW-3005", "the file is too large", place))
            continue
        try:
            found.append(_Found(path.relative_to(root).as_posix(), data.decode("utf-8")))
        except UnicodeDecodeError:
            problems.append(Diagnostic("AW-3004", "the file is not UTF-8 text", place))
    return found


def _files(folder: Path, source: str) -> tuple[tuple[PackFile, ...], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    files: list[PackFile] = []
    for name, each in (("files", False), ("each", True)):
        for item in _tree(folder, name, source, problems):
            part, _, path = item.text_path.partition("/")
            if not path:
                text = f"{item.text_path!r} must lie in the folder of its part"
                problems.append(Diagnostic("AW-3008", text, Place(f"{source}/{name}")))
                continue
            files.append(PackFile(part, path, item.text, each))
    return tuple(files), problems


def _texts(folder: Path, source: str) -> tuple[dict[str, str], list[Diagnostic]]:
    path = folder / "texts.en.toml"
    if not path.exists():
        return {}, []
    raw, problems = _toml(path, f"{source}/texts.en.toml")
    flat: dict[str, str] = {}

    def walk(node: Mapping[str, Any], prefix: tuple[str, ...]) -> None:
        for key, value in node.items():
            if isinstance(value, str):
                flat[".".join((*prefix, key))] = value
            elif isinstance(value, dict):
                walk(value, (*prefix, key))
            else:
                place = Place(f"{source}/texts.en.toml", (*prefix, key))
                problems.append(Diagnostic("AW-3009", "a text is a string", place))

    walk(raw or {}, ())
    return flat, problems
