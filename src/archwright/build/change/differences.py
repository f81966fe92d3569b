"""What one Blueprint says otherwise than another, in the paths that ``--set`` understands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from archwright.blueprint.model import Blueprint

Kind = Literal["add", "remove", "change"]
IDENTITY = ("use", "name", "service", "what")
"""What the items of a list are called by, where they are called anything."""
LONGEST_TITLE = 100
_SHORTENED = ("entities.", "features.")
_UNTOLD = frozenset({"request", "assumptions", "version"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement that came, went or says something else; ``old`` and ``new`` as plain data."""

    kind: Kind
    path: str
    old: Any = None
    new: Any = None

    def __str__(self) -> str:
        """Render in a few words: ``add likes on Video``, ``set app.theme.primary``."""
        if self.kind == "change":
            return f"set {self.path}"
        return f"{self.kind} {self.path}"

    @property
    def detail(self) -> str:
        """Return the same, with what a value was and what it is to be."""
        if self.kind != "change":
            return str(self)
        return f"{self}: {_shown(self.old)} -> {_shown(self.new)}"


def differences(old: Blueprint, new: Blueprint) -> tuple[Difference, ...]:
    """Return what differs, in the order of the document; what merely moved is no difference."""
    before, after = (b.model_dump(mode="json", exclude_defaults=True) for b in (old, new))
    return tuple(
        item for item in _mappings(before, after, "") if item.path.partition(".")[0] not in _UNTOLD
    )


def _shown(value: Any) -> str:
    """Return a value in a few characters; what is not written is as it comes by itself."""
    if value is None:
        return "(default)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def title(statements: Iterable[object]) -> str:
    """Return a line for a commit and a report that says what a change was."""
    said = [str(item) for item in statements]
    shown: list[str] = []
    for text in said:
        if shown and len("; ".join([*shown, text])) > LONGEST_TITLE:
            return f"Change: {'; '.join(shown)} and {len(said) - len(shown)} more"
        shown.append(text)
    return f"Change: {'; '.join(shown)}" if shown else "Change of what stands"


def _mappings(old: Mapping[str, Any], new: Mapping[str, Any], at: str) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        yield from _values(old.get(key), new.get(key), _joined(at, key))


def _values(old: Any, new: Any, at: str) -> Iterator[Difference]:
    if old == new and isinstance(old, bool) == isinstance(new, bool):
        return
    before, after = _named(old), _named(new)
    if before is not None and after is not None:
        yield from _lists(before, after, at)
    elif isinstance(old, dict | None) and isinstance(new, dict | None):
        yield from _mappings(old or {}, new or {}, at)
    else:
        yield Difference("change", at, old, new)


def _lists(old: Mapping[str, Any], new: Mapping[str, Any], at: str) -> Iterator[Difference]:
    for name in dict.fromkeys((*old, *new)):
        path = _joined(at, name)
        if name not in old:
            yield Difference("add", _on(path, new[name]), None, new[name])
        elif name not in new:
            yield Difference("remove", _on(path, old[name]), old[name])
        elif "on" in old[name] or "on" in new[name]:
            yield from _targets(old[name], new[name], path)
        else:
            yield from _mappings(old[name], new[name], path)


def _targets(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[Difference]:
    before, after = old.get("on", []), new.get("on", [])
    came = [name for name in after if name not in before]
    went = [name for name in before if name not in after]
    if came:
        yield Difference("add", f"{path} on {', '.join(came)}", None, came)
    if went:
        yield Difference("remove", f"{path} on {', '.join(went)}", went)
    yield from _mappings(_without_targets(old), _without_targets(new), path)


def _without_targets(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "on"}


def _on(path: str, item: Mapping[str, Any]) -> str:
    on = item.get("on")
    return f"{path} on {', '.join(on)}" if on else path


def _named(value: Any) -> dict[str, Any] | None:
    """Return the items of a list by what they are called; None for any other value."""
    if value is None:
        return {}
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return None
    found = {}
    for item in value:
        name = next((str(item[key]) for key in IDENTITY if key in item), None)
        if name is None:
            return None
        found[name] = item
    return found


def _joined(at: str, name: str) -> str:
    path = f"{at}.{name}" if at else name
    for prefix in _SHORTENED:
        if path.startswith(prefix):
            path = path.removeprefix(prefix)
    for inner in (".attributes.", ".relations."):
        path = path.replace(inner, ".")
    return path
