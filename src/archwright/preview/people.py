"""Who can sign in to a preview: of the sample people one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.ports import Database

PASSWORD = "sample-password"  # noqa: S105 - of sample people, in each app's seed.sql
_DOMAIN = "%@example.com"
_ORDINARY = "lena@example.com"
"""Of the members without a role the one whom an app's README names too."""
_ROLES = """
select count(*) = 2 from pg_attribute
where attrelid = to_regclass('public.user_roles') and attname in ('user_id', 'role')
"""
# Nobody is shown who cannot sign in so: the password is tried on what is stored.
_PEOPLE = """
select distinct on (role) {role} as role, u.email
from auth.users u {joined}
where u.email like %s and u.deleted_at is null
  and (u.banned_until is null or u.banned_until < now())
  and u.encrypted_password = extensions.crypt(%s, u.encrypted_password)
order by role, u.email <> %s, u.created_at desc, u.email
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the sample rows: what they may do, and how they sign in."""

    role: str
    email: str


def sample_people(server: Database, name: str) -> list[Person]:
    """Return one person for each role that the sample rows give, plain members last."""
    with server.connect(name, superuser=True) as connection:
        (roles,) = connection.execute(_ROLES).fetchone()
        query = _PEOPLE.format(
            role="coalesce(r.role::text, 'member')" if roles else "'member'",
            joined="left join public.user_roles r on r.user_id = u.id" if roles else "",
        )
        rows = connection.execute(query, [_DOMAIN, PASSWORD, _ORDINARY]).fetchall()
    people = [Person(role, email) for role, email in rows]
    return sorted(people, key=lambda person: (person.role == "member", person.role))
