"""Asks the database who hears and who sends in which topics: every persona and every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from archwright.blueprint.access_ast import Expr
from archwright.diagnostics import Place
from archwright.plan.restrict import Restricted
from archwright.proof.access.answers import REFUSED
from archwright.proof.access.bench import Answer, Bench
from archwright.proof.access.cast import Cast, Player
from archwright.proof.access.layout import Layout
from archwright.proof.access.statement import Statement
from archwright.proof.oracle import Persona, Row, World, evaluate
from archwright.proof.oracle_verdicts import Verdict, may_select
from archwright.schema.live_events import PERSON, live_events, senders, topics

Act: TypeAlias = Literal["hear", "send"]
_SETUP = """
grant usage on schema archwright_proof to anon, authenticated;
create function archwright_proof.heard(of text) returns text[] language plpgsql as $$
declare
  found text[];
begin
  perform set_config('realtime.topic', of, true);
  select array_agg(m.extension) into found from realtime.messages m where m.topic = of;
  return found;
end
$$;
create function archwright_proof.sent(into_topic text, kind text) returns text[]
language plpgsql as $$
begin
  perform set_config('realtime.topic', into_topic, true);
  insert into realtime.messages (topic, extension, private) values (into_topic, kind, true);
  return '{}';
end
$$;
"""
_PLACE = """
insert into realtime.messages (topic, extension, private)
select topic, extension, true
from unnest(%s::text[]) topic cross join unnest(array['broadcast', 'presence']) extension
"""
_HEAR = "select archwright_proof.heard($1)"
_SEND = "select archwright_proof.sent($1, $2)"


@dataclass(frozen=True, slots=True)
class TopicRule:
    """Who hears in a kind of topics is said by the table of that name; who sends, by ``sends``."""

    kind: str
    sends: Expr | None
    instance: str
    place: Place


@dataclass(frozen=True, slots=True)
class TopicFinding:
    """Where the database lets a persona hear or send otherwise than declared."""

    player: str
    kind: str
    act: Act
    about: str
    count: int
    expected: str
    got: str


@dataclass(slots=True)
class TopicMatrix:
    """What differs, how often each verdict came by persona, kind and act, and how often asked."""

    findings: list[TopicFinding] = field(default_factory=list)
    cells: dict[tuple[str, str, Act], Counter[Verdict]] = field(default_factory=dict)
    statements: int = 0


@dataclass(frozen=True, slots=True)
class _Room:
    """A topic: its kind ("" = nobody's), the row that it is named after, and that in words."""

    kind: str
    topic: str
    about: str
    row: Row | None = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    room: _Room
    act: Act
    extension: str
    statement: Statement
    expected: Verdict


def topic_rules(app: Restricted, layout: Layout) -> dict[str, TopicRule]:
    """Return what the built parts declare of topics; never the policies."""
    tables = {t.ref.name: t for t in layout.schema.tables}
    places = {
        kind: (event.instance.key, event.instance.place("events", event.name))
        for event in reversed(live_events(app, tables))
        for kind in (event.about, PERSON if "to" in event.spec.live else None)
        if kind is not None
    }
    found = topics(app, tables, senders(app, layout.scope))
    return {t.kind: TopicRule(t.kind, t.sends, *places[t.kind]) for t in found}


def run_topics(
    bench: Bench,
    world: World,
    cast: Cast,
    rules: Mapping[str, TopicRule],
    described: Mapping[str, Sequence[str]],
) -> TopicMatrix:
    """Ask as every player about the topic of every row and person; ``described`` are the rows."""
    rooms = list(_rooms(bench, cast, rules, described))
    bench.connection.execute(_SETUP.encode())
    bench.connection.execute(_PLACE, [[room.topic for room in rooms]])
    bench.connection.execute("analyze realtime.messages")
    matrix = TopicMatrix()
    for player in cast.players:
        if player.persona.service:
            continue  # it goes around policies, as everywhere
        asked = [q for room in rooms for q in _questions(player.persona, room, world, rules)]
        answers = bench.ask(player.persona, [q.statement for q in asked])
        matrix.statements += len(asked)
        _compare(matrix, player, asked, answers)
    return matrix


def _rooms(
    bench: Bench,
    cast: Cast,
    rules: Mapping[str, TopicRule],
    described: Mapping[str, Sequence[str]],
) -> Iterator[_Room]:
    someone = cast.subjects[0]
    yield _Room("", f"elsewhere:{someone}", "of a kind that nobody declares")
    for kind in sorted(rules):
        yield _Room("", f"{kind}:nobody", f"of {kind}, with no id")
        yield _Room("", kind, f"{kind} alone")
        if kind == PERSON:
            for member in cast.members:
                about = f"of {cast.names[member]}"
                yield _Room(kind, f"{PERSON}:{member}", about, member=member)
            continue
        for row, words in zip(bench.rows[kind], described[kind], strict=True):
            yield _Room(kind, f"{kind}:{row['id']}", f"of the row with {words}", row)
            yield _Room("", f"x{kind}:{row['id']}", f"x{kind}")


def _questions(
    persona: Persona, room: _Room, world: World, rules: Mapping[str, TopicRule]
) -> Iterator[_Question]:
    hears, sends = _expected(persona, room, world, rules)
    heard = Verdict.ALLOWED if hears else Verdict.NO_ROWS
    yield _Question(room, "hear", "broadcast", Statement(_HEAR, (room.topic,)), heard)
    for extension in ("broadcast", "presence"):
        sent = sends and extension == "broadcast"
        asked = Statement(_SEND, (room.topic, extension))
        expected = Verdict.ALLOWED if sent else Verdict.DENIED
        yield _Question(room, "send", extension, asked, expected)


def _expected(
    persona: Persona, room: _Room, world: World, rules: Mapping[str, TopicRule]
) -> tuple[bool, bool]:
    """Tell by the declared rules alone whether somebody hears and sends in a topic."""
    if persona.user is None or not room.kind:
        return False, False
    if room.kind == PERSON:
        return room.member == persona.user, False
    assert room.row is not None
    seen = may_select(world, persona, room.kind, room.row, frozenset({"id"})) is Verdict.ALLOWED
    rule = rules[room.kind].sends
    allowed = rule is not None and evaluate(rule, world, persona, room.kind, room.row) is True
    return seen, seen and allowed


def _compare(
    matrix: TopicMatrix, player: Player, asked: Sequence[_Question], answers: Sequence[Answer]
) -> None:
    different: dict[tuple[str, Act, str, str], list[_Room]] = {}
    for question, answer in zip(asked, answers, strict=True):
        room = question.room
        if room.kind and question.extension == "broadcast":
            cell = matrix.cells.setdefault((player.name, room.kind, question.act), Counter())
            cell[question.expected] += 1
        got = _got(question, answer)
        if got != question.expected:
            key = (room.kind, question.act, str(question.expected), got)
            different.setdefault(key, []).append(room)
    for (kind, act, expected, got), rooms in different.items():
        about = rooms[0].about
        matrix.findings.append(
            TopicFinding(player.name, kind, act, about, len(rooms), expected, got)
        )


def _got(question: _Question, answer: Answer) -> str:
    if answer.state == REFUSED:
        return str(Verdict.DENIED)
    if answer.state:
        return f"an error ({answer.message} [{answer.state}])"
    if question.act == "send":
        return str(Verdict.ALLOWED)
    if answer.keys - {"broadcast"}:
        return f"{' and '.join(sorted(answer.keys))} heard"
    return str(Verdict.ALLOWED if answer.keys else Verdict.NO_ROWS)
