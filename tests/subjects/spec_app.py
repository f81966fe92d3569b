"""The files of an app whose specs run in a browser: a few features, and one migration."""

from __future__ import annotations

from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.load import load_catalog
from archwright.compiler import compile_app, make_plan
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema


def files_of(name: str, *features: str) -> dict[str, str]:
    """Return path and text of each file of an app with these features."""
    catalog, problems = load_catalog()
    assert not problems
    uses = tuple(FeatureUse(use=feature) for feature in features)
    app = App(name=name, slug=name.lower())
    plan, problems = make_plan(Blueprint(app=app, features=uses), catalog)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    migrations = to_files(diff(Schema(), compiled.architecture.schema), 1)
    files = {draft.path: draft.text for draft in compiled.drafts}
    return files | {f"supabase/migrations/{m.filename}": m.sql for m in migrations}
