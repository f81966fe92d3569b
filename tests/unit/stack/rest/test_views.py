"""Where the columns of views come from."""

from __future__ import annotations

from archwright.stack.rest.views import Key, View, origins, view_keys

DEFINITION = (
    "({QUERY :commandType 1 :cteList ({COMMONTABLEEXPR :ctequery {QUERY :targetList ({TARGETENTRY"
    " :expr {VAR :varno 1} :resno 9 :resname inner :resorigtbl 77 :resorigcol 7 :resjunk false})}})"
    " :rtable ({RTE :eref {ALIAS :aliasname a\\ \\{b :colnames (\"id\" \"na\\)me\")}})"
    " :targetList ({TARGETENTRY :expr {VAR :varno 1 :varattno 1} :resno 1 :resname id"
    " :ressortgroupref 0 :resorigtbl 100 :resorigcol 1 :resjunk false}"
    " {TARGETENTRY :expr {OPEXPR :args ({VAR :varno 1} {CONST :constvalue 4 [ 1 0 0 0 ]})} :resno 2"
    " :resname sum :ressortgroupref 0 :resorigtbl 0 :resorigcol 0 :resjunk false}"
    " {TARGETENTRY :expr {VAR :varno 1} :resno 3 :resname again :resorigtbl 100 :resorigcol 1"
    " :resjunk false}) :sortClause ({SORTGROUPCLAUSE :resno 5 :resorigtbl 5 :resorigcol 5})})"
)  # fmt: skip
TABLE = ("public", "t")
PRIMARY = Key("t_pkey", "p", 100, TABLE, (1,), ("id",))
DOUBLE = Key("t_fk", "f", 100, TABLE, (1, 2), ("id", "other"))


def test_only_the_outermost_target_list_counts() -> None:
    assert origins(DEFINITION) == {1: (100, 1), 3: (100, 1)}
    assert origins("<>") == {}


def test_keys_shown_whole_through_views_over_views() -> None:
    first = View(200, ("public", "v"), ("id", "sum", "again"), origins(DEFINITION))
    second = View(201, ("public", "w"), ("x",), {1: (200, 1)})
    partial = View(202, ("public", "p"), ("y",), {1: (100, 3)})
    found = view_keys([first, second, partial], [PRIMARY, DOUBLE])
    assert [(item.view[1], item.constraint, item.columns) for item in found] == [
        ("v", "t_pkey", (("id", ("id", "again")),)),
        ("w", "t_pkey", (("id", ("x",)),)),
    ]


def test_views_in_a_circle_end() -> None:
    one = View(1, ("public", "a"), ("x",), {1: (2, 1)})
    two = View(2, ("public", "b"), ("x",), {1: (1, 1)})
    assert view_keys([one, two], [PRIMARY]) == []
