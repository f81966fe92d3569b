"""Which roles include which: the Blueprint before the pack, and over several steps."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import Role
from archwright.plan.context import instance_context
from archwright.plan.restrict import Restricted
from archwright.plan.roles import role_holders, role_inclusions
from subjects.tiny import app_of, blueprint, head, packs_with, use

PACK = """
[roles.helper]
label = "Helper"
included_in = ["editor"]

[roles.editor]
label = "Editor"
included_in = ["chief"]

[roles.chief]
label = "Chief"
"""


def made(tmp: Path, *roles: Role) -> Restricted:
    packs = packs_with(tmp, staff={"pack.toml": head("staff") + PACK})
    app = blueprint(use("staff")).model_copy(update={"roles": roles})
    return app_of(app, packs)


def test_as_the_pack_says(tmp_path: Path) -> None:
    found = role_inclusions(made(tmp_path, Role(name="helper", label="Aide")))
    assert found["helper"] == ("editor",)
    assert found["chief"] == ()


def test_the_blueprint_counts_before_the_pack(tmp_path: Path) -> None:
    apart = Role(name="helper", label="Aide", included_in=())
    own = Role(name="cook", label="Cook", included_in=("helper",))
    found = role_inclusions(made(tmp_path, apart, own, Role(name="guest", label="Guest")))
    assert (found["helper"], found["cook"], found["guest"]) == ((), ("helper",), ())


def test_holders_over_several_steps_without_going_in_circles() -> None:
    assert role_holders({"a": ("b",), "b": ("c", "nowhere"), "c": ()}) == {
        "a": ("b", "c"),
        "b": ("c",),
    }
    assert role_holders({"a": ("b",), "b": ("a",)}) == {"a": ("b",), "b": ("a",)}
    assert role_holders({"a": ("a",)}) == {}


def test_templates_see_who_holds_what(tmp_path: Path) -> None:
    app = made(tmp_path)
    context = instance_context(app, app.expansion.instances[0])
    assert context["included_roles"] == [
        {"name": "editor", "holders": ["chief"]},
        {"name": "helper", "holders": ["chief", "editor"]},
    ]
