"""The generator's rules, one at a time; a live test holds the whole against the generator."""

from __future__ import annotations

import pytest

from archwright.schema.model import (
    Argument,
    Column,
    Enum,
    ForeignKey,
    Function,
    Ref,
    Schema,
    Table,
    Unique,
)
from archwright.schema.typescript import database_types
from archwright.schema.typescript_types import (
    catalogue_name,
    collation,
    known,
    nullable,
    typescript,
)
from schemas.sample import sample

ONE = Ref("public", "one")


def lines(schema: Schema) -> list[str]:
    return [line.strip() for line in database_types(schema).splitlines()]


def table(
    *columns: Column, keys: tuple[ForeignKey, ...] = (), unique: tuple[str, ...] = ()
) -> Table:
    uniques = (Unique("u", unique),) if unique else ()
    return Table(ONE, columns, (columns[0].name,), uniques=uniques, foreign_keys=keys)


def function(
    *arguments: Argument, returns: str = "text", sql: str = "", many: bool = False
) -> Function:
    return Function(Ref("public", "call"), arguments, returns, many, sql)


@pytest.mark.parametrize(
    ("type_name", "text"),
    [
        ("bigint", "number"),
        ("numeric(12,2)", "number"),
        ("double precision", "number"),
        ("character varying(20)", "string"),
        ("timestamp(3) with time zone", "string"),
        ("extensions.citext", "string"),
        ("jsonb", "Json"),
        ("boolean", "boolean"),
        ("text[]", "(string)[]"),
        ("tstzrange", "unknown"),
        ("void", "undefined"),
        ("public.mood[]", '(Database["public"][\'Enums\']["mood"])[]'),
        ("public.one", "Database[\"public\"]['Tables'][\"one\"]['Row']"),
    ],
)
def test_types(type_name: str, text: str) -> None:
    schema = Schema(enums=(Enum("mood", ("a",)),), tables=(table(Column("id", "uuid")),))
    assert typescript(known(schema), type_name) == text


def test_arrays_have_the_catalogue_name_with_an_underscore() -> None:
    assert catalogue_name("integer[]") == "_int4"


def test_null_is_said_where_it_can_be() -> None:
    assert nullable("Json", False) == "NonNullable<Json>"
    assert nullable("unknown", True) == "unknown"
    assert nullable("string", True) == "string | null"


def test_names_are_ordered_as_in_javascript() -> None:
    names = ["b_c", "b1", "ba", "B", "a", "b", "b-c"]
    assert sorted(names, key=collation) == ["a", "b", "B", "b_c", "b-c", "b1", "ba"]


def test_what_an_insert_may_leave_out() -> None:
    one = table(
        Column("id", "uuid"),
        Column("made", "text", generated="upper(x)"),
        Column("maybe", "text", not_null=False),
        Column("x", "text", default="'y'"),
    )
    found = lines(Schema(tables=(one,)))
    assert '"id": string,"made"?: never,"maybe"?: string | null,"x"?: string' in found
    assert '"id"?: string,"made"?: never,"maybe"?: string | null,"x"?: string' in found


def test_relationships_stay_inside_the_schema() -> None:
    keys = (
        ForeignKey("one_id_fkey", ("id",), Ref("auth", "users"), ("id",)),
        ForeignKey("one_other_fkey", ("b", "a"), ONE, ("x", "y")),
    )
    columns = (Column("id", "uuid"), Column("a", "uuid"), Column("b", "uuid"))
    found = lines(Schema(tables=(table(*columns, keys=keys, unique=("a", "b")),)))
    assert 'foreignKeyName: "one_id_fkey"' not in found
    assert 'foreignKeyName: "one_other_fkey"' in found
    # The key's order differs from the table's, so the generator takes it for one-to-many.
    assert "isOneToOne: false" in found


def test_a_whole_key_makes_one_to_one() -> None:
    keys = (ForeignKey("k", ("a", "b"), ONE, ("x", "y")),)
    columns = (Column("id", "uuid"), Column("a", "uuid"), Column("b", "uuid"))
    assert "isOneToOne: true" in lines(
        Schema(tables=(table(*columns, keys=keys, unique=("b", "a")),))
    )


def test_a_computed_column_gives_way_to_a_real_one() -> None:
    takes = Argument("", "public.one")
    call = function(takes, returns="boolean")
    plain = Schema(tables=(table(Column("id", "uuid")),), functions=(call,))
    assert '"id": string,"call": boolean | null' in lines(plain)
    assert 'ComputedFields: "call"' in lines(plain)
    real = Schema(tables=(table(Column("id", "uuid"), Column("call", "text")),), functions=(call,))
    assert "ComputedFields: never" in lines(real)


def test_rows_of_a_table_say_where_they_come_from() -> None:
    one = table(Column("id", "uuid"))
    many = function(returns="public.one", many=True, sql="create ... as $$ rows 1 $$")
    found = lines(Schema(tables=(one,), functions=(many,)))
    assert "isOneToOne: false" in found
    single = function(returns="public.one", many=True, sql="create ... rows 1 as $$ x $$")
    assert "isOneToOne: true" in lines(Schema(tables=(one,), functions=(single,)))


def test_what_a_client_cannot_call_is_not_there() -> None:
    hidden = (
        function(returns="trigger"),
        Function(Ref("private", "call"), (), "text", False, ""),
        function(Argument("", "uuid")),
        function(Argument("", "text"), Argument("", "uuid")),
    )
    for one in hidden:
        assert database_types(Schema(functions=(one,))) == database_types(Schema())
    shown = function(Argument("", "jsonb"))
    assert '{ Args: { "": Json }; Returns: string' in lines(Schema(functions=(shown,)))


def test_calls_that_could_mean_two_functions_are_errors() -> None:
    named = (function(Argument("p", "text")), function(Argument("p", "integer")))
    text = database_types(Schema(functions=named))
    assert text.count("public.call(p => int4), public.call(p => text)") == 2
    unnamed = (function(), function(Argument("", "jsonb", True)))
    text = database_types(Schema(functions=unnamed))
    assert text.count("between: public.call(), public.call( => text). Try") == 1


def test_an_empty_schema_has_no_members() -> None:
    assert lines(Schema()).count("[_ in never]: never") == 5


def test_the_sample_is_stable() -> None:
    assert database_types(sample()) == database_types(sample())
    assert '"happy"|"it\'s \\"fine\\""' in database_types(sample())
