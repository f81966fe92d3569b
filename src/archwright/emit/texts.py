"""The texts of the app: the catalogue, and what to say when the database refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from archwright.catalog.naming import Forms
from archwright.catalog.rename import rename
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.derived import derived, quoted
from archwright.emit.draft import Draft
from archwright.plan.restrict import Restricted


def texts(app: Restricted) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return the text catalogue, nested by feature and key. Diagnostics: two texts of one key."""
    problems: list[Diagnostic] = []
    tree: dict[str, Any] = {
        "app": {"name": app.blueprint.app.name, "summary": app.blueprint.app.summary}
    }
    for instance in app.instances:
        pack = instance.pack
        for key, text in pack.texts.items() if pack else ():
            space = "app" if instance.feature == "foundation" else instance.feature
            path, value = [space, *key.split(".")], text
            if instance.target is not None:
                forms = instance.target.forms
                named = [space, *(rename(step, "toml", forms) for step in path[1:])]
                if named != path:
                    path, value = named, _about(text, forms)
            elif path[1] == "thing":
                continue
            if not _placed(tree, path, value):
                wrong = f"{instance.key}: the text {'.'.join(path)} is there already"
                place = Place(f"{pack.source}/texts.en.toml" if pack else "", tuple(key.split(".")))
                problems.append(Diagnostic("AW-3326", wrong, place))
    return tree, problems


def _placed(tree: dict[str, Any], path: Sequence[str], value: str) -> bool:
    """Put a text into the tree; False where another text or group is in its way."""
    node = tree
    for step in path[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            return False
    there: object = node.setdefault(path[-1], value)
    return there == value


def _about(text: str, forms: Forms) -> str:
    """Return a text with the words for its target."""
    for name, form in (
        ("{thing}", forms.label),
        ("{things}", forms.labels),
        ("{Thing}", forms.label.capitalize()),
        ("{Things}", forms.labels.capitalize()),
    ):
        # {{thing}} is a variable that the app fills in
        text = form.join(re.split(rf"(?<!\{{){re.escape(name)}(?!\}})", text))
    return text


def locale_file(app: Restricted) -> tuple[Draft, list[Diagnostic]]:
    """Return the English text catalogue as a typed constant. Diagnostics: two texts of one key."""
    lines = ["export const en = {"]

    def walk(node: Mapping[str, Any], depth: int) -> None:
        for key in node:
            name = key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) else quoted(key)
            value = node[key]
            pad = "  " * depth
            if isinstance(value, str):
                lines.append(f"{pad}{name}: {quoted(value)},")
            else:
                lines.append(f"{pad}{name}: {{")
                walk(value, depth + 1)
                lines.append(f"{pad}}},")

    tree, problems = texts(app)
    walk(tree, 1)
    lines.append("} as const;")
    return derived("src/locales/en.ts", lines), problems


def messages_file(app: Restricted) -> Draft:
    """Return the texts of constraints, by the constraint's name."""
    found = {k: v for i in app.instances for k, v in i.manifest.messages.items()}
    lines = [
        "import type { ParseKeysWithoutVariables } from 'i18next';",
        "",
        "/** What to tell people when the database refuses a value. */",
        "export const constraintMessages: Readonly<Record<string, ParseKeysWithoutVariables>> = {",
    ]
    lines += [f"  {name}: {quoted(found[name])}," for name in sorted(found)]
    lines.append("};")
    return derived("src/lib/constraint-messages.ts", lines)
