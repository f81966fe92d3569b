"""Access that packs would decide unseen, written into the Blueprint."""

from __future__ import annotations

from archwright.blueprint.model import Access, Entity
from archwright.catalog.manifest import AccessSpec, RuleSpec
from archwright.catalog.materialise import access_of, materialise
from archwright.schema.architect import design
from subjects.tiny import app_of, blueprint, catalog, use


def test_entities_of_packs_get_their_access_and_nothing_else_changes() -> None:
    own = Entity(name="Recipe", traits=("likeable",))
    clip = Entity(name="Clip", pack="clips")
    comment = Entity(name="ClipComment", pack="comments")
    kept = Entity(name="Profile", pack="profiles", access=Access(select="member"))
    made = blueprint(
        use("profiles"),
        use("clips"),
        use("comments", "Clip"),
        entities=(own, clip, comment, kept),
    )
    filled = materialise(made, catalog())
    assert filled.entities[0] == own
    assert filled.entities[3] == kept
    access = filled.entities[1].access
    assert access is not None
    assert access.select == "status = 'ready' or owner"
    assert access.update_columns == ("caption", "tags", "status")
    assert access.delete == "owner or role(moderator)"
    comments = filled.entities[2].access
    assert comments is not None
    assert comments.insert_columns == ("clip_id", "parent_id", "body")
    assert materialise(filled, catalog()) == filled


def test_what_is_written_down_compiles_to_the_same_database() -> None:
    made = blueprint(use("profiles"), use("clips"), entities=(Entity(name="Clip", pack="clips"),))
    before, _ = design(app_of(made))
    after, _ = design(app_of(materialise(made, catalog())))
    assert before is not None
    assert after is not None
    assert before.schema == after.schema


def test_access_of_a_table_that_nobody_may_touch() -> None:
    assert access_of(AccessSpec()) == Access()
    spec = AccessSpec(select=RuleSpec(who="member", columns=("id",)))
    assert access_of(spec).select == "member"
