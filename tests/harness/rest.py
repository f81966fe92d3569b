"""The REST API: tables, views and functions, as PostgREST answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import functions, mutations
from .database import Connection, Pool, run
from .errors import ApiError, unsupported
from .functions import SCALAR
from .http import Answer, Request
from .identity import Caller
from .model import Catalog, Function, Table
from .mutations import SOURCE
from .params import Params, parse_params
from .render import Query, Renderer, check_children
from .source import returned_source, table_source
from .sql import Sql, build, ident, raw, value
from .syntax import Level

MAX_ROWS = 1000
_SINGLE = "application/vnd.pgrst.object"
_RANGE = re.compile(r"(\d+)-(\d*)")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What headers ask for: one object or a list, the count, preferences."""

    single: bool
    strip_nulls: bool
    prefer: dict[str, str]

    @property
    def count(self) -> str | None:
        """``exact``, ``planned`` or ``estimated``."""
        return self.prefer.get("count")


def read_wishes(request: Request) -> Wishes:
    """Read ``Accept`` and ``Prefer``; what is not supported is refused with 501."""
    accept = request.headers.get("accept", "*/*")
    media = accept.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()
    known = ("*/*", "application/json", f"{_SINGLE}+json", "application/vnd.pgrst.array+json", "")
    if media not in known:
        raise unsupported(f"the media type '{media}'")
    schema = request.headers.get("accept-profile") or request.headers.get("content-profile")
    if schema not in (None, "public"):
        raise ApiError(
            406,
            "PGRST106",
            f"Invalid schema: {schema}",
            None,
            "Only the following schemas are exposed: public",
        )
    prefer: dict[str, str] = {}
    for part in request.headers.get("prefer", "").split(","):
        name, _, text = part.strip().partition("=")
        if name:
            prefer.setdefault(name, text)
    for name in ("tx", "params", "timezone"):
        if name in prefer:
            raise unsupported(f"the preference '{name}={prefer[name]}'")
    return Wishes(media.startswith(_SINGLE), "nulls=stripped" in accept, prefer)


