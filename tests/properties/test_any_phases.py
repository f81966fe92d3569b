"""Any packs: phases are small and closed, and each app is a part of the next."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archwright.blueprint.model import Blueprint
from archwright.catalog.expansion import expand
from archwright.catalog.manifest import Manifest
from archwright.catalog.pack import Catalog, Pack, PackFile
from archwright.compiler import Plan, compile_app
from archwright.emit.app import emit
from archwright.plan.graph import dependency_graph
from archwright.plan.inventory import inventory
from archwright.plan.phases import LIMIT, plan_phases
from archwright.plan.restrict import Node, restrict, whole
from archwright.schema.model import Schema
from subjects.tiny import FULL, catalog, plan_of

PARTS = ("data", "components", "pages")


def pack(name: str, counts: tuple[int, ...], hosts: tuple[str, ...], **head: object) -> Pack:
    """Return a pack of ``counts`` files a part; its first file asks for each of ``hosts``."""
    parts = PARTS[: len(counts)]
    raw = {"pack": {"name": name, "title": name, "summary": "s", "parts": parts, **head}}
    manifest = Manifest.model_validate(raw)
    asked = "".join(f"/*% if has('{h}') %*/ {h} /*% endif %*/\n" for h in hosts)
    files = tuple(
        PackFile(part, f"src/{name}/{part}-{n}.ts", asked if n == 0 else "")
        for part, count in zip(parts, counts, strict=True)
        for n in range(count)
    )
    return Pack(manifest.pack, raw, manifest, files=files, source=f"packs/{name}")


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Blueprint, Catalog]:
    names = [f"p{chr(97 + i)}" for i in range(draw(st.integers(1, 6)))]
    counts = st.lists(st.integers(0, 13), min_size=1, max_size=3).map(tuple)
    packs = {"foundation": pack("foundation", (3,), (), kind="foundation")}
    for index, name in enumerate(names):
        requires = draw(st.sets(st.sampled_from(names[:index]))) if index else set()
        hosts = draw(st.sets(st.sampled_from(names), max_size=2))
        made = pack(name, draw(counts), tuple(sorted(hosts)), requires=tuple(sorted(requires)))
        packs[name] = made
    features = [{"use": name} for name in draw(st.permutations(names))]
    app = {"name": "Any", "slug": "any"}
    return Blueprint.model_validate({"app": app, "features": features}), Catalog(packs)


@given(catalogs())
@settings(max_examples=60, deadline=None)
def test_phases_are_small_and_closed_and_hold_every_part_once(
    made: tuple[Blueprint, Catalog],
) -> None:
    blueprint, packs = made
    expansion, problems = expand(blueprint, packs)
    assert problems == []
    graph, problems = dependency_graph(expansion, packs)
    assert problems == []
    app = whole(blueprint, expansion)
    phases, problems = plan_phases(app, graph)
    assert problems == []
    assert all(0 < phase.size <= LIMIT for phase in phases)
    assert [p.number for p in phases] == list(range(1, len(phases) + 1))
    nodes = [node for phase in phases for node in phase.nodes]
    assert len(nodes) == len(set(nodes))
    assert set(nodes) == app.built
    by_key = {i.key: i for i in expansion.instances}
    built: set[Node] = set()
    seen: set[str] = set()
    for phase in phases:
        for node in phase.nodes:
            parts = by_key[node.instance].parts
            assert {Node(node.instance, p) for p in parts[: parts.index(node.part)]} <= built
            for key in graph.needs[node.instance]:
                assert {Node(key, p) for p in by_key[key].parts} <= built
            built.add(node)
        assert not seen & set(phase.new)
        assert set(phase.changed) <= seen
        seen |= set(phase.new)
        standing = restrict(blueprint, expansion, built)
        assert seen == {e.path for e in inventory(standing) if not e.derived}


@given(catalogs())
@settings(max_examples=30, deadline=None)
def test_a_file_changes_only_in_a_phase_that_says_so(made: tuple[Blueprint, Catalog]) -> None:
    blueprint, packs = made
    expansion, _ = expand(blueprint, packs)
    graph, _ = dependency_graph(expansion, packs)
    phases, _ = plan_phases(whole(blueprint, expansion), graph)
    built: set[Node] = set()
    before: dict[str, str] = {}
    for phase in phases:
        built |= set(phase.nodes)
        drafts, problems = emit(restrict(blueprint, expansion, built), Schema())
        assert problems == []
        after = {d.path: d.text for d in drafts if not d.derived}
        differing = {p for p, text in after.items() if p in before and before[p] != text}
        assert differing <= set(phase.changed)
        assert set(after) - set(before) == set(phase.new)
        before = after


@cache
def plan() -> Plan:
    return plan_of(FULL)


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_emitted_is_what_was_listed(data: st.DataObject) -> None:
    nodes = sorted(plan().app.built)
    built = data.draw(st.sets(st.sampled_from(nodes)))
    app = restrict(FULL, plan().expansion, built)
    drafts, problems = emit(app, Schema())
    assert problems == []
    assert [d.path for d in drafts] == [e.path for e in inventory(app)]
    assert {d.path for d in drafts if d.derived} == {e.path for e in inventory(app) if e.derived}


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_app_is_a_part_of_the_next_and_no_name_changes(data: st.DataObject) -> None:
    order = [Node(k, p) for k in plan().graph.order for p in _parts(k)]
    fewer = data.draw(st.integers(0, len(order)))
    more = data.draw(st.integers(fewer, len(order)))
    small, problems = compile_app(restrict(FULL, plan().expansion, order[:fewer]))
    assert small is not None, problems
    large, problems = compile_app(restrict(FULL, plan().expansion, order[:more]))
    assert large is not None, problems
    assert {d.path for d in small.drafts} <= {d.path for d in large.drafts}
    a, b = small.architecture.schema, large.architecture.schema
    assert {f.signature for f in a.functions} <= {f.signature for f in b.functions}
    assert {(t.table, t.name) for t in a.triggers} <= {(t.table, t.name) for t in b.triggers}
    assert set(a.enums) <= set(b.enums)
    for table in a.tables:
        later = b.table(table.ref.name)
        assert later is not None
        assert set(table.columns) <= set(later.columns)
        assert set(table.foreign_keys) <= set(later.foreign_keys)
        assert table.primary_key == later.primary_key


def _parts(key: str) -> tuple[str, ...]:
    return next(i.parts for i in plan().expansion.instances if i.key == key)


def test_the_catalogue_of_the_properties_is_whole() -> None:
    assert {i.feature for i in plan().expansion.instances} == set(catalog().packs)
