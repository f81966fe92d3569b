"""A schema that uses every part of the model, consistent enough to be created."""

from __future__ import annotations

from archwright.schema.model import (
    Argument,
    Bucket,
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Trigger,
    Unique,
)

BOOKINGS, CHANNELS, CLIPS, CLIP_TAGS, PEOPLE, SETTINGS, SECRETS, TAGS = (
    Ref("public", "bookings"),
    Ref("public", "channels"),
    Ref("public", "clips"),
    Ref("public", "clip_tags"),
    Ref("public", "people"),
    Ref("public", "person_settings"),
    Ref("private", "secrets"),
    Ref("public", "tags"),
)
USERS = Ref("auth", "users")
NOW = "timestamp with time zone"


def _id() -> Column:
    return Column("id", "uuid", default="gen_random_uuid()")


def _function(
    name: str,
    arguments: tuple[tuple[str, str, str], ...],
    returns: str,
    body: str,
    *,
    returns_set: bool = False,
    table: tuple[tuple[str, str], ...] = (),
    extra: str = "stable",
    language: str = "sql",
    schema: str = "public",
    callers: tuple[str, ...] = ("authenticated",),
) -> Function:
    given = ", ".join(f"{n} {t}".strip() + (f" default {d}" if d else "") for n, t, d in arguments)
    shown = f"table ({', '.join(f'{n} {t}' for n, t in table)})" if table else returns
    if returns_set and not table:
        shown = f"setof {returns}"
    sql = (
        f"create or replace function {schema}.{name}({given}) returns {shown}\n"
        f"language {language} {extra} set search_path = '' as $$\n{body}\n$$"
    )
    return Function(
        Ref(schema, name),
        tuple(Argument(n, t, bool(d)) for n, t, d in arguments),
        "table(...)" if table else returns,
        returns_set or bool(table),
        sql,
        callers,
        tuple(Argument(n, t) for n, t in table),
    )


