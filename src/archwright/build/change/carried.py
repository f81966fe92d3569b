"""What declared new names of entities and columns mean for parts, tables, columns and types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archwright.blueprint.model import Blueprint, Entity, Relation
from archwright.build.change.renames import Renamed
from archwright.catalog.instance import Expansion, Instance
from archwright.catalog.link_names import link_table, paths_table
from archwright.migrate.renames import Renames
from archwright.plan.restrict import Node
from archwright.schema.model import Ref, Schema, Table

Pair = tuple[str, str]


@dataclass(frozen=True)
class Carried:
    """The app before and after, and the instances that are the same under another key."""

    old: Expansion
    new: Expansion
    keys: Mapping[str, str]
    renamed: tuple[Renamed, ...]

    def nodes(self, built: Iterable[Node]) -> tuple[Node, ...]:
        """Return built nodes under the keys that they have by now."""
        return tuple(Node(self.keys.get(n.instance, n.instance), n.part) for n in built)

    def in_schema(self, before: Blueprint, after: Blueprint, old: Schema, new: Schema) -> Renames:
        """Return what is renamed in the database; only what is there, and has another name."""
        tables = dict.fromkeys((*self._tables(), *self._links(before, after)))
        there = {t.ref.name: t for t in old.tables}, {t.ref.name: t for t in new.tables}
        pairs = [(there[0][a], there[1][b]) for a, b in tables if a in there[0] and b in there[1]]
        columns = [c for a, b in pairs for c in _columns(a, b, self._words(a, b))]
        enums = {
            one.enum: other.enum
            for a, b in pairs
            for name, to in (*((c.name, c.name) for c in a.columns), *_named(columns, a.ref))
            if (one := a.column(name)) and (other := b.column(to))
            if one.enum and other.enum and one.enum != other.enum
        }
        return Renames(
            tables=tuple((a.ref, b.ref.name) for a, b in pairs if a.ref.name != b.ref.name),
            columns=tuple(columns),
            enums=tuple((a, b) for a, b in enums.items() if a is not None and b is not None),
        )

    def _pairs(self) -> Iterator[tuple[Instance, Instance]]:
        later = {i.key: i for i in self.new.instances}
        for instance in self.old.instances:
            other = later.get(self.keys.get(instance.key, instance.key))
            if other is not None:
                yield instance, other

    def _tables(self) -> Iterator[Pair]:
        """Yield the tables of one pack on a target, which are the same in the same order."""
        for old, new in self._pairs():
            names = tuple(old.manifest.tables), tuple(new.manifest.tables)
            if old.pack is not None and len(names[0]) == len(names[1]):
                yield from zip(*names, strict=True)
            elif old.pack is None:
                yield from zip(names[0][:1], names[1][:1], strict=True)

    def _links(self, before: Blueprint, after: Blueprint) -> Iterator[Pair]:
        """Yield the tables of many-to-many relations, and those of the paths of trees."""
        entities = {e.name: e for e in after.entities}
        names = {r.old: r.new for r in self.renamed if not r.columns}
        for entity in before.entities:
            other = entities.get(names.get(entity.name, entity.name))
            for relation in entity.relations:
                found = self._later(other, relation) if other else None
                if other is None or found is None:
                    continue
                if relation.kind == "many_to_many":
                    yield link_table(entity, relation), link_table(other, found)
                elif relation.paths:
                    yield paths_table(entity, relation), paths_table(other, found)

    def _later(self, entity: Entity, relation: Relation) -> Relation | None:
        names = {r.old: r.new for r in self.renamed if r.entity == entity.name and r.columns}
        wanted = names.get(relation.name, relation.name)
        return next((r for r in entity.relations if r.name == wanted), None)

    def _words(self, old: Table, new: Table) -> dict[str, str]:
        """Return the columns of a table that have another name, or carry that of an entity."""
        found: dict[str, str] = {}
        for instance, other in self._pairs():
            if new.ref.name not in other.manifest.tables:
                continue
            if instance.pack is None:
                entity = other.key.partition(":")[2]
                for one in (r for r in self.renamed if r.entity == entity and r.columns):
                    suffix = "_id" if one.columns == "relations" else ""
                    found[f"{one.old}{suffix}"] = f"{one.new}{suffix}"
            if len(old.columns) == len(new.columns) and instance.pack is not None:
                specs = instance.manifest.tables, other.manifest.tables
                if old.ref.name in specs[0]:
                    names = tuple(
                        s[t.ref.name].columns for s, t in zip(specs, (old, new), strict=True)
                    )
                    found |= dict(zip(names[0], names[1], strict=False))
        for one in (r for r in self.renamed if not r.columns):
            forms = _key_of(self.old, one.old), _key_of(self.new, one.new)
            if all(forms) and old.column(forms[0]) and new.column(forms[1]):
                found.setdefault(forms[0], forms[1])
        return found


def carried(old: Expansion, new: Expansion, renamed: tuple[Renamed, ...]) -> Carried:
    """Return what declared new names mean: an entity takes along all that is on it."""
    names = {r.old: r.new for r in renamed if not r.columns}
    later = {i.key: i for i in new.instances}
    keys: dict[str, str] = {}
    for instance in old.instances:
        feature, colon, entity = instance.key.partition(":")
        other = later.get(f"{feature}{colon}{names.get(entity, entity)}")
        if other is None or len(instance.manifest.entities) != len(other.manifest.entities):
            continue
        keys[instance.key] = other.key
        # What a feature makes of a target is called after it: ProductComment.
        names |= dict(zip(instance.manifest.entities, other.manifest.entities, strict=True))
    return Carried(old, new, keys, renamed)


def _key_of(expansion: Expansion, entity: str) -> str:
    """Return the column that refers to an entity's rows where packs name it."""
    target = expansion.targets.get(entity)
    return f"{target.forms.snake}_id" if target else ""


def _columns(old: Table, new: Table, words: Mapping[str, str]) -> Iterator[tuple[Ref, str, str]]:
    for name, to in words.items():
        if name != to and old.column(name) and new.column(to) and not old.column(to):
            yield old.ref, name, to


def _named(columns: Iterable[tuple[Ref, str, str]], table: Ref) -> Iterator[Pair]:
    return ((name, to) for ref, name, to in columns if ref == table)
