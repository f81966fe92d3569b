"""Client state: one declaration, rendered to a Zustand store."""

from __future__ import annotations

from archwright.catalog.instance import Instance
from archwright.catalog.manifest import StateSpec
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic
from archwright.emit.derived import quoted
from archwright.emit.draft import Draft
from archwright.plan.inventory import state_file
from archwright.plan.restrict import Restricted


def state_files(app: Restricted) -> tuple[list[Draft], list[Diagnostic]]:
    """Render every built state declaration. Diagnostics: a field that cannot be read."""
    drafts: list[Draft] = []
    problems: list[Diagnostic] = []
    for instance in app.instances:
        for name, spec in instance.manifest.state.items():
            part = spec.part or instance.parts[0]
            if not app.has_part(instance, part):
                continue
            unknown = sorted(set(spec.persist) - set(spec.fields))
            text = zustand_store(instance, name, spec)
            if text is None or unknown:
                place = instance.place("state", name, "persist" if unknown else "fields")
                wrong = (
                    f"there is no field {unknown[0]!r}"
                    if unknown
                    else "a field is `type = default`"
                )
                problems.append(Diagnostic("AW-3322", wrong, place))
                continue
            path = state_file(instance, name)
            drafts.append(Draft(path, text, f"state {name}", False, instance.key, part))
    return drafts, problems


def zustand_store(instance: Instance, name: str, spec: StateSpec) -> str | None:
    """Render a store: fields, the pack's actions, what is kept, and whether for one account."""
    pascal = "".join(word.capitalize() for word in name.split("_"))
    fields = []
    for field, text in spec.fields.items():
        kind, equals, default = text.rpartition(" = ")
        if not equals:
            return None
        fields.append((field, kind, default))
    actions = f"./{spec.actions.rsplit('/', 1)[-1].rsplit('.', 1)[0]}"
    action_name = f"{Forms.of(pascal).camel}Actions"
    lines = ["import { create } from 'zustand';"]
    if spec.persist:
        lines.append("import { persist } from 'zustand/middleware';")
    if spec.reset_on_sign_out:
        lines.append("import { onAccountChange } from '@/lib/account-change';")
    lines.append(f"import {{ {action_name} }} from {quoted(actions)};")
    lines += ["", f"export interface {pascal}State {{"]
    lines += [f"  {field}: {kind};" for field, kind, _ in fields]
    lines += ["}", "", f"const initial: {pascal}State = {{"]
    lines += [f"  {field}: {default}," for field, _, default in fields]
    lines += ["};", ""]
    store = f"{pascal}State & ReturnType<typeof {action_name}>"
    inner = f"(set, get) => ({{ ...initial, ...{action_name}(set, get) }})"
    if spec.persist:
        kept = ", ".join(spec.persist)
        picked = f"({{ {kept} }}) => ({{ {kept} }})"
        # the app removes what begins so when another account takes over
        owner = "account:" if spec.reset_on_sign_out else ""
        inner = (
            f"persist({inner}, {{ name: {quoted(f'{owner}{instance.feature}.{name}')}, version: 1, "
            f"partialize: {picked} }})"
        )
    lines.append(f"export const use{pascal}Store = create<{store}>()({inner});")
    if spec.reset_on_sign_out:
        lines += ["", f"onAccountChange(() => use{pascal}Store.setState(initial));"]
    return "\n".join(lines) + "\n"
