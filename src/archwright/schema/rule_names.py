"""Names in access rules that no pack defines: a spelling mistake would quietly grant nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from archwright.blueprint.access import parse, references
from archwright.blueprint.access_ast import Parent, Related, atoms
from archwright.catalog.columns import parse_column
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import Manifest, RuleSpec
from archwright.catalog.pack import Catalog
from archwright.catalog.rename import rename
from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.plan.restrict import Restricted


@dataclass(slots=True)
class _Known:
    """What the packs of an app, and all others that there are, define between them."""

    relations: set[str] = field(default_factory=set)
    predicates: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    columns: dict[str, set[str]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def add(self, manifest: Manifest) -> None:
        self.relations |= set(manifest.relations)
        self.predicates |= set(manifest.predicates)
        self.roles |= set(manifest.roles)
        for name, spec in manifest.tables.items():
            self._columns(name, spec.columns)
            for foreign in spec.foreign:
                self.keys.setdefault(name, set()).update(foreign.columns)
        for name, columns in manifest.columns.items():
            self._columns(name, columns)

    def _columns(self, table: str, columns: dict[str, str]) -> None:
        self.columns.setdefault(table, set()).update(columns)
        pointing = self.keys.setdefault(table, set())
        for name, text in columns.items():
            column = parse_column(text)
            if not isinstance(column, str) and column.references:
                pointing.add(name)


@dataclass(frozen=True, slots=True)
class _Rule:
    table: str
    text: str
    place: Place


def check_rule_names(app: Restricted, catalog: Catalog) -> list[Diagnostic]:
    """Return warnings AW-2114 to AW-2118 for names in the whole app's rules that nothing defines.

    A name of a feature that is in the catalogue and not in the app is fine: it grants nobody.
    One that no pack defines grants nobody either, and is most likely misspelt.
    """
    known = _Known(roles={r.name for r in app.blueprint.roles})
    for instance in app.expansion.instances:
        known.add(instance.manifest)
    targets = [target.forms for target in app.expansion.targets.values()]
    tables = _tables(app)
    for pack in catalog.packs.values():
        known.add(pack.manifest)
        written = {**pack.raw.get("predicates", {}), **(pack.each or {}).get("predicates", {})}
        known.predicates |= {rename(name, "toml", forms) for name in written for forms in targets}
    return [
        replace(problem, severity=Severity.WARNING)
        for instance in app.expansion.instances
        for problem in (
            *_roles(instance, known),
            *(problem for rule in _rules(instance, tables) for problem in _check(rule, known)),
        )
    ]


def _roles(instance: Instance, known: _Known) -> Iterator[Diagnostic]:
    """Yield the roles that are named outside of rules."""
    for name, query in instance.manifest.queries.items():
        role = query.role
        if role and role not in known.roles:
            yield Diagnostic(
                "AW-2116", f"there is no role {role}", instance.place("queries", name, "persona")
            )
    for name, spec in instance.manifest.roles.items():
        for other in spec.included_in:
            if other not in known.roles:
                place = instance.place("roles", name, "included_in")
                yield Diagnostic("AW-2116", f"there is no role {other}", place)


def _tables(app: Restricted) -> set[str]:
    """Return the names of all tables of the whole app."""
    made = {name for i in app.expansion.instances for name in i.manifest.tables}
    return made | {target.table for target in app.expansion.targets.values()}


def _rules(instance: Instance, tables: Collection[str]) -> Iterator[_Rule]:
    """Yield the rules of an instance; an amendment of a table that is not there has none."""
    manifest = instance.manifest
    for table, spec in manifest.tables.items():
        for operation in ("select", "insert", "update", "delete"):
            rule = getattr(spec.access, operation)
            if rule is not None:
                text = rule.who if isinstance(rule, RuleSpec) else rule
                yield _Rule(table, text, instance.place("tables", table, "access", operation))
    for table, amendment in manifest.amend.items():
        if table not in tables:
            continue
        for how, texts in (("widen", amendment.widen), ("restrict", amendment.restrict)):
            for operation, text in texts.items():
                yield _Rule(table, text, instance.place("amend", table, how, operation))
    for name, relation in manifest.relations.items():
        if relation.where:
            place = instance.place("relations", name, "where")
            yield _Rule(relation.table, relation.where, place)
    for name, predicate in manifest.predicates.items():
        place = instance.place("predicates", name, "same_as")
        yield _Rule(predicate.table, predicate.same_as, place)


def _check(rule: _Rule, known: _Known) -> Iterator[Diagnostic]:
    expr, problems = parse(rule.text, rule.place)
    if expr is None:
        yield from problems
        return
    used = references(expr)
    there = known.columns.get(rule.table)
    if there is None:
        return  # an amendment of a table that another feature would bring
    sought = (
        ("AW-2114", f"{rule.table} has no column", used.columns - there),
        ("AW-2115", "there is no relation", used.relations - known.relations),
        ("AW-2116", "there is no role", used.roles - known.roles),
        ("AW-2117", "there is no predicate", used.predicates - known.predicates),
    )
    for code, message, missing in sought:
        for name in sorted(missing):
            yield Diagnostic(code, f"{message} {name}", rule.place)
    pointing = known.keys.get(rule.table, set())
    followed = {a.column for a in atoms(expr) if isinstance(a, Parent)}
    followed |= {a.path.hop for a in atoms(expr) if isinstance(a, Related) and a.path.hop}
    for name in sorted((followed & there) - pointing):
        message = f"{name} of {rule.table} is not a foreign key"
        yield Diagnostic("AW-2118", message, rule.place)
