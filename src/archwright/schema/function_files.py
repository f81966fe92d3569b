"""Functions from the SQL files of packs: renamed for their target, filled in, read."""

from __future__ import annotations

from archwright.catalog.instance import Instance
from archwright.catalog.rename import rename
from archwright.catalog.template import Template, TemplateError
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.context import instance_context
from archwright.plan.restrict import Restricted
from archwright.schema.functions import read_function
from archwright.schema.made import Made
from archwright.schema.model import Function, Ref


def add_declared(app: Restricted, made: Made) -> None:
    """Add queries, commands, private helpers and predicates of the built parts."""
    for instance in app.instances:
        for name, spec in instance.manifest.functions.items():
            if app.has_part(instance, spec.part):
                schema = "private" if spec.kind == "private" else "public"
                ref, path = Ref(schema, name), ("functions", name)
                _add(app, instance, spec.file, ref, spec.callers, path, made)
        for name, predicate in instance.manifest.predicates.items():
            if app.has_part(instance, predicate.part):
                callers = ("anon", "authenticated") if predicate.anonymous else ("authenticated",)
                ref, path = Ref("private", name), ("predicates", name)
                _add(app, instance, predicate.file, ref, callers, path, made)


def _add(
    app: Restricted,
    instance: Instance,
    file: str,
    ref: Ref,
    callers: tuple[str, ...],
    path: tuple[str, ...],
    made: Made,
) -> None:
    function = read_file(app, instance, file, ref, callers, path, made)
    if function is not None:
        made.function(function, instance, *path)


def read_file(
    app: Restricted,
    instance: Instance,
    file: str,
    ref: Ref,
    callers: tuple[str, ...],
    path: tuple[str, ...],
    made: Made,
) -> Function | None:
    """Render an SQL file of an instance's pack and read the function ``ref`` from it.

    ``path`` is where the manifest names the file. What is wrong joins the problems of ``made``:
    AW-3102 for a file that is not there, AW-3103 for one that is not this function.
    """
    found = app.expansion.once(("sql", instance.key, file), lambda: _template(instance, file))
    if found is None:
        made.report(instance, path, f"there is no file sql/{file.removeprefix('sql/')}")
        return None
    template, problems = found
    made.problems += problems
    if template is None:
        return None
    try:
        rendered = template.render(instance_context(app, instance))
    except TemplateError as error:
        made.problems.append(error.diagnostic)
        return None
    function = read_function(rendered, ref, callers, _comment(rendered))
    if isinstance(function, str):
        made.problems.append(Diagnostic("AW-3103", function, template.place))
        return None
    return function


def _template(instance: Instance, file: str) -> tuple[Template | None, list[Diagnostic]] | None:
    """Return a file of an instance's pack, renamed for its target; None where there is none."""
    pack, name = instance.pack, file.removeprefix("sql/")
    # The manifest was renamed for its target, and the file's own name was not.
    source = next((p for p in pack.sql if _renamed(p, instance) == name), None) if pack else None
    if pack is None or source is None:
        return None
    text = pack.sql[source]
    if instance.target is not None:
        text = rename(text, "sql", instance.target.forms)
    return Template.parse(text, Place(f"{pack.source}/sql/{source}"))


def _renamed(path: str, instance: Instance) -> str:
    return rename(path, "path", instance.target.forms) if instance.target else path


def _comment(sql: str) -> str:
    """Return the first comment line of an SQL file: it says what the function is for."""
    first = sql.lstrip().split("\n", 1)[0]
    return first.removeprefix("--").strip() if first.startswith("--") else ""