class Rest:
    """Answers REST requests against the catalog as it was when last loaded."""

    def __init__(self, pool: Pool, catalog: Catalog) -> None:
        self.pool = pool
        self.catalog = catalog
        self.settings: Mapping[str, Mapping[str, str]] = pool.role_settings()

    def handle(self, request: Request, caller: Caller, target: str) -> Answer:
        """Answer ``/rest/v1/<target>``."""
        wishes = read_wishes(request)
        if target.startswith("rpc/"):
            return self._call(request, caller, wishes, target.removeprefix("rpc/"))
        if target == "":
            raise unsupported("the OpenAPI description")
        table = self._table(target)
        if request.method in ("GET", "HEAD"):
            return self._read(request, caller, wishes, table)
        if request.method in ("POST", "PATCH", "DELETE"):
            return self._write(request, caller, wishes, table)
        raise unsupported(f"the method {request.method} on tables")

    def _table(self, name: str) -> Table:
        table = self.catalog.tables.get(name)
        if table is None:
            schema = self.catalog.schema
            raise ApiError(
                404,
                "PGRST205",
                f"Could not find the table '{schema}.{name}' in the schema cache",
            )
        return table

    def _read(self, request: Request, caller: Caller, wishes: Wishes, table: Table) -> Answer:
        params = parse_params(request.pairs)
        level = paged(params.level, request)
        source = table_source(self.catalog, table.name, table.name)
        query = Renderer(self.catalog).level(source, params.items, level)
        with self.pool.as_caller(caller, request, self.settings, read_only=True) as connection:
            total = _total(connection, query, wishes.count, raw(""))
            row = run(connection, _aggregate(query, raw(""), wishes))
            return _rows_answer(request, wishes, level, row, total)

    def _write(self, request: Request, caller: Caller, wishes: Wishes, table: Table) -> Answer:
        prefer = wishes.prefer
        params = parse_params(request.pairs)
        back = prefer.get("return", "minimal")
        if back not in ("minimal", "representation"):
            raise unsupported(f"the preference 'return={back}'")
        represented = back == "representation"
        if not represented:
            check_children({}, params.level)
        items = mutations.written(self.catalog, table, params) if represented else None
        returned = mutations.returning(self.catalog, table, items)
        statement = self._statement(request, table, params, prefer, returned)
        head = build("with {} as ({}) ", ident(SOURCE), statement)
        level = replace(params.level, conditions=())
        source = returned_source(self.catalog, SOURCE, table, table.name)
        query = Renderer(self.catalog).level(source, params.items, level) if represented else None
        affected = build("(select count(*) from {})", ident(SOURCE))
        with self.pool.as_caller(caller, request, self.settings, read_only=False) as connection:
            if query is None:
                count, text, status = (
                    *run(connection, build("{}select {}", head, affected)),
                    "",
                    None,
                )
            else:
                _, text, count, status = run(connection, _aggregate(query, head, wishes, affected))
            updated_only = _updated_only(connection, prefer)
            _check_affected(prefer, count)
            if wishes.single and represented and count != 1:
                raise not_single(count)
        if status:
            raise unsupported("setting response.status in a write")
        created = request.method == "POST" and not updated_only
        return _written_answer(request, represented, created, count, wishes.count, text)

    def _statement(
        self,
        request: Request,
        table: Table,
        params: Params,
        prefer: dict[str, str],
        back: Sql,
    ) -> Sql:
        if request.method == "DELETE":
            return mutations.delete(self.catalog, table, params, back)
        body = mutations.parse_body(request.body.decode(), params.columns)
        if request.method == "PATCH":
            return mutations.update(self.catalog, table, body, params, back)
        return mutations.insert(self.catalog, table, body, params, prefer, back)

    def _call(self, request: Request, caller: Caller, wishes: Wishes, name: str) -> Answer:
        reading = request.method in ("GET", "HEAD")
        if not reading and request.method != "POST":
            raise ApiError(405, "PGRST101", "Cannot use the method on RPC")
        names = functions.arguments_of(self.catalog, name)
        params = parse_params(request.pairs, names if reading else ())
        given: Mapping[str, object] = params.arguments
        if not reading:
            given = functions.parse_arguments(request.body.decode())
        function = functions.choose(self.catalog, name, given)
        call = functions.call(self.catalog, function, given, params.items)
        head = build("with {} as ({}) ", ident(SOURCE), call)
        read_only = reading or not function.volatile
        level = paged(params.level, request)
        with self.pool.as_caller(caller, request, self.settings, read_only=read_only) as connection:
            if function.returns != "rows":
                return _scalar(connection, request, head, function, params)
            source = functions.result_source(self.catalog, function, SOURCE)
            query = Renderer(self.catalog).level(source, params.items, level)
            counted = build("({})", query.count()) if wishes.count else raw("null::bigint")
            row = run(connection, _aggregate(query, head, wishes, counted))
            if not function.many:
                return _answer(request, 200, _first(row[1]), {})
            return _rows_answer(request, wishes, level, (row[0], row[1], None, row[3]), row[2])


def paged(level: Level, request: Request) -> Level:
    """Apply the Range header where the query names no page, and the greatest page size."""
    limit, offset = level.limit, level.offset
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match and limit is None and not offset:
        offset = int(match[1])
        limit = int(match[2]) - offset + 1 if match[2] else None
    return replace(level, limit=min(MAX_ROWS, MAX_ROWS if limit is None else limit), offset=offset)


def not_single(count: int) -> ApiError:
    """Return the refusal for a single object that is none or several."""
    return ApiError(
        406,
        "PGRST116",
        "Cannot coerce the result to a single JSON object",
        f"The result contains {count} rows",
    )


def _aggregate(query: Query, head: Sql, wishes: Wishes, extra: Sql | None = None) -> Sql:
    lines = raw("json_agg(line)")
    if wishes.strip_nulls:
        lines = build("json_strip_nulls({})", lines)
    return build(
        "{}select count(*), coalesce({}, '[]')::text, {},"
        " nullif(current_setting('response.status', true), '') from ({}) as line",
        head,
        lines,
        extra or raw("null::bigint"),
        query.sql(),
    )


