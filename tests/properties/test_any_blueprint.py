"""Any Blueprint survives its file; any text is either a Blueprint or diagnostics."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.blueprint import codec, names
from archwright.blueprint.codec import dump, load, update
from archwright.blueprint.model import (
    Access,
    App,
    Assumption,
    Attribute,
    Blueprint,
    Entity,
    FeatureUse,
    Integration,
    Relation,
    Role,
    Theme,
)

_ENTITY = st.from_regex(names.ENTITY, fullmatch=True).filter(
    lambda name: name not in names.RESERVED_ENTITIES
)
_IDENTIFIER = (
    st.from_regex(r"[a-z][a-z0-9]{0,9}(_[a-z0-9]{1,9}){0,2}", fullmatch=True)
    | st.sampled_from(["yes", "null", "y", "e1", "no", "off"])
).filter(lambda name: name not in names.RESERVED_SQL)
_SLUG = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
_BIDI = "".join(map(chr, sorted(names._BIDI)))
_CLEAN = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=_BIDI)
_SENTENCE = st.text(_CLEAN, max_size=60) | st.sampled_from(
    ["yes", "null", "~", "1.0", "- a", "a: b", "# x", " a ", "{}", "*x"]
)
_LABEL = _SENTENCE.filter(lambda text: 0 < len(text) <= 60)
_ACCESS_TEXT = st.text(min_size=1, max_size=40)
_SCALAR = st.booleans() | st.integers(-(10**15), 10**15) | _SENTENCE
_COLOUR = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)


def _several(items: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[object]:
    return st.lists(items, max_size=most).map(tuple)


_APP = st.builds(
    App,
    name=_LABEL,
    slug=_SLUG,
    summary=_SENTENCE,
    archetypes=_several(_SLUG),
    locales=_several(st.sampled_from(["en", "no", "de"])),
    theme=st.builds(
        Theme, background=_COLOUR, primary=_COLOUR, mode=st.sampled_from(["light", "dark"])
    ),
)
_ATTRIBUTE = st.builds(
    Attribute,
    name=_IDENTIFIER,
    type=st.sampled_from(["text", "integer", "boolean", "enum", "json"]),
    list=st.booleans(),
    comment=_SENTENCE,
    required=st.booleans(),
    default=st.none() | _SCALAR,
    values=_several(_IDENTIFIER),
    minimum=st.none() | st.integers(-5, 5),
)
_RELATION = st.builds(
    Relation,
    name=_IDENTIFIER,
    to=_ENTITY,
    kind=st.sampled_from(["belongs_to", "one_to_one", "many_to_many", "tree"]),
    required=st.booleans(),
    why=_SENTENCE,
    within=st.none() | _IDENTIFIER,
    arc=st.none() | _IDENTIFIER,
    paths=st.booleans(),
    deferred=st.booleans(),
    attributes=_several(_ATTRIBUTE, 1),
)
_ACCESS = st.builds(
    Access,
    select=st.none() | _ACCESS_TEXT,
    update=st.none() | _ACCESS_TEXT,
    update_columns=st.none() | _several(_IDENTIFIER),
)
_BLUEPRINT = st.builds(
    Blueprint,
    app=_APP,
    roles=_several(
        st.builds(
            Role,
            name=_IDENTIFIER,
            label=_LABEL,
            granted_by=_several(_IDENTIFIER),
            included_in=st.none() | _several(_IDENTIFIER),
        )
    ),
    entities=_several(
        st.builds(
            Entity,
            name=_ENTITY,
            label=st.none() | _LABEL,
            pack=st.none() | _SLUG,
            owned=st.booleans(),
            traits=_several(_IDENTIFIER),
            attributes=_several(_ATTRIBUTE, 2),
            relations=_several(_RELATION, 2),
            unique=_several(st.lists(_IDENTIFIER, min_size=1, max_size=2).map(tuple), 2),
            comment=_SENTENCE,
            access=st.none() | _ACCESS,
        )
    ),
    features=_several(
        st.builds(
            FeatureUse,
            use=_SLUG,
            on=_several(_ENTITY),
            options=st.dictionaries(_IDENTIFIER, _SCALAR, max_size=2),
            why=_SENTENCE,
        )
    ),
    integrations=_several(st.builds(Integration, service=st.just("email"), provider=_SLUG), 1),
    assumptions=_several(
        st.builds(
            Assumption,
            what=_SENTENCE,
            because=_SENTENCE,
            confidence=st.floats(0, 1),
            status=st.sampled_from(["stated", "excluded"]),
        )
    ),
    request=st.text(max_size=200),
)


@settings(max_examples=40, deadline=None)
@given(_BLUEPRINT)
def test_a_blueprint_survives_its_file(blueprint: Blueprint) -> None:
    text = dump(blueprint)
    again, found = load(text, "blueprint.yaml")
    assert not found
    assert again == blueprint
    assert dump(again) == text


@settings(max_examples=25, deadline=None)
@given(_BLUEPRINT, _BLUEPRINT)
def test_an_update_says_the_new_one(old: Blueprint, new: Blueprint) -> None:
    assert load(update(dump(old), new), "")[0] == new


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.text("ab:-[]{}&*!|>'\"#\n \t,?", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    blueprint, found = load(text, "blueprint.yaml")
    assert blueprint is not None or found
    lines = (
        text.count("\n")
        + text.count("\r")
        + text.count("\x85")
        + text.count("\u2028")
        + text.count("\u2029")
    )
    assert all(d.place.line <= lines + 2 for d in found)


@settings(max_examples=60, deadline=None)
@given(_BLUEPRINT)
def test_what_is_written_item_by_item_is_what_the_library_writes(blueprint: Blueprint) -> None:
    data = codec._data(blueprint)
    whole = "".join(codec._emit({key: codec._shaped(key, data[key])}) for key in data)
    assert dump(blueprint) == codec.HEADER + whole
