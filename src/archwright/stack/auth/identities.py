"""DELETE /user/identities/{identity}: a way to sign in is taken off an account."""

from __future__ import annotations

from uuid import UUID

import psycopg
from starlette.responses import JSONResponse, Response

from archwright.stack.auth import accounts, audit, users
from archwright.stack.auth.asked import Asked
from archwright.stack.auth.desk import Desk
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.store import Store, opened
from archwright.stack.auth.users import User


async def unlink(desk: Desk, asked: Asked) -> Response:
    """Unlink an identity; one must stay."""
    if not desk.settings.manual_linking:
        raise AuthFault(404, "manual_linking_disabled", "Manual linking is disabled")
    try:
        wanted = UUID(asked.parts["identity"])
    except ValueError as error:
        raise AuthFault(404, "validation_failed", "identity_id must be an UUID") from error
    async with opened(desk.stack) as store:
        user = await users.by_id(store, asked.person.id, lock=True)
        assert user is not None
        if len(user.identities) <= 1:
            words = "User must have at least 1 identity after unlinking"
            raise AuthFault(422, "single_identity_not_deletable", words)
        gone = next((item for item in user.identities if item["id"] == wanted), None)
        if gone is None:
            raise AuthFault(422, "identity_not_found", "Identity doesn't exist")
        await audit.note(store, asked, user, "identity_unlinked", provider=gone["provider"])
        await store.run("delete from auth.identities where id = %s", wanted)
        user = await users.again(store, user)
        if gone["provider"] == "phone":
            user = await users.change(store, user, phone=None, phone_confirmed_at=None)
        await _keep_address(store, user)
    return JSONResponse({})


async def _keep_address(store: Store, user: User) -> None:
    """Let a user go on with an address that is still proven by an identity."""
    addresses = [item["email"] for item in user.identities if item["email"]]
    if user.email and user.email not in addresses:
        changes: dict[str, object] = {"email": addresses[0]} if addresses else {"email": None}
        if not addresses:
            changes["email_confirmed_at"] = None
        try:
            user = await users.change(store, user, **changes)
        except psycopg.errors.UniqueViolation as error:
            words = "Unable to unlink identity due to email conflict"
            raise AuthFault(422, "email_conflict_identity_not_deletable", words) from error
    await accounts.keep_providers(store, user)