def _tables() -> tuple[Table, ...]:
    return (
        Table(
            SECRETS,
            (Column("name", "text"), Column("value", "text")),
            ("name",),
            comment="Never shown to a client",
        ),
        Table(
            BOOKINGS,
            (
                _id(),
                Column("room", "text"),
                Column("during", "tstzrange"),
                Column("state", "booking_state", enum="booking_state", default="'open'"),
                Column("states", "booking_state[]", enum="booking_state", default="'{open}'"),
                Column("person_id", "uuid"),
            ),
            ("id",),
            foreign_keys=(ForeignKey("bookings_person_id_fkey", ("person_id",), PEOPLE, ("id",)),),
            exclusions=(
                Exclusion(
                    "bookings_no_overlap",
                    "gist",
                    (("room", "="), ("during", "&&")),
                    "state <> 'cancelled'::public.booking_state",
                ),
            ),
        ),
        Table(
            CHANNELS,
            (_id(), Column("owner_id", "uuid"), Column("featured_clip_id", "uuid", not_null=False)),
            ("id",),
            uniques=(Unique("channels_id_owner_id_key", ("id", "owner_id")),),
            foreign_keys=(
                ForeignKey(
                    "channels_featured_clip_id_fkey",
                    ("featured_clip_id",),
                    CLIPS,
                    ("id",),
                    "set null",
                ),
                ForeignKey("channels_owner_id_fkey", ("owner_id",), PEOPLE, ("id",)),
            ),
        ),
        Table(
            CLIP_TAGS,
            (
                Column("clip_id", "uuid"),
                Column("tag_id", "bigint"),
                Column("created_at", NOW, default="now()"),
            ),
            ("clip_id", "tag_id"),
            foreign_keys=(
                ForeignKey("clip_tags_clip_id_fkey", ("clip_id",), CLIPS, ("id",)),
                ForeignKey("clip_tags_tag_id_fkey", ("tag_id",), TAGS, ("id",), "restrict"),
            ),
        ),
        Table(
            CLIPS,
            (
                _id(),
                Column("channel_id", "uuid"),
                Column("owner_id", "uuid"),
                Column("parent_id", "uuid", not_null=False),
                Column("caption", "text", default="''", comment="What the author says; 'quoted'"),
                Column("visibility", "visibility", enum="visibility", default="'public'"),
                Column("duration_ms", "integer", not_null=False),
                Column("views", "bigint", default="0"),
                Column("score", "double precision", default="0"),
                Column("price", "numeric(12,2)", not_null=False),
                Column("labels", "text[]", default="'{}'"),
                Column("meta", "jsonb", default="'{}'"),
                Column("published_on", "date", not_null=False),
                Column("every", "interval", not_null=False),
                Column("is_hidden", "boolean", default="false"),
                Column("search", "tsvector", generated="to_tsvector('simple'::regconfig, caption)"),
                Column("order", "smallint", default="0"),
                Column("created_at", NOW, default="now()"),
            ),
            ("id",),
            checks=(
                Check("clips_caption_check", "char_length(caption) <= 2200"),
                Check("clips_owner_check", "private.is_ready(caption)"),
            ),
            uniques=(Unique("clips_channel_id_order_key", ("channel_id", "order")),),
            foreign_keys=(
                ForeignKey(
                    "clips_channel_fkey",
                    ("channel_id", "owner_id"),
                    CHANNELS,
                    ("id", "owner_id"),
                ),
                ForeignKey("clips_parent_id_fkey", ("parent_id",), CLIPS, ("id",), "set null"),
            ),
            comment="A short video",
        ),
        Table(
            PEOPLE,
            (
                Column("id", "uuid"),
                Column("handle", "citext"),
                Column("mood", "mood", not_null=False, enum="mood"),
                Column("joined_at", NOW, default="now()"),
            ),
            ("id",),
            uniques=(Unique("people_handle_key", ("handle",)),),
            foreign_keys=(ForeignKey("people_id_fkey", ("id",), USERS, ("id",)),),
        ),
        Table(
            SETTINGS,
            (
                Column("person_id", "uuid"),
                Column("theme", "text", default="'dark'"),
                Column("payload", "bytea", not_null=False),
                Column("wakes_at", "time without time zone", not_null=False),
                Column("code", "character varying(12)", not_null=False),
                Column("raw", "json", not_null=False),
            ),
            ("person_id",),
            foreign_keys=(
                ForeignKey("person_settings_person_id_fkey", ("person_id",), PEOPLE, ("id",)),
            ),
        ),
        Table(TAGS, (Column("id", "bigint"), Column("name", "text")), ("id",)),
    )


def _functions() -> tuple[Function, ...]:
    me = "(select auth.uid())"
    return (
        _function(
            "is_ready",
            (("p_text", "text", ""),),
            "boolean",
            "  select char_length(p_text) >= 0",
            schema="private",
            extra="immutable",
        ),
        _function(
            "handle_new_user",
            (),
            "trigger",
            "begin\n  insert into public.people (id, handle)\n"
            "  values (new.id, md5(new.id::text));\n  return new;\nend",
            schema="private",
            language="plpgsql",
            extra="security definer",
            callers=(),
        ),
        _function(
            "touch", (), "trigger", "begin\n  return new;\nend", language="plpgsql", extra=""
        ),
        _function(
            "booking_count",
            (("person", "public.people", ""),),
            "bigint",
            "  select count(*) from public.bookings b where b.person_id = person.id",
        ),
        _function(
            "clip_feed",
            (("p_limit", "integer", "20"), ("p_before", NOW, "'infinity'")),
            "public.clips",
            "  select c.* from public.clips c where c.created_at < p_before limit p_limit",
            returns_set=True,
        ),
        _function(
            "clip_totals",
            (("p_owner", "uuid", ""),),
            "table",
            "  select c.visibility, count(*), null::text[] from public.clips c"
            " where c.owner_id = p_owner group by 1",
            table=(
                ("visibility", "public.visibility"),
                ("total", "bigint"),
                ("all_labels", "text[]"),
            ),
        ),
        _function(
            "export_my_data", (), "jsonb", f"  select jsonb_build_object('id', {me})", callers=()
        ),
        _function("legacy", (("p_at", "date", ""),), "json", "  select to_json(p_at)"),
        _function(
            "liked_by_me", (("", "public.clips", ""),), "boolean", f"  select $1.owner_id = {me}"
        ),
        _function(
            "liked_by_me", (("", "public.tags", ""),), "boolean", "  select $1.name is not null"
        ),
        _function(
            "my_channel",
            (),
            "public.channels",
            f"  select c.* from public.channels c where c.owner_id = {me}",
        ),
        _function(
            "owner_of",
            (("clip", "public.clips", ""),),
            "public.people",
            "  select p.* from public.people p where p.id = clip.owner_id",
            returns_set=True,
            extra="stable rows 1",
        ),
        _function(
            "set_mood",
            (("p_mood", "public.mood", ""), ("p_note", "text", "null")),
            "void",
            f"begin\n  update public.people set mood = p_mood where id = {me};\nend",
            language="plpgsql",
            extra="security definer",
        ),
        _function(
            "set_mood",
            (("p_moods", "public.mood[]", ""),),
            "integer",
            "  select cardinality(p_moods)",
            extra="immutable",
        ),
        _function(
            "tag_names",
            (),
            "text",
            "  select t.name from public.tags t",
            returns_set=True,
            callers=("anon", "authenticated"),
        ),
        _function(
            "tags",
            (("clip", "public.clips", ""),),
            "public.tags",
            "  select t.* from public.tags t join public.clip_tags x on x.tag_id = t.id\n"
            "  where x.clip_id = clip.id",
            returns_set=True,
        ),
        _function(
            "uses_later",
            (("p_owner", "uuid", ""),),
            "bigint",
            "  select coalesce(sum(total), 0)::bigint from public.clip_totals(p_owner)",
        ),
    )


