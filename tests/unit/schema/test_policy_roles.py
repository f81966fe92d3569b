"""What a rule is to anonymous callers, to members, and to one row of an update."""

from __future__ import annotations

import pytest

from archwright.blueprint.access import (
    ForeignKey,
    PredicateRule,
    Relation,
    Scope,
    TableAccess,
    parse,
    render,
)
from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.schema.policy_roles import (
    CLIENT_ROLES,
    for_role,
    operation_roles,
    row_view,
    update_check,
    update_guard,
    update_using,
)


def read(text: str) -> Expr:
    expr, found = parse(text, Place())
    assert expr is not None, found
    return expr


COLUMNS = {"id": "uuid", "author_id": "uuid", "a": "integer", "b": "integer", "up": "uuid"}


def table(name: str, **rules: str) -> TableAccess:
    return TableAccess(
        name,
        COLUMNS,
        owner="author_id",
        foreign_keys={"up": ForeignKey("open" if name == "things" else "things")},
        **{key: read(text) for key, text in rules.items()},  # type: ignore[arg-type]
    )


SCOPE = Scope(
    tables={
        "things": table(
            "things", select="public", insert="owner", update="public and new.a = 1", delete="owner"
        ),
        "open": table("open", select="public", update="owner", delete="a = 1"),
        "closed": table("closed", select="member"),
        "sealed": table("sealed", select="nobody", update="member", update_check="nobody"),
        "loop": TableAccess(
            "loop",
            COLUMNS,
            foreign_keys={"up": ForeignKey("loop")},
            select=read("parent(up may select)"),
            delete=read("parent(up may delete)"),
        ),
    },
    relations={"follows": Relation("follows", "things", "author_id", "id")},
    predicates={
        "calm": PredicateRule("calm", anonymous=True),
        "vip": PredicateRule("vip"),
    },
    roles=frozenset({"admin"}),
)


def roles_for(text: str, table: str = "things") -> tuple[str, ...]:
    """Return the database roles for which a rule can hold."""
    rule = read(text)
    return tuple(r for r in CLIENT_ROLES if render(for_role(rule, r, SCOPE, table)) != "nobody")


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("public", "public"),
        ("member or a = 1", "a = 1"),
        ("not member", "public"),
        ("owner or self(up)", "nobody"),
        ("not owner", "nobody"),
        ("not (owner and a = 1)", "not a = 1"),
        ("role(admin) or related(follows, owner)", "nobody"),
        ("a = 1 and not related(follows, owner)", "a = 1"),
        ("predicate(calm)", "predicate(calm)"),
        ("predicate(vip) or a is null", "a is null"),
        ("parent(up may select)", "parent(up may select)"),
        ("parent(up may update)", "nobody"),
        ("not parent(up may update)", "public"),
        ("parent(up may delete)", "parent(up may delete)"),
        ("not related(follows, up.owner)", "public"),
        ("gone = 1 or a = 1", "a = 1"),
    ],
)
def test_the_rule_of_anonymous_callers(text: str, anonymous: str) -> None:
    assert render(for_role(read(text), "anon", SCOPE, "things")) == anonymous


def test_members_keep_the_rule_but_for_what_they_can_never_see() -> None:
    def member(text: str, name: str) -> str:
        return render(for_role(read(text), "authenticated", SCOPE, name))

    for text in ("member", "not owner", "parent(up may update)", "related(follows, up.owner)"):
        assert member(text, "things") == text
    sealed = TableAccess("x", COLUMNS, foreign_keys={"up": ForeignKey("sealed")})
    scope = Scope({**SCOPE.tables, "x": sealed}, SCOPE.relations)
    for text in ("parent(up may select)", "parent(up may update)", "related(follows, up.id)"):
        assert render(for_role(read(text), "authenticated", scope, "x")) == "nobody"


def test_a_rule_that_only_repeats_itself_grants_nobody() -> None:
    for text in ("parent(up may select)", "parent(up may delete)"):
        assert roles_for(text, "loop") == ()
    assert operation_roles(SCOPE, "loop", "select") == ()


def test_roles() -> None:
    assert roles_for("public") == ("anon", "authenticated")
    assert roles_for("not member") == ("anon", "authenticated")
    assert roles_for("owner") == ("authenticated",)
    assert roles_for("nobody") == ()
    assert operation_roles(SCOPE, "things", "select") == ("anon", "authenticated")
    assert operation_roles(SCOPE, "things", "insert") == ("authenticated",)
    assert operation_roles(SCOPE, "things", "update") == ("anon", "authenticated")
    assert operation_roles(SCOPE, "sealed", "update") == ()


@pytest.mark.parametrize(
    ("text", "using", "check"),
    [
        ("owner", "owner", "owner"),
        ("owner and old.a = 1 and new.a = 2", "owner and a = 1", "owner and a = 2"),
        (
            "owner or role(admin) and new.a = 1",
            "owner or role(admin)",
            "owner or role(admin) and a = 1",
        ),
        ("not old.a = 1", "not a = 1", "public"),
        ("old.a < new.a", "public", "public"),
        ("old.a < b", "a < b", "public"),
        ("self(old.up) or new.a in (1)", "public", "public"),
        ("self(old.up) and new.a in (1)", "self(up)", "a in (1)"),
        ("predicate(p, old.a) and new.a is null", "predicate(p, a)", "a is null"),
        ("predicate(p, old.a, new.a) and owner", "owner", "owner"),
    ],
)
def test_an_update_rule_splits_into_its_rows(text: str, using: str, check: str) -> None:
    assert render(row_view(read(text), "old")) == using
    assert render(row_view(read(text), "new")) == check


def test_the_check_of_the_new_row_is_added() -> None:
    here = table("things", update="owner and old.a = 1", update_check="new.b = 2 or b = 3")
    assert render(update_using(here)) == "owner and a = 1"
    assert render(update_check(here)) == "owner and (b = 2 or b = 3)"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("owner and old.a = 1 and new.a = 2", None),
        ("owner or new.a = 1", None),
        ("old.a = 1 or role(admin)", None),
        ("owner and old.a < new.a", "old.a < new.a"),
        (
            "owner and (old.a = 1 or new.a = 1) and old.b = b",
            "(old.a = 1 or new.a = 1) and old.b = b",
        ),
        ("owner or old.a = 1", "owner or old.a = 1"),
        ("old.a = 1 or related(follows, owner)", "old.a = 1 or related(follows, owner)"),
        ("old.a = 1 or parent(up may select)", "old.a = 1 or parent(up may select)"),
    ],
)
def test_what_ties_two_rows_needs_a_guard(text: str, tied: str | None) -> None:
    found = update_guard(table("things", update=text))
    assert (render(found) if found else None) == tied
