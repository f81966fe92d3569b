"""Who may do what, gathered from packs, amendments and the Blueprint."""

from __future__ import annotations

from dataclasses import replace

from archwright.blueprint.access import check, check_relation, conjoin, disjoin, parse, simplify
from archwright.blueprint.access_ast import Expr, Nobody
from archwright.blueprint.access_scope import (
    OPERATIONS,
    ForeignKey,
    Operation,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
)
from archwright.blueprint.model import AccessText
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import Amendment, RuleSpec
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
from archwright.plan.roles import role_inclusions
from archwright.schema.model import Enum, Table
from archwright.schema.tables import Draft, TableDraft


def access_scope(
    app: Restricted, draft: Draft, tables: tuple[Table, ...], enums: tuple[Enum, ...]
) -> tuple[Scope, list[Diagnostic]]:
    """Return every table's rules, folded to what is built. Diagnostics: rules that do not parse."""
    builder = _Builder(app, draft)
    accesses = {t.ref.name: builder.table(t, draft.tables[t.ref.name]) for t in tables}
    scope = Scope(
        tables=accesses,
        relations=builder.relations(),
        predicates=builder.predicates(),
        roles=builder.roles(),
        enums={f"public.{e.name}": e.values for e in enums},
        inclusions={role: into for role, into in role_inclusions(app).items() if into},
    )
    scope = replace(scope, tables={name: _fold(scope, name) for name in accesses})
    for name in accesses:
        for operation in OPERATIONS:
            place = builder.place(draft.tables[name], operation)
            rule = scope.tables[name].rule(operation)
            builder.problems += check(rule, scope, name, operation, place)
    for name, relation in scope.relations.items():
        builder.problems += check_relation(relation, scope, builder.related[name])
    return scope, builder.problems


def _fold(scope: Scope, name: str) -> TableAccess:
    table, known = scope.tables[name], scope.known(name)
    return replace(
        table,
        select=simplify(table.select, known),
        insert=simplify(table.insert, known),
        update=simplify(table.update, known),
        delete=simplify(table.delete, known),
    )


def _all_columns(app: Restricted) -> dict[str, set[str]]:
    """Return the columns of every table of the whole app, built or not."""
    found: dict[str, set[str]] = {}
    for instance in app.expansion.instances:
        for name, spec in instance.manifest.tables.items():
            found.setdefault(name, set()).update(spec.columns)
        for name, columns in instance.manifest.columns.items():
            found.setdefault(name, set()).update(columns)
    return found


def _amendments(app: Restricted) -> dict[str, list[tuple[Instance, Amendment]]]:
    """Return by table what the built parts change about its access, in order."""
    found: dict[str, list[tuple[Instance, Amendment]]] = {}
    for instance in app.instances:
        for name, amendment in instance.manifest.amend.items():
            if app.has_part(instance, amendment.part):
                found.setdefault(name, []).append((instance, amendment))
    return found


