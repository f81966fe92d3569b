from unittest.mock import Mock

from archwright.catalog.manifest import QuerySpec
from archwright.diagnostics import Place
from archwright.proof.access.layout import Layout
from archwright.proof.plans.declared import Declared
from archwright.proof.plans.population import HOT_MEMBER, moment
from archwright.proof.plans.statements import statement
from archwright.schema.model import Argument, Function, Ref


def test_arguments_are_of_the_populations_time_and_not_of_the_hour() -> None:
    kinds = {"p_after": "timestamp with time zone", "p_to": "timestamp with time zone"}
    arguments = [Argument(name, kind, False) for name, kind in (*kinds.items(), ("p_of", "uuid"))]
    function = Function(
        Ref("public", "latest"),
        (*arguments, Argument("p_limit", "integer", True)),
        "setof videos",
        True,
        "",
    )
    spec = QuerySpec(function="latest", args={"p_after": "now() - interval '1 day'"})
    query = Declared("latest", spec, "videos", Place(), function, ("videos",))
    layout = Mock(spec=Layout, tables={}, by_member={})
    assert statement(query, layout, Mock()) == (
        f"select * from public.latest(p_after => {moment()} - interval '1 day',"
        f" p_to => {moment()}, p_of => {HOT_MEMBER})"
    )
    assert moment() == "date_trunc('day', now(), 'UTC')"
