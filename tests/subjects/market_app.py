"""The packs of the marketplace on a database: an administrator, members, and a store of Ann's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import compiled, migrate

ROOT = UUID(int=9)
"""The administrator."""
DAN = UUID(int=4)
MEMBERS = ((ANN, "ann"), (BOB, "bob"), (CAY, "cay"), (DAN, "dan"), (ROOT, "root"))
FEATURES = ("auth", "profiles", "stores", "catalog", "prices")
APPLY = "select public.apply_for_store(%s, %s, 'DE', 'EUR', 'We bake.')"
DECIDE = "select public.decide_store_application(%s, %s, %s)"
ADD = "select public.add_store_member(%s, %s, %s)"
SET_ROLE = "select public.set_store_role(%s, %s, %s)"
REMOVE = "select public.remove_store_member(%s, %s)"
STATUS = "select public.change_store_status(%s, %s)"
PUBLISH = "select public.set_product_status(%s, %s)"
GENERATE = "select public.generate_variants(%s)"


@contextmanager
def market_database(
    database: EmbeddedPostgres, features: Sequence[str] = FEATURES
) -> Iterator[str]:
    """Give a database with the packs' schema, four members and an administrator."""
    with database.scratch() as name:
        migrate(database, name, compiled({feature: () for feature in features}))
        with database.connect(name, superuser=True) as connection:
            for member, handle in MEMBERS:
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
                connection.execute(
                    "update public.profiles set handle = %s where id = %s", (f"{handle}.x", member)
                )
            connection.execute("insert into public.user_roles values (%s, 'admin')", (ROOT,))
        yield name


def value(app: Backend, member: UUID, statement: str, *values: object) -> UUID:
    """Return the id that a statement of a member gives back."""
    [(found,)] = app.act(member, statement, *values)
    assert isinstance(found, UUID)
    return found


def open_store(app: Backend, owner: UUID = ANN, slug: str = "bakery") -> UUID:
    """Have a member apply for a store, and the administrator approve it."""
    application = value(app, owner, APPLY, slug.title(), slug)
    return value(app, ROOT, DECIDE, application, True, "")


def category(app: Backend, name: str, parent: UUID | None = None) -> UUID:
    """Add a category as the administrator."""
    statement = (
        "insert into public.categories (name, slug, parent_id) values (%s, %s, %s) returning id"
    )
    return value(app, ROOT, statement, name, name.lower(), parent)


def product(app: Backend, store: UUID, where: UUID, title: str = "Rye bread") -> UUID:
    """Add a draft to a store of Ann's."""
    statement = (
        "insert into public.products (store_id, category_id, title) values (%s, %s, %s)"
        " returning id"
    )
    return value(app, ANN, statement, store, where, title)


def option(app: Backend, of: UUID, name: str, *labels: str) -> list[UUID]:
    """Add an option with these values to a product of Ann's, and return the values' ids."""
    made = value(
        app,
        ANN,
        "insert into public.options (product_id, name, position)"
        " select %s, %s, count(*) from public.options where product_id = %s returning id",
        of,
        name,
        of,
    )
    statement = (
        "insert into public.option_values (option_id, product_id, label, position)"
        " values (%s, %s, %s, %s) returning id"
    )
    return [value(app, ANN, statement, made, of, *told[::-1]) for told in enumerate(labels)]


def priced(app: Backend, variant: UUID, amount: int, currency: str = "EUR") -> UUID:
    """Set what a variant costs from now on, in its store's default list of the currency."""
    return value(
        app,
        ANN,
        "select public.set_price(l.id, v.id, %s) from public.variants v"
        " join public.price_lists l on l.store_id = v.store_id and l.is_default"
        " where v.id = %s and l.currency = %s",
        amount,
        variant,
        currency,
    )


def on_sale(app: Backend, store: UUID, where: UUID, title: str, amount: int = 450) -> UUID:
    """Publish a product with one variant at this price."""
    made = product(app, store, where, title)
    app.act(ANN, GENERATE, made)
    variant = app.look("select id from public.variants where product_id = %s", made)
    priced(app, variant, amount)
    app.act(ANN, PUBLISH, made, "active")
    return made
