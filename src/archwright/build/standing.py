"""The app that stands in a folder, compiled anew from what its journal records."""

from __future__ import annotations

from archwright.blueprint.codec import load
from archwright.build.journal import Journal
from archwright.catalog.pack import Catalog
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import restrict


def standing_app(journal: Journal, catalog: Catalog) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile the app that a journal records."""
    blueprint, problems = load(journal.blueprint, "the journal's Blueprint")
    if blueprint is None:
        return None, problems
    plan, problems = make_plan(blueprint, catalog)
    if plan is None:
        return None, problems
    return compile_app(restrict(blueprint, plan.expansion, journal.built))