def _total(connection: Connection, query: Query, count: str | None, head: Sql) -> int | None:
    if count is None:
        return None
    if count == "exact":
        return int(run(connection, build("{}{}", head, query.count()))[0])
    if count == "planned":
        rows = build("explain (format json) {}select 1 {}", head, query.body)
        return int(run(connection, rows)[0][0]["Plan"]["Plan Rows"])
    raise unsupported(f"the preference 'count={count}'")


def _scalar(
    connection: Connection, request: Request, head: Sql, function: Function, params: Params
) -> Answer:
    if params.level != Level() or params.columns:
        raise unsupported(f"filters on the scalar result of '{function.name}'")
    if function.returns == "void":
        run(connection, build("{}select count(*) from {}", head, ident(SOURCE)))
        return Answer(204)
    values = build("json_agg({})", ident(SOURCE, SCALAR))
    if not function.many:
        values = build("{} -> 0", values)
    empty = raw("'[]'" if function.many else "'null'")
    sql = build(
        "{}select count(*), coalesce(({}), {}::json)::text from {}",
        head,
        values,
        empty,
        ident(SOURCE),
    )
    count, text = run(connection, sql)
    headers = {"content-range": _range(0, count if function.many else 1, None)}
    return _answer(request, 200, text, headers)


def _rows_answer(
    request: Request,
    wishes: Wishes,
    level: Level,
    row: tuple[int, str, object, str | None],
    total: int | None,
) -> Answer:
    count, text, _, status = row
    if status:
        raise unsupported("setting response.status")
    if wishes.single:
        if count != 1:
            raise not_single(count)
        text = _first(text)
    if total is not None and level.offset and level.offset >= total:
        raise ApiError(
            416,
            "PGRST103",
            "Requested range not satisfiable",
            f"An offset of {level.offset} was requested, but there are only {total} rows.",
        )
    partial = total is not None and count < total
    headers = {"content-range": _range(level.offset, count, total)}
    return _answer(request, 206 if partial else 200, text, headers)


def _written_answer(
    request: Request,
    represented: bool,
    created: bool,
    count: int,
    counting: str | None,
    text: str,
) -> Answer:
    total = count if counting else None
    span = _range(0, count, total) if request.method == "PATCH" else _range(0, 0, total)
    headers = {"content-range": span}
    posted = request.method == "POST"
    if not represented:
        return Answer(201 if created else 200 if posted else 204, b"", headers)
    single = read_wishes(request).single
    return _answer(request, 201 if created else 200, _first(text) if single else text, headers)


def _updated_only(connection: Connection, prefer: dict[str, str]) -> bool:
    """Tell whether an upsert has inserted nothing."""
    if not prefer.get("resolution"):
        return False
    setting = value(mutations.INSERTED, "text")
    row = run(connection, build("select nullif(current_setting({}, true), '')", setting))
    return row[0] is not None and int(row[0]) <= 0


def _check_affected(prefer: dict[str, str], count: int) -> None:
    most = prefer.get("max-affected")
    if most is not None and prefer.get("handling") == "strict" and count > int(most):
        raise ApiError(
            400,
            "PGRST124",
            "Query result exceeds max-affected preference constraint",
            f"The query affects {count} rows",
        )


def _range(offset: int, count: int, total: int | None) -> str:
    span = f"{offset}-{offset + count - 1}" if count else "*"
    return f"{span}/{'*' if total is None else total}"


def _first(text: str) -> str:
    """Cut the single element out of a JSON list of one, leaving its text as it is."""
    inner = text.strip()[1:-1].strip()
    return inner or "null"


def _answer(request: Request, status: int, text: str, headers: dict[str, str]) -> Answer:
    kind = {"content-type": "application/json; charset=utf-8"}
    body = b"" if request.method == "HEAD" else text.encode()
    return Answer(status, body, {**kind, **headers})
