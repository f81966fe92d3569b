"""Plain YAML as the codec's library writes it, for what needs no quoting: very many entities.

The library takes milliseconds for each entity; what is not plain is left to it.
"""

from __future__ import annotations

import re
from typing import Any

# A word or several, which no YAML reader takes for anything but text.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_()./-]|(?:, |[, ])(?=[A-Za-z0-9_()./-]))*")
_TAKEN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_STEP = 2


def plain_list(items: list[Any], width: int) -> str | None:
    """Return a list of mappings below a key, with its indentation; None where one is not plain.

    Lines are at most ``width`` characters long: the library would break longer ones.
    """
    lines = _sequence(items, 0)
    if lines is None or any(len(line) >= width for line in lines):
        return None
    return "".join(f"{line}\n" for line in lines)


def _sequence(items: list[Any], indent: int) -> list[str] | None:
    """Return ``- `` items of a list in a mapping that is indented so far."""
    lines: list[str] = []
    for item in items:
        inner = _mapping(item, indent + 2 * _STEP) if isinstance(item, dict) and item else None
        flow = _flow(item)
        if inner is not None:
            first = inner[0][indent + 2 * _STEP :]
            lines += [f"{' ' * (indent + _STEP)}- {first}", *inner[1:]]
        elif flow is not None:
            lines.append(f"{' ' * (indent + _STEP)}- {flow}")
        else:
            return None
    return lines


def _mapping(value: dict[str, Any], indent: int) -> list[str] | None:
    lines: list[str] = []
    for key, inner in value.items():
        if not _is_plain(key):
            return None
        head = f"{' ' * indent}{key}:"
        more: list[str] | None
        text = _scalar(inner) or _flow(inner)
        if text is not None:
            lines.append(f"{head} {text}")
            continue
        if isinstance(inner, dict) and inner:
            more = _mapping(inner, indent + _STEP)
        elif isinstance(inner, list) and inner:
            more = _sequence(inner, indent)
        else:
            return None
        if more is None:
            return None
        lines += [head, *more]
    return lines


def _flow(value: object) -> str | None:
    """Return a list of names on one line."""
    if not isinstance(value, list) or not value:
        return None
    words = [
        item for item in value if isinstance(item, str) and _is_plain(item) and "," not in item
    ]
    return f"[{', '.join(words)}]" if len(words) == len(value) else None


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) and _is_plain(value) else None


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.lower() not in _TAKEN
