"""Balances of ledgers: the sum of what was written, and nothing else ever changes them."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.catalog.naming import bounded
from archwright.schema.generated import trigger_function
from archwright.schema.keeping import DECLARE, by_others, keeping, refusal
from archwright.schema.model import Function, Ref, Trigger
from archwright.schema.sql_text import ident, name


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where a ledger is and where its balances are.

    ``taken`` are columns of a balance's row that come from the entry that makes it.
    """

    name: str
    table: Ref
    amount: str
    into: Ref
    balance: str
    by: tuple[str, ...]
    taken: tuple[str, ...] = ()


def ledger(made: Ledger) -> tuple[tuple[Function, ...], tuple[Trigger, ...]]:
    """Return what adds each statement's entries to the balances, and refuses any other change.

    Entries of one statement are in any order, so the balances are made and locked in the order of
    their keys: two statements wait for one another and never in a circle.
    """
    post, guard = _post(made), _guard(made)
    balance = ident(made.balance)
    moved = " or ".join(f"old.{ident(c)} is distinct from new.{ident(c)}" for c in made.by)
    changes = {
        "insert": f"new.{balance} <> 0",
        "update": (
            f"(old.{balance} is distinct from new.{balance}\n"
            f"    or old.{balance} <> 0 and ({moved}))"
        ),
        "delete": f"old.{balance} <> 0",
    }
    posted = bounded(f"{made.name}_post")
    sql = (
        f"create trigger {ident(posted)} after insert on {name(made.table)}\n"
        f"  referencing new table as entries\n"
        f"  for each statement execute function {name(post.ref)}()"
    )
    triggers = [Trigger(posted, made.table, sql)]
    for moment, condition in changes.items():
        label = bounded(f"{made.name}_kept_{moment}")
        sql = (
            f"create trigger {ident(label)} after {moment} on {name(made.into)}\n"
            f"  for each row\n  when ({condition}\n    and {by_others(made.name)})\n"
            f"  execute function {name(guard.ref)}()"
        )
        triggers.append(Trigger(label, made.into, sql))
    return (post, guard), tuple(triggers)


def _post(made: Ledger) -> Function:
    into, balance = name(made.into), ident(made.balance)
    by = [ident(c) for c in made.by]
    taken = [ident(c) for c in made.taken]
    keys = ", ".join(f"e.{c}" for c in by)
    firsts = "".join(f", (array_agg(e.{c}))[1]" for c in taken)
    same = " and ".join(f"b.{c} = e.{c}" for c in by)
    body = keeping(
        made.name,
        f"""insert into {into} ({", ".join([*by, *taken, balance])})
select {keys}{firsts}, 0
from entries e group by {keys} order by {keys}
on conflict ({", ".join(by)}) do nothing;
perform 1 from {into} b
where ({", ".join(f"b.{c}" for c in by)}) in (select {keys} from entries e)
order by {", ".join(f"b.{c}" for c in by)} for no key update;
update {into} b set {balance} = b.{balance} + e.amount
from (
  select {keys}, sum(e.{ident(made.amount)}) as amount
  from entries e group by {keys}
) e
where {same};""",
    )
    said = (
        f"Adds what a statement wrote into {made.table.name} to {made.into.name}.{made.balance},"
        f" under locks in the order of ({', '.join(made.by)})."
    )
    function = bounded(f"post_{made.name}")
    return trigger_function(function, f"{body}\nreturn null;", declare=DECLARE, comment=said)


def _guard(made: Ledger) -> Function:
    body = refusal(
        f'{made.balance} of relation "{made.into.name}" is kept by constraint',
        bounded(f"{made.name}_kept"),
        "42501",
        f"It is the sum of {made.table.name}.{made.amount}: write an entry there.",
    )
    return trigger_function(bounded(f"guard_{made.name}"), body)
