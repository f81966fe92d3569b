"""Which statements of a stranger's script are run, and which are passed over: nothing else runs.

Only what makes types, sequences, tables, keys and indexes is; no function of the script's keeps
its body, so none of its code is ever run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import pglast
from pglast import ast
from pglast.enums import AlterTableType, ObjectType
from pglast.parser import ParseError
from pglast.stream import RawStream

from archwright.introspect.ours import PLATFORM_SCHEMAS

Verdict = Literal["run", "extension", "rows", "access", "platform", "quiet", "left out", "broken"]
INERT = "begin raise exception 'functions of an imported schema are not run'; end"
EXTENSIONS = frozenset(
    """btree_gin btree_gist citext cube earthdistance fuzzystrmatch hstore intarray isn ltree
    pg_trgm pgcrypto seg tablefunc unaccent uuid-ossp""".split()
)
_ROWS = re.compile(r"(insert|copy|update|delete)\b", re.IGNORECASE)
_MADE: dict[type, Verdict] = {
    ast.CreateStmt: "run",
    ast.CreateEnumStmt: "run",
    ast.CreateDomainStmt: "run",
    ast.CompositeTypeStmt: "run",
    ast.CreateSeqStmt: "run",
    ast.AlterSeqStmt: "run",
    ast.IndexStmt: "run",
    ast.AlterEnumStmt: "run",
    ast.CreateSchemaStmt: "run",
    ast.CommentStmt: "run",
    ast.DropStmt: "run",
    ast.RenameStmt: "run",
    ast.InsertStmt: "rows",
    ast.CopyStmt: "rows",
    ast.UpdateStmt: "rows",
    ast.DeleteStmt: "rows",
    ast.GrantStmt: "access",
    ast.GrantRoleStmt: "access",
    ast.AlterDefaultPrivilegesStmt: "access",
    ast.AlterOwnerStmt: "access",
    ast.CreateRoleStmt: "access",
    ast.AlterRoleStmt: "access",
    ast.AlterRoleSetStmt: "access",
    ast.TransactionStmt: "quiet",
    ast.VariableSetStmt: "quiet",
    ast.VacuumStmt: "quiet",
    ast.LockStmt: "quiet",
}
_TABLES_OWN: dict[Any, Verdict] = {
    AlterTableType.AT_ChangeOwner: "access",
    AlterTableType.AT_EnableRowSecurity: "access",
    AlterTableType.AT_ForceRowSecurity: "access",
    AlterTableType.AT_DisableRowSecurity: "access",
    AlterTableType.AT_NoForceRowSecurity: "access",
    AlterTableType.AT_ReplicaIdentity: "quiet",
    AlterTableType.AT_ClusterOn: "quiet",
    AlterTableType.AT_SetTableSpace: "quiet",
    AlterTableType.AT_EnableTrig: "quiet",
    AlterTableType.AT_DisableTrig: "quiet",
    AlterTableType.AT_EnableAlwaysTrig: "quiet",
}
_SPOKEN_OF = {ObjectType.OBJECT_TABLE, ObjectType.OBJECT_COLUMN}


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a statement: its SQL to run, what it makes, or why it does not parse.

    ``names`` are what it makes, as ``public.films``, and for tables their columns with the offset
    of each in the statement.
    """

    verdict: Verdict
    sql: str = ""
    what: str = ""
    names: tuple[tuple[str, int], ...] = ()
    schema: str = ""


def judge(sql: str) -> Judged:
    """Judge one statement."""
    if _ROWS.match(sql):
        return Judged("rows")
    try:
        parsed = pglast.parse_sql(sql)
    except ParseError as error:
        return Judged("broken", what=str(error.args[0]), names=(("", _offset(error)),))
    except RecursionError:
        return Judged("broken", what="it is nested too deep")
    return _judged(parsed[0].stmt, sql) if len(parsed) == 1 else Judged("quiet")


def _judged(node: Any, sql: str) -> Judged:
    match node:
        case ast.CreateFunctionStmt():
            return _function(node)
        case ast.SelectStmt() | ast.VariableSetStmt():
            return _setting(node, sql)
        case ast.CreateExtensionStmt():
            return _extension(node)
    if _schemas(node) & set(PLATFORM_SCHEMAS):
        return Judged("platform")
    return Judged(_verdict(node), sql, _what(node, sql), _names(node))


def _verdict(node: Any) -> Verdict:
    if _is(node, ast.AlterTableStmt):
        kinds = {_TABLES_OWN.get(c.subtype) for c in node.cmds or ()}
        if None in kinds:
            return "run"
        return "access" if "access" in kinds else "quiet"
    if _is(node, ast.CommentStmt) and node.objtype not in _SPOKEN_OF:
        return "quiet"
    if _is(node, ast.CreateSchemaStmt) and node.schemaname == "public":
        return "quiet"
    if _is(node, ast.CreateSchemaStmt) and node.schemaElts:
        return "left out"
    return _MADE.get(type(node), "left out")


