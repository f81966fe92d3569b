"""Reads packs from folders: built-in and installed ones come in by the same door."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from archwright.catalog.catalog_check import check_catalog
from archwright.catalog.made_by_members import unfold
from archwright.catalog.manifest import Manifest
from archwright.catalog.manifest_text import path_error
from archwright.catalog.pack import Catalog, Pack, PackFile
from archwright.catalog.pack_check import check_pack
from archwright.catalog.samples import check_samples, read_samples
from archwright.catalog.tree import read_text, tree
from archwright.diagnostics import Diagnostic, Place, Severity

GROUP = "archwright.packs"
SPECS = "e2e"
"""The folder of an app, and of a pack's files, that holds what is tried in a browser."""
_TEXT_KEY = re.compile(r"[a-z][A-Za-z0-9_]*")


def builtin_folders() -> list[Path]:
    """Return the pack folders of every distribution that offers packs, in order of name.

    The packages are found, not imported: nothing that a distribution of packs brings is executed.
    """
    folders: list[Path] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.value, p.name)):
        try:
            spec = find_spec(point.module)
        except ImportError:
            continue
        for root in (spec and spec.submodule_search_locations) or ():
            folders += [p.parent for p in Path(root).glob("*/pack.toml")]
    return sorted(set(folders), key=lambda p: (p.name, p))


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
            place = Place(f"{pack.source}/pack.toml", ("pack", "name"))
            found.append(Diagnostic("AW-3002", f"two packs are called {pack.name!r}", place))
            continue
        packs[pack.name] = pack
    wrong = check_catalog(packs)
    bad = {d.place.source.rpartition("/")[0] for d in wrong if d.severity is Severity.ERROR}
    left = {name: pack for name, pack in packs.items() if pack.source not in bad}
    return Catalog(left), [*found, *wrong]


def load_pack(folder: Path) -> tuple[Pack | None, list[Diagnostic]]:
    """Read one pack folder. Nothing in it is executed."""
    source = f"packs/{folder.name}"
    raw, problems = _manifest(folder, source)
    if raw is None:
        return None, problems
    manifest, more = validate(raw, f"{source}/pack.toml")
    problems += more
    written, more = _optional(folder, "each.toml", source)
    problems += more
    each, each_member, more = unfold(written, f"{source}/each.toml")
    problems += more
    files, more = _files(folder, source, _specs_part(manifest))
    problems += more
    sql = {item.path: item.text for item in tree(folder, "sql", source, problems)}
    texts, more = _texts(folder, source)
    problems += more
    seed = read_text(folder / "seed.sql", f"{source}/seed.sql", problems)
    samples = read_samples(folder, source, problems)
    if manifest is None:
        return None, problems
    for_each = None
    if each is not None:
        # The head is the pack's: its targets are not packs of their own.
        for_each, more = validate({**each, "pack": raw["pack"]}, f"{source}/each.toml")
        problems += more
        if "pack" in each:
            place = Place(f"{source}/each.toml", ("pack",))
            problems.append(Diagnostic("AW-3001", "the head stands in pack.toml only", place))
    pack = Pack(
        head=manifest.pack,
        raw=raw,
        manifest=manifest,
        each=each,
        each_member=each_member,
        files=files,
        sql=sql,
        texts=texts,
        seed=seed or "",
        samples=samples,
        source=source,
    )
    problems += check_pack(pack, for_each, folder.name)
    problems += check_samples(pack)
    return (None if problems else pack), problems


def validate(raw: Mapping[str, Any], source: str) -> tuple[Manifest | None, list[Diagnostic]]:
    """Check plain data against the manifest's types, one diagnostic per mistake."""
    try:
        return Manifest.model_validate(raw), []
    except ValidationError as error:
        found = []
        for item in error.errors(include_url=False):
            unknown = item["type"] == "extra_forbidden"
            message = item["msg"].removeprefix("Value error, ")
            missing = item["type"] == "missing"
            place = Place(source, _written(raw, item["loc"], missing))
            text = "this key is not known" if unknown else message
            found.append(Diagnostic("AW-3001", text, place))
        return None, found