def sample() -> Schema:
    """Return the schema."""
    return Schema(
        extensions=("btree_gist", "citext"),
        enums=(
            Enum("booking_state", ("open", "confirmed", "cancelled")),
            Enum("mood", ("happy", 'it\'s "fine"')),
            Enum("visibility", ("public", "followers", "private")),
        ),
        tables=_tables(),
        indexes=(
            Index("clips_feed_idx", CLIPS, ("created_at desc", "id desc"), where="not is_hidden"),
            Index("clips_search_idx", CLIPS, ("search",), using="gin"),
            Index("tags_name_key", TAGS, ("lower(name)",), unique=True),
        ),
        functions=_functions(),
        triggers=(
            Trigger(
                "on_auth_user_created",
                USERS,
                "create trigger on_auth_user_created after insert on auth.users\n"
                "  for each row execute function private.handle_new_user()",
            ),
            Trigger(
                "clips_touch",
                CLIPS,
                "create trigger clips_touch before update of caption on public.clips\n"
                "  for each row execute function public.touch()",
            ),
        ),
        policies=(
            Policy("read", CLIPS, "select", ("anon", "authenticated"), "not is_hidden"),
            Policy(
                "write own",
                CLIPS,
                "insert",
                ("authenticated",),
                check="owner_id = (select auth.uid()) and private.is_ready(caption)",
            ),
            Policy("change", CLIPS, "update", ("authenticated",), "true", "not is_hidden"),
            Policy(
                "own folder",
                Ref("storage", "objects"),
                "insert",
                ("authenticated",),
                check="bucket_id = 'clips' and (storage.foldername(name))[1] = "
                "(select auth.uid())::text",
            ),
            Policy(
                "join",
                Ref("realtime", "messages"),
                "select",
                ("authenticated",),
                "(select realtime.topic()) like 'room:%'",
            ),
        ),
        grants=(
            Grant(CLIPS, "anon", "select"),
            Grant(CLIPS, "authenticated", "insert", ("caption", "channel_id", "order", "owner_id")),
            Grant(CLIPS, "authenticated", "select"),
            Grant(CLIPS, "authenticated", "update", ("caption",)),
            Grant(SECRETS, "service_role", "select"),
            Grant(TAGS, "authenticated", "select"),
        ),
        buckets=(
            Bucket("avatars", True, 1048576, ("image/png",)),
            Bucket("clips", False, 209715200, ("video/mp4", "video/webm")),
        ),
        comments=("comment on schema public is 'The app''s own tables'",),
    )
