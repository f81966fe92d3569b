"""The administration of users: list, create, read, change, delete; their factors; the log."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, factors, phones, users
from archwright.stack.auth.accounts import Draft
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault, invalid
from archwright.stack.auth.store import Row, Store, opened
from archwright.stack.auth.users import AUDIENCE, User, public_factor

_PART = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(h|ms|us|µs|ns|m|s)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_ROLE = re.compile(r"[A-Za-z0-9_-]{1,63}")
_MOST = 10_000
_ORDERS = {
    "created_at": "created_at",
    "created_at asc": "created_at",
    "created_at desc": "created_at desc",
}


async def list_users(desk: Desk, asked: Asked) -> Response:
    """GET /admin/users?page=&per_page=&filter=&sort=."""
    page, size = _number(asked.query, "page", 1), _number(asked.query, "per_page", 50)
    order = _ORDERS.get(asked.query.get("sort") or "created_at desc")
    if order is None:
        raise invalid("Bad Sort Parameters: only created_at asc and created_at desc are known")
    text = asked.query.get("filter", "")
    wanted = "aud = %s and (%s = '' or strpos(lower(concat_ws(' ', email, phone, "
    wanted += "raw_user_meta_data ->> 'full_name')), lower(%s)) > 0)"
    sought = (AUDIENCE, text, text)
    async with opened(desk.stack) as store:
        counted = await store.row(f"select count(*) from auth.users where {wanted}", *sought)
        rows = await store.rows(
            f"select * from auth.users where {wanted} order by {order}, id limit %s offset %s",
            *(*sought, size, (page - 1) * size),
        )
        found = await users.with_parts(store, rows)
    total = counted["count"] if counted else 0
    last = max(1, math.ceil(total / size))
    places = {"next": page + 1, "last": last} if page < last else {"last": last}
    links = (
        f'<{asked.base}/admin/users?page={number}&per_page={size}>; rel="{name}"'
        for name, number in places.items()
    )
    headers = {"x-total-count": str(total), "link": ", ".join(links)}
    body = {"users": [user.public() for user in found], "aud": AUDIENCE}
    return JSONResponse(body, headers=headers)


async def create_user(desk: Desk, asked: Asked) -> Response:
    """POST /admin/users."""
    email, phone = asked.email(), _phone(asked)
    if not email and not phone:
        raise invalid("Cannot create a user without either an email or phone")
    if email:
        users.check_address(email)
    until = _banned_until(desk, asked)
    hashed = await _hash(desk, asked)
    user_id = _uuid(asked.text("id")) if asked.text("id") else uuid4()
    if user_id is None:
        raise invalid("ID must conform to the uuid v4 format")
    if user_id == users.NOBODY:
        raise invalid("ID cannot be a nil uuid")
    role = _role(asked) or AUDIENCE
    data = asked.mapping("user_metadata") or {}
    draft = Draft(email, hashed, data, role=role, id=user_id, phone=phone)
    async with opened(desk.stack) as store:
        if email:
            await users.refuse_taken(store, email)
        if phone and await users.by_phone(store, phone):
            words = "Phone number already registered by another user"
            raise AuthFault(422, "phone_exists", words)
        user = await _created(store, draft)
        user = await _described(store, asked, user, app_only=True)
        if until:
            user = await users.change(store, user, banned_until=until)
        user = await _confirmed(store, asked, user)
        await audit.note(store, asked, None, "user_signedup", user_id=str(user.id))
        return JSONResponse((await users.again(store, user)).public())


async def get_user(desk: Desk, asked: Asked) -> Response:
    """GET /admin/users/{id}."""
    async with opened(desk.stack) as store:
        return JSONResponse((await _target(store, asked)).public())


async def update_user(desk: Desk, asked: Asked) -> Response:
    """PUT /admin/users/{id}."""
    email, phone = asked.email(), _phone(asked)
    if email:
        users.check_address(email)
    until, hashed, role = _banned_until(desk, asked), await _hash(desk, asked), _role(asked)
    async with opened(desk.stack) as store:
        user = await _target(store, asked, lock=True)
        if email and email != user.email:
            await users.refuse_taken(store, email, user)
            user = await accounts.set_email(store, user, email)
        if phone and phone != user.phone:
            await users.refuse_taken_phone(store, phone, user)
            user = await accounts.set_phone(store, user, phone)
        columns: dict[str, Any] = {"role": role} if role else {}
        if hashed:
            user = await accounts.set_password(store, user, hashed, None)
        if asked.text("ban_duration"):
            columns["banned_until"] = until
        if columns:
            user = await users.change(store, user, **columns)
        user = await _described(store, asked, user, app_only=False)
        user = await _confirmed(store, asked, user)
        await audit.note(store, asked, None, "user_modified", user_id=str(user.id))
        return JSONResponse((await users.again(store, user)).public())


async def delete_user(desk: Desk, asked: Asked) -> Response:
    """DELETE /admin/users/{id}; ``should_soft_delete`` keeps the row without the person."""
    soft = asked.flag("should_soft_delete")
    async with opened(desk.stack) as store:
        user = await _target(store, asked, lock=True)
        await audit.note(store, asked, None, "user_deleted", user_id=str(user.id))
        if soft:
            if user.row["deleted_at"] is None:
                await accounts.bury(store, user)
            return JSONResponse({})
        try:
            await store.run("delete from auth.users where id = %s", user.id)
        except psycopg.Error as error:
            words = "Database error deleting user"
            raise AuthFault(500, "unexpected_failure", words) from error
    return JSONResponse({})


async def list_factors(desk: Desk, asked: Asked) -> Response:
    """GET /admin/users/{id}/factors."""
    async with opened(desk.stack) as store:
        user = await _target(store, asked)
    return JSONResponse([public_factor(item) for item in user.factors])


async def update_factor(desk: Desk, asked: Asked) -> Response:
    """PUT /admin/users/{id}/factors/{factor}: its name, and the number of one by telephone."""
    name, phone = asked.text("friendly_name"), _phone(asked)
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked)
        if phone and factor["factor_type"] == "phone":
            await store.run(
                "update auth.mfa_factors set phone = %s where id = %s", phone, factor["id"]
            )
        if name:
            await store.run(
                "update auth.mfa_factors set friendly_name = %s where id = %s",
                *(name, factor["id"]),
            )
        await audit.note(store, asked, None, "factor_updated", factor_id=str(factor["id"]))
        return JSONResponse(public_factor(await _factor(store, asked)))


async def delete_factor(desk: Desk, asked: Asked) -> Response:
    """DELETE /admin/users/{id}/factors/{factor}."""
    async with opened(desk.stack) as store:
        factor = await _factor(store, asked)
        await factors.remove(store, factor["id"])
        await audit.note(store, asked, None, "factor_deleted", factor_id=str(factor["id"]))
        return JSONResponse(public_factor(factor))


async def read_log(desk: Desk, asked: Asked) -> Response:
    """GET /admin/audit?page=&per_page=."""
    page, size = _number(asked.query, "page", 1), _number(asked.query, "per_page", 50)
    async with opened(desk.stack) as store:
        rows = await store.rows(
            "select id, payload, created_at, ip_address from auth.audit_log_entries"
            " order by created_at desc, id limit %s offset %s",
            *(size, (page - 1) * size),
        )
    return JSONResponse(
        [
            {**row, "id": str(row["id"]), "created_at": users.moment(row["created_at"])}
            for row in rows
        ]
    )


async def _target(store: Store, asked: Asked, *, lock: bool = False) -> User:
    user_id = _uuid(asked.parts["user"])
    if user_id is None:
        raise AuthFault(404, "validation_failed", "user_id must be an UUID")
    user = await users.by_id(store, user_id, lock=lock)
    if user is None:
        raise AuthFault(404, "user_not_found", "User not found")
    return user


async def _factor(store: Store, asked: Asked) -> Row:
    user = await _target(store, asked, lock=True)
    wanted = _uuid(asked.parts["factor"])
    if wanted is None:
        raise AuthFault(404, "validation_failed", "factor_id must be an UUID")
    for factor in user.factors:
        if factor["id"] == wanted:
            return factor
    raise AuthFault(404, "mfa_factor_not_found", "Factor not found")


def _phone(asked: Asked) -> str:
    text = asked.text("phone")
    return phones.check_number(text) if text else ""


async def _confirmed(store: Store, asked: Asked, user: User) -> User:
    if asked.flag("email_confirm") and user.email:
        changed = asked.method == "PUT" and bool(asked.email())
        user = await accounts.confirm(store, user, shown=changed)
    if asked.flag("phone_confirm") and user.phone:
        changed = asked.method == "PUT" and bool(asked.text("phone"))
        user = await accounts.confirm_phone(store, user, shown=changed)
    if user.anonymous and (user.confirmed or user.phone_confirmed):
        user = await users.change(store, user, is_anonymous=False)
    return user


async def _created(store: Store, draft: Draft) -> User:
    try:
        return await accounts.create(store, draft)
    except AuthFault as fault:
        if fault.code == "user_already_exists":
            raise AuthFault(422, "email_exists", users.DUPLICATE_EMAIL) from fault
        raise


async def _described(store: Store, asked: Asked, user: User, *, app_only: bool) -> User:
    app, own = asked.mapping("app_metadata"), asked.mapping("user_metadata")
    if app is not None:
        merged = users.merged(user.app_metadata, app)
        user = await users.change(store, user, raw_app_meta_data=merged)
    if own is not None and not app_only:
        merged = users.merged(user.user_metadata, own)
        user = await users.change(store, user, raw_user_meta_data=merged)
    return user


async def _hash(desk: Desk, asked: Asked) -> str:
    """Return the hash of a new password, or the hash that was sent; empty without either."""
    password, given = asked.text("password"), asked.text("password_hash")
    if password and given:
        raise invalid("Only a password or a password hash should be provided")
    if given and not re.fullmatch(r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}", given):
        raise invalid("password_hash must be a bcrypt hash")
    if given:
        return given
    return await desk.hashed(password) if password else ""


def _banned_until(desk: Desk, asked: Asked) -> datetime | None:
    """Return until when somebody is locked out; ``none`` unlocks."""
    text = asked.text("ban_duration")
    if text in ("", "none"):
        return None
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise invalid(f'invalid format for ban duration: time: invalid duration "{text}"')
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    try:
        return desk.stack.clock.now() + timedelta(seconds=seconds)
    except OverflowError as error:
        raise invalid("invalid format for ban duration: it is too long") from error


def _role(asked: Asked) -> str:
    role = asked.text("role").strip()
    if role and not _ROLE.fullmatch(role):
        raise invalid("role must be the name of a database role")
    return role


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise invalid(f"Bad Pagination Parameters: {name} must be a number")
    most = _MOST if name == "per_page" else 10**9
    return min(max(int(text), 1), most)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
