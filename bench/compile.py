"""Plans and emits one app in this process and prints CPU seconds, peak memory and sizes as JSON.

``cpu_seconds`` is the whole process up to the emitted app, imports included; ``phases_cpu_seconds``
what a build adds: the app of each phase compiled, one after the other.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse, Relation
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import compile_app, make_plan
from archwright.diagnostics import has_errors
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand


def synthetic(size: int) -> Blueprint:
    """Return a Blueprint with many entities, each with attributes and up to two relations."""
    entities = []
    for number in range(size):
        relations = tuple(
            Relation(name=f"parent{k}", to=f"Entity{number - k}")
            for k in (1, 2)
            if number - k >= 0 and number % (k + 1) == 0
        )
        entities.append(
            Entity(
                name=f"Entity{number}",
                attributes=(
                    Attribute(name="title", required=True, maximum=200),
                    Attribute(name="amount", type="integer", minimum=0),
                    Attribute(name="stage", type="enum", values=("draft", "live"), default="draft"),
                    Attribute(name="starts_at", type="datetime"),
                ),
                relations=relations,
            )
        )
    features = tuple(FeatureUse(use=name) for name in ("auth", "profiles"))
    return Blueprint(
        app=App(name="Synthetic", slug="synthetic"), entities=tuple(entities), features=features
    )


def main(what: str) -> None:
    """Measure one app: "flagship", or a number of synthetic entities."""
    packs, problems = load_catalog()
    assert not problems, problems
    if what == "flagship":
        understood = understand("Build a TikTok clone", from_catalog(packs), None)
        assert understood.blueprint is not None, understood.diagnostics
        blueprint = materialise(understood.blueprint, packs)
    else:
        blueprint = synthetic(int(what))
    plan, problems = make_plan(blueprint, packs)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    whole = time.process_time()
    for phase in range(len(plan.phases) + 1):
        _, problems = compile_app(plan.after(phase))
        assert not has_errors(problems), problems
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "cpu_seconds": round(whole, 2),
                "phases_cpu_seconds": round(time.process_time() - whole, 2),
                "peak_megabytes": round(usage.ru_maxrss / 1024),
                "files": len(compiled.drafts),
                "tables": len(compiled.architecture.schema.tables),
                "phases": len(plan.phases),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
