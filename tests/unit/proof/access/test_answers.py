from archwright.proof.access.answers import Single, as_declared, verdict_of
from archwright.proof.access.bench import Answer
from archwright.proof.access.cast import Player
from archwright.proof.access.matrix import Trouble
from archwright.proof.access.questions import Item, Kind, Question
from archwright.proof.access.statement import Statement
from archwright.proof.oracle import Persona
from archwright.proof.oracle_verdicts import Verdict

MEMBER = Player("member", Persona("m"))
DONE = Answer("", "", frozenset())
LACKING = Answer("42501", "permission denied for table t", frozenset())
POLICY = Answer("42501", 'new row violates row-level security policy for table "t"', frozenset())
UNIQUE = Answer("23505", "duplicate key", frozenset())
RAISED = Answer("P0001", "not today", frozenset())


def item(key: str, verdict: Verdict) -> Item:
    return Item(key, {"id": key}, verdict, Statement(f"about {key}"))


def question(kind: Kind, *items: Item, count: int | None = None, insert: bool = False) -> Question:
    operation = "insert" if insert else "delete"
    return Question(MEMBER, "t", operation, Statement("statement"), kind, items, "", count)  # type: ignore[arg-type]


def keys(*found: str) -> Answer:
    return Answer("", "", frozenset(found))


def test_a_set_of_rows_is_exactly_the_allowed_ones() -> None:
    asked = question("keys", item("a", Verdict.ALLOWED), item("b", Verdict.NO_ROWS))
    assert as_declared(asked, keys("a"))
    assert not as_declared(asked, keys("a", "b"))
    assert not as_declared(asked, DONE)
    assert not as_declared(asked, LACKING)


def test_a_closed_table_says_so_itself() -> None:
    """A policy that refuses the first row says nothing of the others."""
    asked = question("closed", item("a", Verdict.DENIED), item("b", Verdict.DENIED))
    assert as_declared(asked, LACKING)
    assert not as_declared(asked, POLICY)
    assert not as_declared(asked, DONE)


def test_a_blind_statement_counts() -> None:
    assert as_declared(question("blind", count=2), keys("2"))
    assert not as_declared(question("blind", count=2), keys("3"))
    assert as_declared(question("blind"), POLICY)
    assert not as_declared(question("blind"), keys("0"))


def test_an_insert_is_done_or_not() -> None:
    asked = question("insert", item("", Verdict.ALLOWED), insert=True)
    assert as_declared(asked, DONE)
    assert not as_declared(asked, UNIQUE)


def test_verdicts_of_one_row() -> None:
    row = item("a", Verdict.ALLOWED)
    assert verdict_of(row, keys("a"), "delete") is Verdict.ALLOWED
    assert verdict_of(row, DONE, "delete") is Verdict.NO_ROWS
    assert verdict_of(row, DONE, "insert") is Verdict.ALLOWED
    assert verdict_of(row, POLICY, "update") is Verdict.DENIED
    assert verdict_of(row, RAISED, "update") is None
    # A trigger may raise a constraint's code before the policy is asked; a constraint comes after.
    assert verdict_of(row, UNIQUE, "insert") is None
    assert verdict_of(row, UNIQUE, "insert", triggers=False) is Verdict.ALLOWED


def test_singles_speak_the_words_of_reports() -> None:
    row = item("a", Verdict.NO_ROWS)
    single = Single(question("keys", row), row, Statement("x"))
    assert single.expected == "no rows"
    assert single.heard(keys("a")) == "allowed"
    assert single.heard(keys("a", "b")) == "allowed and 1 other rows"
    assert single.heard(RAISED) == ""
    blind = Single(question("blind", count=3), None, Statement("x"))
    assert blind.expected == "3 rows"
    assert blind.heard(keys("4")) == "4 rows"
    assert blind.heard(LACKING) == "denied"
    assert blind.heard(RAISED) == ""
    assert blind.heard(UNIQUE) == ""
    assert blind.heard(UNIQUE, triggers=False) == "3 rows"
    assert Single(question("blind"), None, Statement("x")).expected == "denied"


def test_what_a_trigger_does_on_purpose() -> None:
    def trouble(answer: Answer) -> Trouble:
        return Trouble("member", "t", "insert", answer.state, answer.message)

    assert trouble(RAISED).deliberate
    assert trouble(POLICY).deliberate  # it made another row of the one that was asked for
    assert trouble(DONE).deliberate
    assert not trouble(LACKING).deliberate
    other = Answer("42501", 'new row violates row-level security policy for table "u"', frozenset())
    assert not trouble(other).deliberate
    assert not trouble(Answer("42P01", "no table", frozenset())).deliberate