def _is(node: Any, *kinds: type) -> bool:
    return isinstance(node, kinds)


def _offset(error: ParseError) -> int:
    place = error.args[1] if len(error.args) > 1 else 0
    return int(place) if isinstance(place, int) else 0


def _extension(node: Any) -> Judged:
    schema = next((o.arg.sval for o in node.options or () if o.defname == "schema"), "")
    return Judged("extension", what=node.extname, schema=schema)


def _function(node: Any) -> Judged:
    """Return the statement with an inert body: defaults and checks may name the function."""
    name = ".".join(part.sval for part in node.funcname)
    schema = node.funcname[0].sval if len(node.funcname) > 1 else "public"
    if schema in PLATFORM_SCHEMAS:
        return Judged("platform")
    what = f"the {'procedure' if node.is_procedure else 'function'} {name}"
    if node.is_procedure:
        return Judged("left out", what=what)
    kept = tuple(o for o in node.options or () if o.defname in {"volatility", "strict"})
    language = ast.DefElem(defname="language", arg=ast.String("plpgsql"))
    body = ast.DefElem(defname="as", arg=(ast.String(INERT),))
    node.options = (*kept, language, body)
    node.sql_body = None
    try:
        made = RawStream()(node)
    except Exception:  # the printer lacks a form: the function is left out then
        return Judged("left out", what=what)
    return Judged("run", made, what, ((_qualified(node.funcname), 0),))


def _setting(node: Any, sql: str) -> Judged:
    """Let the search path be set, and nothing else."""
    if _is(node, ast.VariableSetStmt):
        plain = node.name == "search_path" and not node.is_local
        return Judged("run", sql, "the search path") if plain else Judged("quiet")
    call: Any = node.targetList[0].val if node.targetList and len(node.targetList) == 1 else 0
    if not _is(call, ast.FuncCall):
        return Judged("left out", what="a query")
    name = call.funcname[-1].sval
    constants = all(_is(a, ast.A_Const) for a in call.args or ())
    if name == "set_config" and constants and call.args[0].val.sval == "search_path":
        return Judged("run", sql, "the search path")
    return Judged("quiet" if name in {"set_config", "setval"} else "left out", what="a query")


def _qualified(parts: Any) -> str:
    names = [p.sval for p in parts]
    return ".".join(names if len(names) > 1 else ["public", *names])


def _schemas(node: Any) -> set[str]:
    """Return the schemas that a statement makes something in."""
    relation: Any = getattr(node, "relation", 0) or getattr(node, "sequence", 0)
    found = {relation.schemaname} if _is(relation, ast.RangeVar) else set()
    for key in ("typeName", "domainname", "defnames"):
        parts = getattr(node, key, None)
        if isinstance(parts, tuple) and len(parts) > 1 and _is(parts[0], ast.String):
            found.add(parts[0].sval)
    if _is(node, ast.CreateSchemaStmt):
        found.add(node.schemaname)
    if _is(node, ast.CommentStmt) and isinstance(node.object, tuple):
        found |= {p.sval for p in node.object[:-1] if _is(p, ast.String)}
    return {name for name in found if name}


def _what(node: Any, sql: str) -> str:
    """Say what a statement is, for a message: its first words."""
    words = " ".join(sql.split())[:60]
    kinds = {
        ast.CreatePolicyStmt: "policy_name",
        ast.CreateTrigStmt: "trigname",
        ast.RuleStmt: "rulename",
    }
    for kind, key in kinds.items():
        if _is(node, kind):
            word = kind.__name__.removeprefix("Create").removesuffix("Stmt").lower()
            return f"the {word.replace('trig', 'trigger')} {getattr(node, key)}"
    if _is(node, ast.ViewStmt):
        return f"the view {node.view.relname}"
    if _is(node, ast.CreateTableAsStmt):
        return f"the materialized view {node.into.rel.relname}"
    return f"`{words}`"


def _names(node: Any) -> tuple[tuple[str, int], ...]:
    if _is(node, ast.CreateStmt):
        table = f"{node.relation.schemaname or 'public'}.{node.relation.relname}"
        columns = [c for c in node.tableElts or () if _is(c, ast.ColumnDef)]
        return ((table, 0), *((f"{table}.{c.colname}", c.location or 0) for c in columns))
    if _is(node, ast.IndexStmt) and node.idxname:
        return ((f"{node.relation.schemaname or 'public'}.{node.idxname}", 0),)
    if _is(node, ast.CreateEnumStmt):
        return ((node.typeName[-1].sval, 0), (_qualified(node.typeName), 0))
    if _is(node, ast.CreateDomainStmt):
        return ((_qualified(node.domainname), 0),)
    return ()