class _Builder:
    def __init__(self, app: Restricted, draft: Draft) -> None:
        self.app = app
        self.draft = draft
        self.problems: list[Diagnostic] = []
        self.related: dict[str, Place] = {}
        self.columns = _all_columns(app)
        self.amended = _amendments(app)
        self.overrides = {
            app.expansion.targets[e.name].table: (e.access, ("entities", str(index), "access"))
            for index, e in enumerate(app.blueprint.entities)
            if e.pack is not None and e.access is not None and e.name in app.expansion.targets
        }

    def place(self, draft: TableDraft, operation: str) -> Place:
        """Return where a rule is said: in the Blueprint, or in the pack of the table."""
        override = self.overrides.get(draft.ref.name)
        if override is not None:
            return Place("blueprint.yaml", (*override[1], operation))
        path = ("tables", draft.ref.name, "access", operation)
        asked = ("place", draft.instance.key, path)
        return self.app.expansion.once(asked, lambda: draft.instance.place(*path))

    def _parse(self, text: AccessText, place: Place) -> Expr:
        expr, problems = parse(text, place)
        self.problems += problems
        return expr if expr is not None else Nobody()

    def table(self, table: Table, draft: TableDraft) -> TableAccess:
        """Return one table's rules with every built amendment."""
        name = table.ref.name
        rules = {op: self._rule(draft, op) for op in OPERATIONS}
        insertable, updatable = self._written(draft)
        for instance, amendment in self.amended.get(name, ()):
            for op in OPERATIONS:
                if op in amendment.widen:
                    place = instance.place("amend", name, "widen", op)
                    wider = self._parse(amendment.widen[op], place)
                    rules[op] = disjoin(rules[op], wider)
            insertable |= set(amendment.insert_columns)
            updatable |= set(amendment.update_columns)
        for instance, amendment in self.amended.get(name, ()):
            for op in OPERATIONS:
                if op in amendment.restrict:
                    place = instance.place("amend", name, "restrict", op)
                    narrower = self._parse(amendment.restrict[op], place)
                    rules[op] = conjoin(rules[op], narrower)
        present = {c.name for c in table.columns}
        for column in sorted((insertable | updatable) - self.columns[name]):
            text = f"clients are to write {name}.{column}, which nothing defines"
            self.problems.append(Diagnostic("AW-2114", text, self.place(draft, "insert")))
        return TableAccess(
            name=name,
            schema=table.ref.schema,
            columns={c.name: c.type for c in table.columns},
            owner=draft.spec.owner or "",
            foreign_keys=self._foreign_keys(table),
            select=rules["select"],
            insert=rules["insert"],
            update=rules["update"],
            delete=rules["delete"],
            readable=self._readable(draft),
            insertable=frozenset(insertable & present),
            updatable=frozenset(updatable & present),
            nullable=frozenset(c.name for c in table.columns if not c.not_null),
        )

    def _foreign_keys(self, table: Table) -> dict[str, ForeignKey]:
        """Return where each column points: also the one of a composite key that names a row."""
        found: dict[str, ForeignKey] = {}
        for key in sorted(table.foreign_keys, key=lambda k: len(k.columns)):
            target = self.draft.tables.get(key.table.name)
            if target is None or target.ref != key.table:
                continue
            pairs = list(zip(key.columns, key.to, strict=True))
            if len(pairs) > 1:
                pairs = [(mine, theirs) for mine, theirs in pairs if (theirs,) == target.spec.key]
            for mine, theirs in pairs:
                found.setdefault(mine, ForeignKey(key.table.name, theirs))
        return found

    def _rule(self, draft: TableDraft, operation: Operation) -> Expr:
        override = self.overrides.get(draft.ref.name)
        rule = getattr(override[0] if override else draft.spec.access, operation)
        if rule is None:
            return Nobody()
        text = rule.who if isinstance(rule, RuleSpec) else rule
        return self._parse(text, self.place(draft, operation))

    def _readable(self, draft: TableDraft) -> frozenset[str] | None:
        rule = draft.spec.access.select
        if isinstance(rule, RuleSpec) and rule.columns:
            return frozenset(rule.columns)
        return None

    def _written(self, draft: TableDraft) -> tuple[set[str], set[str]]:
        spec, (override, _) = draft.spec.access, self.overrides.get(draft.ref.name, (None, ()))
        insertable = set(spec.insert.columns) if spec.insert else set()
        updatable = set(spec.update.columns) if spec.update else set()
        if override is not None:
            if override.insert_columns is not None:
                insertable = set(override.insert_columns)
            if override.update_columns is not None:
                updatable = set(override.update_columns)
        return insertable, updatable

    def relations(self) -> dict[str, Relation]:
        """Return the relations whose join table is built."""
        found: dict[str, Relation] = {}
        for instance in self.app.instances:
            for name, spec in sorted(instance.manifest.relations.items()):
                if spec.table not in self.draft.tables:
                    continue
                place = instance.place("relations", name)
                where = self._parse(spec.where, place) if spec.where else None
                made = Relation(name, spec.table, spec.me, spec.other, where, spec.either)
                self.related.setdefault(name, place)
                if found.setdefault(name, made) != made:
                    text = f"{instance.key}: there is another relation {name}"
                    self.problems.append(Diagnostic("AW-3105", text, place))
        return found

    def predicates(self) -> dict[str, PredicateRule]:
        """Return the named predicates of the built parts."""
        return {
            name: PredicateRule(name, len(spec.args), spec.anonymous, frozenset(spec.withholds))
            for instance in self.app.instances
            for name, spec in sorted(instance.manifest.predicates.items())
            if self.app.has_part(instance, spec.part)
        }

    def roles(self) -> frozenset[str]:
        """Return the roles of the Blueprint and of every pack, built or not: none is invented."""
        return frozenset(role_inclusions(self.app))
