"""Takes committed changes apart, asks who may see them, and hands them out in order."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from archwright.stack.database import Connection
from archwright.stack.realtime.conditions import Check, decide
from archwright.stack.realtime.pgoutput import Begin, Change, Relation, Unchanged
from archwright.stack.realtime.records import Record
from archwright.stack.realtime.snapshots import settled
from archwright.stack.realtime.subscriptions import Subscriber, Subscription, Subscriptions
from archwright.stack.realtime.tables import Table, read_rights, read_table, type_of
from archwright.stack.realtime.tokens import Viewer
from archwright.stack.realtime.visibility import visible

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Case:
    """A change and those who asked for such; the others drop out step by step."""

    record: Record
    takers: list[Subscription]
    seen_by: set[Viewer] = field(default_factory=set)


class Distributor:
    """Works on one connection of its own, which may do everything."""

    def __init__(self, connection: Connection, subscriptions: Subscriptions, most: int) -> None:
        """Take where to ask, who to tell, and the most bytes of a record."""
        self._connection = connection
        self._subscriptions = subscriptions
        self._most = most
        self._tables: dict[int, Table | None] = {}
        self._xid = 0
        self._settled = 0

    def forget(self, relation: Relation) -> None:
        """Read a table anew: the stream announced it, so something about it changed."""
        self._tables.pop(relation.oid, None)

    async def hand_out(self, changes: list[tuple[Relation, Change]], begun: Begin) -> None:
        """Send changes of one transaction to all who asked for them and may see them."""
        cases = []
        self._xid = begun.xid
        for relation, change in changes:
            takers = [
                one
                for one in self._subscriptions.of(relation.schema, relation.name)
                if one.covers(change.kind)
            ]
            table = await self._table(relation) if takers else None
            if table is not None:
                cases.append(_Case(Record(table, change, begun.committed, self._most), takers))
        if not cases:
            return
        await self._filter(cases)
        await self._look(cases)
        for case in cases:
            if case.takers:
                await self._send(case)
                await asyncio.sleep(0)

    async def settle(self, begun: Begin) -> None:
        """Make sure that what a transaction wrote can be read."""
        self._xid = begun.xid
        await self._settle()

    async def _table(self, relation: Relation) -> Table | None:
        if relation.oid not in self._tables:
            await self._settle()
            self._tables[relation.oid] = await read_table(self._connection, relation)
        return self._tables[relation.oid]

    async def _settle(self) -> None:
        """Do so for the transaction at hand."""
        if self._settled != self._xid and await settled(self._connection, self._xid):
            self._settled = self._xid

    async def _filter(self, cases: list[_Case]) -> None:
        """Keep the takers whose filters hold; what Python cannot compare goes to the database."""
        known: dict[tuple[int, Check], bool] = {}
        open_questions: list[tuple[int, Check, str]] = []
        for at, case in enumerate(cases):
            for check in {check for taker in case.takers for check in taker.checks}:
                value = case.record.compared.get(check.column)
                if check.column not in case.record.compared or isinstance(value, Unchanged):
                    known[at, check] = False
                    continue
                decided = check.decide(value)
                if decided is None and value is not None:
                    open_questions.append((at, check, value))
                known[at, check] = bool(decided)
        answers = await decide(self._connection, [(check, v) for _, check, v in open_questions])
        for (at, check, _), answer in zip(open_questions, answers, strict=True):
            known[at, check] = answer
        for at, case in enumerate(cases):
            case.takers = [
                taker for taker in case.takers if all(known[at, check] for check in taker.checks)
            ]

    async def _look(self, cases: list[_Case]) -> None:
        """Find out who may see the rows, table by table, all viewers at once."""
        asked: dict[int, list[_Case]] = defaultdict(list)
        for case in cases:
            table = case.record.table
            for viewer in {taker.subscriber.viewer for taker in case.takers}:
                rights = await read_rights(self._connection, table, viewer.role)
                open_to_all = case.record.kind == "DELETE" or not rights.secured
                if open_to_all or case.record.fault(rights):
                    case.seen_by.add(viewer)
            unsure = {taker.subscriber.viewer for taker in case.takers} - case.seen_by
            if unsure and case.record.key() is not None:
                asked[table.relation.oid].append(case)
        if asked:
            await self._settle()
        for found in asked.values():
            keys = [case.record.key() or () for case in found]
            viewers = {t.subscriber.viewer for case in found for t in case.takers}
            try:
                seen = await visible(self._connection, found[0].record.table, keys, list(viewers))
            except psycopg.DatabaseError as error:
                if self._connection.closed:
                    raise
                # policies that take too long hide their rows, and hold nobody else up
                _LOG.warning("nobody sees changes of %s: %s", found[0].record.table.name, error)
                continue
            for viewer, places in seen.items():
                for place in places:
                    found[place].seen_by.add(viewer)

    async def _send(self, case: _Case) -> None:
        if case.record.unchanged and case.takers:
            await self._complete(case.record)
        groups: dict[tuple[Subscriber, frozenset[str] | None], list[int]] = defaultdict(list)
        for taker in case.takers:
            if taker.subscriber.viewer in case.seen_by:
                groups[taker.subscriber, taker.wanted.select].append(taker.wanted.id)
        table = case.record.table
        for (subscriber, select), ids in groups.items():
            role = subscriber.viewer.role
            rights = table.rights.get(role)
            if rights is None:
                rights = await read_rights(self._connection, table, role)
            subscriber.send_change(ids, case.record.write(role, rights, select))

    async def _complete(self, record: Record) -> None:
        """Fetch the large values that an update left alone, which the stream does not repeat."""
        key, table = record.key(), record.table
        if key is None:
            return
        await self._settle()
        names = record.unchanged
        matches = [
            sql.SQL("{} = (%s::text)::{}").format(
                sql.Identifier(name), type_of(table.columns[name])
            )
            for name in table.key
        ]
        query = sql.SQL("select {} from {} where {}").format(
            sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(n)) for n in names),
            sql.Identifier(table.relation.schema, table.relation.name),
            sql.SQL(" and ").join(matches),
        )
        found = await (await self._connection.execute(query, list(key))).fetchone()
        if found is not None:
            record.new.update(zip(names, found, strict=True))
