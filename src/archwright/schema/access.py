"""Who may do what, gathered from packs, amendments and the Blueprint."""

from __future__ import annotations

from dataclasses import replace

from archwright.blueprint.access import conjoin, disjoin, parse, simplify
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
from archwright.catalog.manifest import RuleSpec
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
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
    )
    folded = {name: _fold(scope, name) for name in accesses}
    return replace(scope, tables=folded), builder.problems


def _fold(scope: Scope, name: str) -> TableAccess:
    table, known = scope.tables[name], scope.known(name)
    return replace(
        table,
        select=simplify(table.select, known),
        insert=simplify(table.insert, known),
        update=simplify(table.update, known),
        delete=simplify(table.delete, known),
    )


class _Builder:
    def __init__(self, app: Restricted, draft: Draft) -> None:
        self.app = app
        self.draft = draft
        self.problems: list[Diagnostic] = []
        self.overrides = {
            app.expansion.targets[e.name].table: e.access
            for e in app.blueprint.entities
            if e.pack is not None and e.access is not None and e.name in app.expansion.targets
        }

    def _parse(self, text: AccessText, instance: Instance, *path: str) -> Expr:
        source = f"{instance.pack.source}/pack.toml" if instance.pack else "blueprint.yaml"
        expr, problems = parse(text, Place(source, path))
        self.problems += problems
        return expr if expr is not None else Nobody()

    def table(self, table: Table, draft: TableDraft) -> TableAccess:
        """Return one table's rules with every built amendment."""
        name = table.ref.name
        rules = {op: self._rule(draft, op) for op in OPERATIONS}
        insertable, updatable = self._written(draft)
        for instance in self.app.instances:
            amendment = instance.manifest.amend.get(name)
            if amendment is None or not self.app.has_part(instance, amendment.part):
                continue
            for op in OPERATIONS:
                if op in amendment.widen:
                    wider = self._parse(amendment.widen[op], instance, "amend", name, "widen", op)
                    rules[op] = disjoin(rules[op], wider)
            insertable |= set(amendment.insert_columns)
            updatable |= set(amendment.update_columns)
        for instance in self.app.instances:
            amendment = instance.manifest.amend.get(name)
            if amendment is None or not self.app.has_part(instance, amendment.part):
                continue
            for op in OPERATIONS:
                if op in amendment.restrict:
                    path = ("amend", name, "restrict", op)
                    narrower = self._parse(amendment.restrict[op], instance, *path)
                    rules[op] = conjoin(rules[op], narrower)
        present = {c.name for c in table.columns}
        return TableAccess(
            name=name,
            columns={c.name: c.type for c in table.columns},
            owner=draft.spec.owner or "",
            foreign_keys={
                k.columns[0]: ForeignKey(k.table.name, k.to[0])
                for k in table.foreign_keys
                if len(k.columns) == 1 and k.table.schema == "public"
            },
            select=rules["select"],
            insert=rules["insert"],
            update=rules["update"],
            delete=rules["delete"],
            readable=self._readable(draft),
            insertable=frozenset(insertable & present),
            updatable=frozenset(updatable & present),
        )

    def _rule(self, draft: TableDraft, operation: Operation) -> Expr:
        override = self.overrides.get(draft.ref.name)
        if override is not None:
            text = getattr(override, operation)
            if text is None:
                return Nobody()
            expr, problems = parse(text, Place("blueprint.yaml", ("entities", operation)))
            self.problems += problems
            return expr if expr is not None else Nobody()
        rule = getattr(draft.spec.access, operation)
        if rule is None:
            return Nobody()
        text = rule.who if isinstance(rule, RuleSpec) else rule
        path = ("tables", draft.ref.name, "access", operation)
        return self._parse(text, draft.instance, *path)

    def _readable(self, draft: TableDraft) -> frozenset[str] | None:
        rule = draft.spec.access.select
        if isinstance(rule, RuleSpec) and rule.columns:
            return frozenset(rule.columns)
        return None

    def _written(self, draft: TableDraft) -> tuple[set[str], set[str]]:
        spec, override = draft.spec.access, self.overrides.get(draft.ref.name)
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
                if spec.table in self.draft.tables:
                    where = (
                        self._parse(spec.where, instance, "relations", name, "where")
                        if spec.where
                        else None
                    )
                    found[name] = Relation(
                        name, spec.table, spec.me, spec.other, where, spec.either
                    )
        return found

    def predicates(self) -> dict[str, PredicateRule]:
        """Return the named predicates of the built parts."""
        return {
            name: PredicateRule(name, len(spec.args), spec.anonymous)
            for instance in self.app.instances
            for name, spec in sorted(instance.manifest.predicates.items())
            if self.app.has_part(instance, spec.part)
        }

    def roles(self) -> frozenset[str]:
        """Return the roles of the Blueprint and of every pack, built or not: none is invented."""
        names = {r.name for r in self.app.blueprint.roles}
        for instance in self.app.expansion.instances:
            names |= set(instance.manifest.roles)
        return frozenset(names)
