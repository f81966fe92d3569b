"""Embedding over plain HTTP: relationships, hints, joins, spreads, aggregates."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Opener, World

pytestmark = pytest.mark.live

ACME, BYTE = {"name": "Acme"}, {"name": "Byte"}


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        # many-to-one, one-to-many, one-to-one, many-to-many
        ("projects?id=in.(1,4)&select=id,clients(name)", [{"id": 1, "clients": ACME}, {"id": 4, "clients": None}]),
        ("clients?id=eq.1&select=projects(id)", [{"projects": [{"id": 1}, {"id": 2}]}]),
        ("clients?id=eq.3&select=projects(id)", [{"projects": []}]),
        ("people?id=lt.3&select=id,badges(code)", [{"id": 1, "badges": {"code": "gold"}}, {"id": 2, "badges": None}]),
        ("badges?select=people(name)", [{"people": {"name": "Ada"}}]),
        ("people?id=eq.2&select=tasks(id)", [{"tasks": [{"id": 1}, {"id": 2}]}]),
        ("offices?select=regions(label)", [{"regions": {"label": "Oslo"}}]),
        # names: alias, column, constraint, hints
        ("projects?id=eq.1&select=buyer:clients(name)", [{"buyer": ACME}]),
        ("projects?id=eq.1&select=client_id(name)", [{"client_id": ACME}]),
        ("projects?id=eq.1&select=projects_client_id_fkey(name)", [{"projects_client_id_fkey": ACME}]),
        ("projects?id=eq.1&select=clients!client_id(name)", [{"clients": ACME}]),
        ("projects?id=eq.1&select=clients!id(name)", [{"clients": ACME}]),
        ("trips?select=a:cities!trips_from(name),b:to_id(name)", [{"a": {"name": "Oslo"}, "b": {"name": "Rome"}}]),
        ("cities?id=eq.1&select=trips!trips_from(id),x:trips!to_id(id)", [{"trips": [{"id": 1}], "x": []}]),
        ("people?id=eq.2&select=tasks!assignments(id)&tasks.id=eq.1", [{"tasks": [{"id": 1}]}]),
        # self reference: the column gives the parent, the table the children
        ("people?id=eq.2&select=boss_id(name)", [{"boss_id": {"name": "Ada"}}]),
        ("people?id=eq.1&select=team:people!boss_id(name)", [{"team": [{"name": "Ben"}, {"name": "Cy"}]}]),
        ("people?id=eq.1&select=people(name)&people.name=eq.Cy", [{"people": [{"name": "Cy"}]}]),
        # filters, order, pages of what is embedded
        ("clients?id=eq.1&select=projects(id)&projects.done=is.true", [{"projects": [{"id": 2}]}]),
        ("clients?id=eq.1&select=p:projects(id)&p.order=id.desc&p.limit=1", [{"p": [{"id": 2}]}]),
        ("clients?id=eq.1&select=projects(id)&projects.offset=1&projects.order=id", [{"projects": [{"id": 2}]}]),
        ("clients?id=eq.1&select=projects(id)&projects.or=(id.eq.1,done.is.true)", [{"projects": [{"id": 1}, {"id": 2}]}]),
        ("clients?id=eq.1&select=projects(tasks(id))&projects.tasks.title=eq.draw", [{"projects": [{"tasks": [{"id": 2}]}, {"tasks": []}]}]),
        ("clients?id=eq.1&select=projects(id,tasks(id,people(name)))&projects.id=eq.1&projects.tasks.order=id.desc&projects.tasks.limit=1",
         [{"projects": [{"id": 1, "tasks": [{"id": 2, "people": [{"name": "Ben"}]}]}]}]),
        # inner joins
        ("clients?select=id,projects!inner(id)&projects.done=is.true", [{"id": 1, "projects": [{"id": 2}]}]),
        ("projects?select=id,clients!inner(name)&clients.name=eq.Byte", [{"id": 3, "clients": BYTE}]),
        ("clients?select=id,projects!inner(tasks!inner(id))&projects.tasks.hours=eq.8", [{"id": 2, "projects": [{"tasks": [{"id": 4}]}]}]),
        ("people?select=id,tasks!inner(id)&tasks.title=eq.code", [{"id": 3, "tasks": [{"id": 4}]}]),
        # embedded or not
        ("clients?select=id,projects()&projects=is.null", [{"id": 3}]),
        ("clients?select=id,projects()&projects=not.is.null&order=id", [{"id": 1}, {"id": 2}]),
        ("projects?select=id,clients(name)&clients=is.null", [{"id": 4, "clients": None}]),
        ("clients?select=id,p:projects(id)&p.done=is.true&p=is.not_null", [{"id": 1, "p": [{"id": 2}]}]),
        ("clients?select=id,projects()&or=(projects.is.null,id.eq.1)&order=id", [{"id": 1}, {"id": 3}]),
        # spreads
        ("projects?id=eq.1&select=id,...clients(client:name)", [{"id": 1, "client": "Acme"}]),
        ("projects?id=eq.4&select=id,...clients(client:name)", [{"id": 4, "client": None}]),
        ("tasks?id=eq.1&select=...projects(p:name,...clients(c:name))", [{"p": "Running site", "c": "Acme"}]),
        ("badges?select=...people(*)", [{"id": 1, "name": "Ada", "boss_id": None}]),
        ("clients?id=eq.1&select=id,...projects(ids:id,name)", [{"id": 1, "ids": [1, 2], "name": ["Running site", "Shop"]}]),
        ("people?id=eq.1&select=...badges(*),...tasks(*)", [{"person_id": 1, "code": "gold", "id": [1], "project_id": [1], "title": ["plan"], "hours": [3]}]),
        ("clients?id=eq.1&select=...projects(id,id)", [{"id": [1, 2]}]),
        ("clients?id=eq.3&select=id,...projects(ids:id)", [{"id": 3, "ids": []}]),
        ("clients?select=id,...projects!inner(ids:id)&projects.done=is.true", [{"id": 1, "ids": [2]}]),
        ("people?id=eq.2&select=...tasks(titles:title)&tasks.order=title", [{"titles": ["draw", "plan"]}]),
        ("clients?id=eq.1&select=...projects(names:name,...tasks(hours))&projects.order=id",
         [{"names": ["Running site", "Shop"], "hours": [[3, 5], [None]]}]),
        # views
        ("open_projects?id=eq.1&select=name,client_names(called)", [{"name": "Running site", "client_names": {"called": "Acme"}}]),
        ("open_projects?id=eq.1&select=clients(name)", [{"clients": ACME}]),
        ("open_names?number=eq.3&select=clients(name)", [{"clients": BYTE}]),
        ("clients?id=eq.1&select=open_names(number)", [{"open_names": [{"number": 1}]}]),
        ("open_projects?id=eq.1&select=tasks(id)", [{"tasks": [{"id": 1}, {"id": 2}]}]),
        ("hours?project_id=eq.1&select=hours,projects(name)", [{"hours": 8, "projects": {"name": "Running site"}}]),
        # computed relationships
        ("clients?id=eq.1&select=big_projects(id)", [{"big_projects": [{"id": 1}]}]),
        ("projects?id=eq.1&select=customer(name)", [{"customer": ACME}]),
        ("projects?id=eq.1&select=...customer(n:name)", [{"n": "Acme"}]),
        ("clients?select=id,big_projects!inner(id,tasks(id))&id=eq.2", [{"id": 2, "big_projects": [{"id": 3, "tasks": [{"id": 4}]}]}]),
        # functions
        ("rpc/projects_of?client=1&select=id,clients(name),tasks(id)&id=eq.2", [{"id": 2, "clients": ACME, "tasks": [{"id": 3}]}]),
        ("rpc/projects_of?client=1&select=id,customer(name)&id=eq.2", [{"id": 2, "customer": ACME}]),
    ],
)  # fmt: skip
def test_embedding(world: World, path: str, rows: list[dict[str, Any]]) -> None:
    assert world.rows(path) == rows


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("plain?select=a,b.sum()&order=a", [{"a": 1, "sum": 30}, {"a": 2, "sum": 30}]),
        ("plain?select=count()", [{"count": 3}]),
        ("plain?select=total:count(),b.max(),low:b.min()::text", [{"total": 3, "max": 30, "low": "10"}]),
        ("plain?select=a.avg()::int", [{"avg": 1}]),
        ("plain?select=b::text.max()", [{"max": "30"}]),
        ("plain?select=a,n:count()&b=gt.10&order=a.desc", [{"a": 2, "n": 1}, {"a": 1, "n": 1}]),
        ("plain?select=a,n:count()&order=n.desc&limit=1", [{"a": 1, "n": 2}]),
        ("plain?select=*,count()&a=eq.2", [{"a": 2, "b": 30, "count": 1}]),
        ("projects?select=meta->>n,count()&id=eq.1", [{"n": "3", "count": 1}]),
        ("clients?id=eq.1&select=projects(budget.sum(),count())", [{"projects": [{"sum": 1700.5, "count": 2}]}]),
        ("clients?select=name,projects(done,count())&id=eq.2", [{"name": "Byte", "projects": [{"done": False, "count": 1}]}]),
        ("projects?select=clients(name),budget.sum()&client_id=eq.1", [{"clients": {"name": "Acme"}, "sum": 1700.5}]),
        ("projects?select=...clients(name),budget.sum()&client_id=eq.1", [{"name": "Acme", "sum": 1700.5}]),
        ("tasks?select=...projects(name,hours:budget.max(),count())&project_id=eq.1", [{"name": "Running site", "hours": 1500.5, "count": 2}]),
        ("tasks?select=...projects(...clients(name,n:id.count()))&id=lt.4", [{"name": "Acme", "n": 3}]),
        ("clients?id=eq.1&select=id,...projects(ids:id),count()", [{"id": 1, "ids": [1, 2], "count": 1}]),
    ],
)  # fmt: skip
def test_aggregates(world: World, path: str, rows: list[dict[str, Any]]) -> None:
    assert world.rows(path) == rows


def test_aggregates_of_spread_lists_are_not_there(world: World) -> None:
    reply = world.get("clients?select=...projects(budget.sum())")
    assert (reply.status, reply.code) == (400, "PGRST127")


def test_aggregates_are_off_until_the_database_says_otherwise(open_world: Opener) -> None:
    from archwright.stack.settings import RestSettings

    shut = open_world(RestSettings())
    reply = shut.get("plain?select=b.sum()")
    assert (reply.status, reply.code) == (400, "PGRST123")
    assert reply.json["message"] == "Use of aggregate functions is not allowed"
    on = open_world(
        RestSettings(),
        ("alter role authenticator in database %DB% set pgrst.db_aggregates_enabled = 'true'",),
    )
    assert on.rows("plain?select=b.sum()") == [{"sum": 60}]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("clients?select=id,projects!inner(id)&limit=1", "0-0/2"),
        ("clients?select=id,projects!inner(id,tasks!inner(id))&projects.tasks.hours=gt.4", "0-1/2"),
        ("clients?select=id,projects()&projects=is.null", "0-0/1"),
        ("clients?select=id,projects(id)&projects.id=eq.1", "0-2/3"),
        ("people?select=id,tasks!inner(id)&limit=1", "0-0/3"),
        ("projects?select=id,...clients!inner(name)", "0-2/3"),
    ],
)
def test_counts_follow_inner_joins(world: World, path: str, count: str) -> None:
    assert world.get(path, prefer="count=exact").headers["content-range"] == count


def test_an_unknown_relationship(world: World) -> None:
    reply = world.get("projects?select=client(id)")
    assert reply.status == 400
    assert reply.json == {
        "code": "PGRST200",
        "message": "Could not find a relationship between 'projects' and 'client' in the"
        " schema cache",
        "details": "Searched for a foreign key relationship between 'projects' and 'client' in"
        " the schema 'public', but no matches were found.",
        "hint": "Perhaps you meant 'clients' instead of 'client'.",
    }
    hinted = world.get("projects?select=clients!nope(id)")
    assert (hinted.code, hinted.json["hint"]) == ("PGRST200", None)
    assert "using the hint 'nope'" in hinted.json["details"]
    assert world.get("plain?select=clients(id)").code == "PGRST200"
    # a constraint is no hint where a table refers to itself
    assert world.get("people?select=people!people_boss_id_fkey(id)").code == "PGRST200"


def test_an_ambiguous_relationship(world: World) -> None:
    reply = world.get("trips?select=cities(name)")
    assert reply.status == 300
    assert reply.json == {
        "code": "PGRST201",
        "message": "Could not embed because more than one relationship was found for 'trips' and"
        " 'cities'",
        "details": [
            {
                "cardinality": "many-to-one",
                "embedding": "trips with cities",
                "relationship": "trips_from using trips(from_id) and cities(id)",
            },
            {
                "cardinality": "many-to-one",
                "embedding": "trips with cities",
                "relationship": "trips_to using trips(to_id) and cities(id)",
            },
        ],
        "hint": "Try changing 'cities' to one of the following: 'cities!trips_from',"
        " 'cities!trips_to'. Find the desired relationship in the 'details' key.",
    }


def test_ambiguous_junctions(open_world: Opener) -> None:
    key = "create table public.{} (person_id int references public.people, city_id int references public.cities, primary key (person_id, city_id))"  # fmt: skip
    grant = "grant select on public.homes, public.visits to service_role"
    world = open_world(statements=(key.format("homes"), key.format("visits"), grant))
    reply = world.get("people?select=cities(name)")
    assert reply.status == 300
    assert reply.json["details"][0] == {
        "cardinality": "many-to-many",
        "embedding": "people with cities",
        "relationship": "homes using homes_person_id_fkey(person_id) and"
        " homes_city_id_fkey(city_id)",
    }
    assert reply.json["hint"].startswith(
        "Try changing 'cities' to one of the following: 'cities!homes', 'cities!visits'."
    )
    assert world.rows("people?select=cities!visits(name)&limit=1") == [{"cities": []}]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("clients?select=id,projects(id)&order=projects(id)", "PGRST118"),
        ("clients?select=id,projects(id)&projects=eq.1", "PGRST120"),
        ("clients?select=id,projects(id)&tasks.id=eq.1", "PGRST108"),
        ("clients?select=id,projects(id)&projects.tasks.id=eq.1", "PGRST108"),
        ("clients?select=projects(nope)", "42703"),
    ],
)
def test_refused_embeddings(world: World, path: str, code: str) -> None:
    assert (world.get(path).status, world.get(path).code) == (400, code)


def test_a_table_named_like_an_alias(open_world: Opener) -> None:
    world = open_world(
        statements=(
            "create table public.tasks_1 (id int primary key, task_id int references public.tasks)",
            "insert into public.tasks_1 values (7, 1)",
            "grant select on public.tasks_1 to service_role",
        )
    )
    assert world.rows("tasks_1?select=id,tasks(id)") == [{"id": 7, "tasks": {"id": 1}}]
