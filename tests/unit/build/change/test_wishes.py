"""Wishes: each form, and each way in which one cannot be granted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import Access, Attribute, Blueprint, Entity, FeatureUse, Relation
from archwright.build.change.wishes import Kind, Wish, granted
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from subjects.changing import product, shop


@pytest.fixture(scope="module")
def real() -> Catalog:
    """Give the built-in packs, of which some define entities and have options."""
    return load_catalog()[0]


def after(before: Blueprint, packs: Catalog, *wishes: tuple[Kind, str]) -> Blueprint:
    made, _, problems = granted(before, packs, [Wish(*wish) for wish in wishes])
    assert made is not None, problems
    return made


def data(blueprint: Blueprint) -> dict[str, Any]:
    return blueprint.model_dump(mode="json", exclude_defaults=True)


def refused(before: Blueprint, packs: Catalog, kind: Kind, text: str) -> tuple[str, str]:
    made, renamed, problems = granted(before, packs, [Wish(kind, text)])
    assert (made, renamed) == (None, ())
    (problem,) = problems
    return problem.code, f"{problem.message} {problem.hint}"


def video_app() -> Blueprint:
    uses = [FeatureUse(use=name) for name in ("auth", "profiles", "videos", "reports")]
    uses.append(FeatureUse(use="likes", on=("Video",)))
    return shop(entities=(Entity(name="Video", pack="videos"), product())).model_copy(
        update={"features": tuple(uses)}
    )


@pytest.mark.parametrize(
    ("text", "where", "value"),
    [
        ("app.theme.primary=#123456", ("app", "theme", "primary"), "#123456"),
        ("app.summary=", ("app", "summary"), None),
        ("app.summary=a=b, c", ("app", "summary"), "a=b, c"),
        ("app.locales=en,de", ("app", "locales"), ["en", "de"]),
        ("Product.owned=no", ("entities", 0, "owned"), False),
        ("Product.title.maximum=200", ("entities", 0, "attributes", 0, "maximum"), 200),
        (
            "Product.attributes.title.required=yes",
            ("entities", 0, "attributes", 0, "required"),
            True,
        ),
        ("Product.title.default=12", ("entities", 0, "attributes", 0, "default"), "12"),
        ("Product.access.select=owner", ("entities", 0, "access", "select"), "owner"),
        ("access.Product.delete=member", ("entities", 0, "access", "delete"), "member"),
        (
            "Product.access.insert_columns=title",
            ("entities", 0, "access", "insert_columns"),
            ["title"],
        ),
        ("Product.label=thing", ("entities", 0, "label"), "thing"),
        ("notes.why=Because", ("features", 1, "why"), "Because"),
    ],
)
def test_values_are_set(packs: Catalog, text: str, where: tuple[Any, ...], value: object) -> None:
    found: Any = data(after(shop(summary="Old"), packs, ("set", text)))
    for key in where[:-1]:
        found = found[key]
    assert found.get(where[-1]) == value


def test_options_are_of_the_kind_that_their_pack_says(real: Catalog) -> None:
    found = [(p, n, o) for p in real.features for n, o in p.manifest.options.items()]
    assert found
    for pack, name, option in found:
        before = shop().model_copy(update={"features": (FeatureUse(use=pack.name),)})
        value = option.choices[-1] if option.choices else option.default
        text = str(value).lower() if isinstance(value, bool) else value
        made = after(before, real, ("set", f"{pack.name}.{name}={text}"))
        assert made.features[0].options == {name: value}


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("app.theme.primary", "AW-1501", "no value"),
        ("app.theme.primary=red", "AW-1503", "a colour like"),
        ("app.name=a\x1b[2J", "AW-1503", "control characters"),
        ("app.name=" + "x" * 5000, "AW-1501", "4000 characters"),
        ("app=x", "AW-1502", "its keys: name, slug"),
        ("Product=x", "AW-1502", "not one value"),
        ("Product.attributes=x", "AW-1502", "not one value"),
        ("Product.titel.maximum=3", "AW-1502", "Did you mean title?"),
        ("Product.title.maximun=3", "AW-1502", "Did you mean maximum?"),
        ("Product.title.maximum.x=3", "AW-1502", "one value"),
        ("Product.title.maximum=many", "AW-1503", "a whole number"),
        ("Product.title.type=money", "AW-1503", "Expected text or integer"),
        ("Product.owned=maybe", "AW-1503", "true or false"),
        ("Product.unique=a,b", "AW-1503", "Edit blueprint.yaml"),
        ("Product.name=X", "AW-1505", "--rename"),
        ("notes.options.x.y=1", "AW-1502", "one value"),
        ("entities.Prodct.label=x", "AW-1502", "Did you mean Product?"),
        ("nonsense.x=1", "AW-1502", "nothing in the Blueprint"),
        ("version=2", "AW-1505", "not yours"),
        ("request=x", "AW-1505", "asked for"),
        ("a..b=1", "AW-1502", "names with dots"),
        ("app.theme['x']=1", "AW-1502", "no path"),
        ("../../etc/passwd=1", "AW-1502", "no path"),
        ("app.name.__class__=1", "AW-1502", "no path"),
        ("app.__class__=1", "AW-1502", "no path"),
        ("app.model_config=1", "AW-1502", "app has no model_config"),
        ("app.name=Jotter", "AW-1504", "like that already"),
    ],
)
def test_what_cannot_be_set(packs: Catalog, text: str, code: str, says: str) -> None:
    found, told = refused(shop(), packs, "set", text)
    assert (found, says in told) == (code, True), told


def test_what_a_pack_decides_is_not_the_users(real: Catalog) -> None:
    before = video_app()
    for kind, text in (
        ("set", "Video.title.maximum=200"),
        ("set", "Video.pack=other"),
        ("remove", "Video.title"),
        ("remove", "Video"),
        ("rename", "Video.title=name"),
        ("rename", "Video=Film"),
        ("add", "Video.price:integer"),
    ):
        code, told = refused(before, real, kind, text)  # type: ignore[arg-type]
        assert (code, "the pack videos" in told) == ("AW-1505", True), (text, told)


def test_the_access_of_a_packs_entity_is_set_whole(real: Catalog) -> None:
    """An entity that the Blueprint does not list yet keeps the rights that it had."""
    before = video_app().model_copy(update={"entities": ()})
    made = after(before, real, ("set", "Video.access.delete=role(admin)"))
    (video,) = made.entities
    assert (video.name, video.pack) == ("Video", "videos")
    assert video.access is not None
    assert video.access.delete == "role(admin)"
    assert (video.access.select, video.access.insert) != (None, None)
    assert video.access.insert_columns


def test_one_rule_leaves_the_others_as_they_were(packs: Catalog) -> None:
    bare = shop(entities=(Entity(name="Product", attributes=(Attribute(name="title"),)),))
    (entity,) = after(bare, packs, ("set", "Product.access.delete=member")).entities
    assert entity.access == Access(select="public", insert="owner", update="owner", delete="member")


def test_features_and_what_they_are_on(real: Catalog) -> None:
    before = video_app()
    made = after(before, real, ("add", "comments@Video"), ("add", "likes@VideoComment"))
    assert [(u.use, u.on) for u in made.features[-2:]] == [
        ("likes", ("Video", "VideoComment")),
        ("comments", ("Video",)),
    ]
    less = after(made, real, ("remove", "likes@VideoComment"), ("remove", "comments@Video"))
    assert less == before
    assert after(made, real, ("remove", "likes")).feature("likes") is None


def test_a_feature_takes_what_is_said_of_its_entities(real: Catalog) -> None:
    before = video_app()
    made = after(before, real, ("remove", "videos"))
    assert [e.name for e in made.entities] == ["Product"]


@pytest.mark.parametrize(
    ("kind", "text", "code", "says"),
    [
        ("add", "notes", "AW-1504", "already"),
        ("add", "nots", "AW-1502", "Did you mean notes?"),
        ("add", "notes@Prduct", "AW-1502", "Did you mean Product?"),
        ("add", "Product", "AW-1501", "Write --add"),
        ("add", "", "AW-1501", "Write --add"),
        ("add", "Product.title", "AW-1504", "already"),
        ("add", "Product.x;drop table y", "AW-1501", "no column"),
        ("add", "Product.x:money", "AW-1503", "expected 'text'"),
        ("add", "Product.x:text,big", "AW-1503", "no big"),
        ("add", "Product.x:text,name=y", "AW-1503", "no name"),
        ("add", "Nothing.x", "AW-1502", "no entity"),
        ("add", "Product.select:text", "AW-1503", "reserved word"),
        ("add-entity", "Product", "AW-1504", "already"),
        ("add-entity", " ", "AW-1501", "no name"),
        ("add-entity", "product", "AW-1503", "PascalCase"),
        ("remove", "reposts", "AW-1502", "nothing in the Blueprint"),
        ("remove", "reposts@Product", "AW-1502", "no feature"),
        ("remove", "notes@Product", "AW-1502", "not on Product"),
        ("remove", "Product.price", "AW-1502", "no price"),
        ("remove", "Product.name", "AW-1505", "known by"),
        ("remove", "app.theme.primary", "AW-1504", "not set"),
        ("remove", "app.name", "AW-1505", "known by"),
        ("rename", "Product.title", "AW-1501", "Write --rename"),
        ("rename", "Product.title=caption", "AW-1504", "already"),
        ("rename", "Product.titel=x", "AW-1502", "Did you mean title?"),
        ("rename", "Product.access=x", "AW-1502", "no column"),
        ("rename", "Product.title=Select", "AW-1503", "snake_case"),
    ],
)
def test_what_cannot_be_done(packs: Catalog, kind: Kind, text: str, code: str, says: str) -> None:
    found, told = refused(shop(), packs, kind, text)
    assert (found, says in told) == (code, True), told


def test_entities_columns_and_roles_are_added(packs: Catalog) -> None:
    made = after(
        shop(),
        packs,
        ("add-entity", "Store title:text,required status:enum,values=open|closed"),
        ("add", "Product.store->Store,required=false,on_delete=set null"),
        ("add", "Product.price:decimal,precision=10,scale=2"),
        ("add", "roles.shop_keeper"),
    )
    store = made.entities[-1]
    assert [(a.name, a.required, a.values) for a in store.attributes] == [
        ("title", True, ()),
        ("status", False, ("open", "closed")),
    ]
    (item,) = (e for e in made.entities if e.name == "Product")
    assert item.relations == (
        Relation(name="store", to="Store", required=False, on_delete="set null"),
    )
    assert item.attributes[-1].scale == 2
    assert [(r.name, r.label) for r in made.roles] == [("shop_keeper", "Shop keeper")]
    again = refused(made, packs, "add", "roles.shop_keeper")
    assert again[0] == "AW-1504"


def test_what_goes_also_goes_from_the_lists(packs: Catalog) -> None:
    access = Access(
        select="public", insert="owner", insert_columns=("title", "caption", "store_id")
    )
    relations = (Relation(name="store", to="Store"),)
    both = (product(access=access, relations=relations), Entity(name="Store"))
    wishes: tuple[tuple[Kind, str], ...] = (
        ("remove", "Product.caption"),
        ("remove", "Product.store"),
        ("remove", "Store"),
    )
    (left,) = after(shop(entities=both), packs, *wishes).entities
    assert left.access is not None
    assert (left.access.insert_columns, left.relations) == (("title",), ())
    assert [a.name for a in left.attributes] == ["title"]


def test_a_column_has_its_new_name_everywhere(packs: Catalog) -> None:
    access = Access(
        select="owner or caption = 'public' and not self(owner_id)",
        insert="role(caption)",
        update="parent(store_id may update) or related(follows, store_id.caption)",
        insert_columns=("title", "caption"),
    )
    relations = (Relation(name="store", to="Store"),)
    item = product(access=access, relations=relations, unique=(("caption", "store"),))
    before = shop(entities=(item, Entity(name="Store")))
    wishes: tuple[tuple[Kind, str], ...] = (
        ("rename", "Product.caption=headline"),
        ("rename", "Product.store=shop"),
    )
    made, renamed, problems = granted(before, packs, [Wish(*w) for w in wishes])
    assert made is not None, problems
    changed = made.entities[0].access
    assert changed is not None
    assert changed.select == "owner or headline = 'public' and not self(owner_id)"
    assert changed.insert == "role(caption)"
    assert changed.update == "parent(shop_id may update) or related(follows, shop_id.caption)"
    assert changed.insert_columns == ("title", "headline")
    assert made.entities[0].unique == (("headline", "shop"),)
    assert [str(r) for r in renamed] == [
        "rename Product.caption to headline",
        "rename Product.store to shop",
    ]


def test_an_entity_has_its_new_name_everywhere(packs: Catalog) -> None:
    store = Entity(name="Store", relations=(Relation(name="best", to="Product", required=False),))
    before = shop(entities=(product(), store))
    uses = (*before.features, FeatureUse(use="likes", on=("Product",)))
    before = before.model_copy(update={"features": uses})
    made = after(before, packs, ("rename", "Product=Item"))
    assert [e.name for e in made.entities] == ["Item", "Store"]
    assert made.entities[1].relations[0].to == "Item"
    assert made.features[-1].on == ("Item",)


def test_a_column_called_like_a_word_of_every_entity(packs: Catalog) -> None:
    before = shop(entities=(product(attributes=(Attribute(name="label"), Attribute(name="x"))),))
    code, told = refused(before, packs, "remove", "Product.label")
    assert (code, "Product.attributes.label" in told) == ("AW-1502", True)
    assert (
        len(after(before, packs, ("remove", "Product.attributes.label")).entities[0].attributes)
        == 1
    )
    made = after(before, packs, ("set", "Product.label.maximum=3"))
    assert made.entities[0].attributes[0].maximum == 3
    made = after(made, packs, ("rename", "Product.label=tag"))
    assert made.entities[0].attributes[0].name == "tag"


def test_a_name_that_two_things_have(packs: Catalog) -> None:
    before = after(shop(), packs, ("add", "roles.notes"))
    code, told = refused(before, packs, "set", "notes.label=x")
    assert (code, "features.notes and roles.notes" in told) == ("AW-1502", True)
    assert after(before, packs, ("set", "roles.notes.label=Clerk")).roles[0].label == "Clerk"


def test_nothing_is_wished(packs: Catalog) -> None:
    made, _, (problem,) = granted(shop(), packs, [])
    assert (made, problem.code) == (None, "AW-1504")


def test_all_mistakes_are_told_at_once(packs: Catalog) -> None:
    wishes = [Wish("set", "a.b=1"), Wish("remove", "reposts"), Wish("set", "app.summary=Fine")]
    made, _, problems = granted(shop(), packs, wishes)
    assert made is None
    assert [str(p.place) for p in problems] == ["--set a.b=1", "--remove reposts"]


@given(kind=st.sampled_from(["set", "add", "add-entity", "remove", "rename"]), text=st.text())
def test_whatever_is_typed(packs: Catalog, kind: Kind, text: str) -> None:
    """It is granted as a Blueprint that can be written and read again, or refused in words."""
    made, _, problems = granted(shop(), packs, [Wish(kind, text)])
    if made is None:
        assert problems
        assert all(p.code.startswith("AW-15") for p in problems)
    else:
        assert load(dump(made), "")[0] == made


@given(value=st.text())
def test_a_value_is_never_more_than_a_value(packs: Catalog, value: str) -> None:
    made, _, problems = granted(shop(), packs, [Wish("set", f"app.summary={value}")])
    if made is None:
        assert problems
    else:
        expected = shop(summary=value)
        assert made == expected
        assert load(dump(made), "")[0] == expected