def _written(data: Any, path: tuple[str | int, ...], missing: bool) -> tuple[str, ...]:
    """Return a path without the steps that only the types know: members of unions, ``[key]``."""
    steps: list[str] = []
    for step in path:
        if isinstance(data, list):
            data = dict(enumerate(data))
        if isinstance(data, dict) and step in data:
            data = data[step]
            steps.append(str(step))
    return (*steps, str(path[-1])) if missing else tuple(steps)


def _manifest(folder: Path, source: str) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Read pack.toml, with the phrases of phrases.toml."""
    raw, problems = _toml(folder / "pack.toml", f"{source}/pack.toml")
    phrases, more = _optional(folder, "phrases.toml", source)
    problems += more
    if raw is None or phrases is None:
        return raw, problems
    listed = phrases.pop("phrases", [])
    there = raw.get("phrases", [])
    if phrases or not isinstance(listed, list) or not isinstance(there, list):
        place = Place(f"{source}/phrases.toml", tuple(phrases)[:1])
        problems.append(Diagnostic("AW-3001", "only tables [[phrases]] stand here", place))
        return raw, problems
    return {**raw, "phrases": [*there, *listed]}, problems


def _optional(
    folder: Path, name: str, source: str
) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    if not (folder / name).exists():
        return None, []
    return _toml(folder / name, f"{source}/{name}")


def _toml(path: Path, source: str) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    text = read_text(path, source, problems)
    if text is None:
        if not problems:
            problems.append(Diagnostic("AW-3004", "there is no such file", Place(source)))
        return None, problems
    try:
        return tomllib.loads(text), []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [Diagnostic("AW-3004", f"not TOML: {error}", Place(source))]


def _specs_part(manifest: Manifest | None) -> str:
    """Return the part that brings a pack's specs: its last, but for those that may be left out."""
    if manifest is None or SPECS in manifest.pack.parts:
        return SPECS
    always = [part for part in manifest.pack.parts if part not in manifest.pack.parts_if]
    return always[-1] if always else SPECS


def _files(
    folder: Path, source: str, specs_part: str
) -> tuple[tuple[PackFile, ...], list[Diagnostic]]:
    """Read ``files`` and ``each``; what lies in their folder ``e2e`` goes to ``e2e`` of the app."""
    problems: list[Diagnostic] = []
    files: list[PackFile] = []
    for name, each in (("files", False), ("each", True)):
        for item in tree(folder, name, source, problems):
            part, _, path = item.path.partition("/")
            place = Place(f"{source}/{name}/{item.path}")
            if not path:
                text = f"{item.path!r} must lie in the folder of its part"
                problems.append(Diagnostic("AW-3008", text, place))
            elif wrong := path_error(path):
                problems.append(Diagnostic("AW-3010", wrong, place))
            elif part == SPECS != specs_part:
                files.append(PackFile(specs_part, item.path, item.text, each, item.path))
            else:
                files.append(PackFile(part, path, item.text, each))
    return tuple(files), problems


def _texts(folder: Path, source: str) -> tuple[dict[str, str], list[Diagnostic]]:
    name = "texts.en.toml"
    raw, problems = _optional(folder, name, source)
    flat: dict[str, str] = {}

    def walk(node: Mapping[str, Any], prefix: tuple[str, ...]) -> None:
        for key, value in node.items():
            path = (*prefix, key)
            if not _TEXT_KEY.fullmatch(key):
                text = f"{key!r} is not a key: a letter, then letters, digits and underscores"
                problems.append(Diagnostic("AW-3009", text, Place(f"{source}/{name}", path)))
            elif isinstance(value, str):
                flat[".".join(path)] = value
            elif isinstance(value, dict):
                walk(value, path)
            else:
                place = Place(f"{source}/{name}", path)
                problems.append(Diagnostic("AW-3009", "a text is a string", place))

    walk(raw or {}, ())
    return flat, problems
