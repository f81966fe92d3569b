"""What people and coding agents read first in the emitted app: README and AGENTS."""

from __future__ import annotations

from archwright.emit.derived import derived
from archwright.emit.draft import Draft
from archwright.emit.project import upload_limit
from archwright.plan.restrict import Restricted
from archwright.plan.services import services
from archwright.schema.model import Schema

CHECKS = "npm run typecheck && npm run lint && npm test && npm run build"

_RUN = """\
## Run it

With Archwright nothing else is needed, neither Docker nor an account:

```sh
archwright dev .             # database, API, mailbox and the app, with all migrations and samples
```

Without it you need Node 22 or newer, and Docker for a Supabase on your own machine:

```sh
npm install
npx supabase start           # database, sign-in and storage, with all migrations and sample data
cp .env.example .env.local   # then put in the publishable key that the line above printed
npm run dev                  # http://localhost:5173
```

There, `npx supabase status` prints the addresses and the key again, `npx supabase db reset` starts
over with fresh sample data, and mail that the app would send waits at http://127.0.0.1:54324."""

_SAMPLE_PEOPLE = """\
All sample people have the password `sample-password`: `mara@example.com` is the administrator,
`lena@example.com` an ordinary member; `supabase/seed.sql` has the others."""

_SAMPLE_FILES = """\
Pictures and clips of theirs are no files of this app: `archwright dev` puts them in place. On a
Supabase of your own they are missing until you upload some."""

_SAMPLE_MODERATOR = "`teo.bakes@example.com` is a moderator."

_LIVE = """\
## Go live

```sh
npx supabase login
npx supabase link --project-ref your-project-ref
npx supabase db push         # the migrations; sample data stays here
npm run build                # into dist/
```

- Build with the URL and the publishable key of that project in `.env.local`, or in your host's
  settings.
- `dist/` goes to any static host that answers unknown paths with `index.html`.
- In the project's dashboard, under Authentication: your address as site URL, confirmation of email
  addresses, and passwords of at least 10 characters. `supabase/config.toml` is for your own
  machine only."""

_CHANGE = """\
## Change what it is

`blueprint.yaml` names the features, entities, roles and texts of this app. Edit it, then run here

```sh
archwright build --out .
```

What is new comes as further phases, each proven and committed, with a new migration. Where other
files that Archwright wrote were edited by hand, the build changes nothing and names them.
`archwright check .` runs all gates on what lies here, such edits included."""

_IN_A_BROWSER = """\
`archwright prove` tries the app in a real browser. Without Archwright: `npx playwright install
chromium` once, then, while the app runs with its sample data, `npm run e2e`. `E2E_URL` names the
app's address where it is not http://127.0.0.1:5173."""

_FIRST_ADMINISTRATOR = """\
The first administrator signs up like anybody else, and is then named once, in the SQL editor of
the dashboard:

```sql
insert into public.user_roles (user_id, role)
select id, 'admin' from auth.users where email = 'you@example.com';
```"""


def readme_file(app: Restricted, schema: Schema) -> Draft:
    """Return the README of the app's owner."""
    head = app.blueprint.app
    lines = [f"# {head.name}", ""]
    if head.summary:
        lines += [f"{head.summary.rstrip('.')}.", ""]
    lines += [
        "A Supabase (PostgreSQL) backend and a React + TypeScript front end. The code is yours; "
        "`blueprint.yaml` says what the app is, and Archwright built the rest from it.",
        "",
        *_RUN.splitlines(),
    ]
    if app.has("profiles"):
        lines += ["", *_SAMPLE_PEOPLE.splitlines()]
        lines += [_SAMPLE_MODERATOR] if app.has("reports") else []
        if any(i.pack and i.pack.samples for i in app.instances):
            lines += ["", *_SAMPLE_FILES.splitlines()]
    lines += ["", *_LIVE.splitlines()]
    if most := upload_limit(app):
        lines += [
            f"- There too, under Storage, a limit of {most} MB for one file: that of the project "
            "counts before",
            "  that of a bucket, and is lower by default. Not every plan of Supabase allows it.",
        ]
    lines += ["", *_FIRST_ADMINISTRATOR.splitlines()]
    if app.has("profiles.roles"):
        lines += ["", "Whoever is one gives roles to others at `/admin/roles`."]
    lines += ["", *_CHANGE.splitlines()]
    lines += ["", "## Check it", "", "```sh", CHECKS, "```", ""]
    lines += ["`npm run format` lays the code out, `npm run unused` names code that nothing uses."]
    lines += ["", *_IN_A_BROWSER.splitlines()] if app.has("foundation.proof") else []
    lines += ["", "## What is in it", "", *_features(app), ""]
    lines += _services(app)
    lines += [
        f"The database has {len(schema.tables)} tables, each with row-level security; "
        f"{len(schema.policies)} policies say who may do what.",
        "",
        "Code lies by feature in `src/features/<feature>`; what features share in "
        "`src/components` and `src/lib`, the frame of the app in `src/app`.",
    ]
    return derived("README.md", lines)


def _features(app: Restricted) -> list[str]:
    """Return one line for each feature, with all that it is on."""
    found: dict[str, tuple[str, list[str]]] = {}
    for instance in app.instances:
        if instance.pack and instance.pack.head.kind == "feature":
            head = instance.pack.head
            _, targets = found.setdefault(head.title, (head.summary, []))
            if instance.target and not instance.each:
                targets.append(instance.target.forms.labels)
    return [
        f"- **{title}**{' on ' + ' and '.join(on) if on else ''}: {summary}"
        for title, (summary, on) in found.items()
    ]


def _services(app: Restricted) -> list[str]:
    """Return one line for each outside service that the app does without so far."""
    wanted = [f"- **{s.service}** for {title}: {s.text}" for title, s in services(app)]
    return ["Outside services that it would use and runs without:", "", *wanted, ""] * bool(wanted)


def agents_file(app: Restricted) -> Draft:
    """Return AGENTS.md: what a coding agent must know before it edits."""
    lines = [
        f"# Working on {app.blueprint.app.name}",
        "",
        "- `blueprint.yaml` is the source of truth for features, entities and access.",
        "- Change the database by a new file in `supabase/migrations` (`npx supabase migration new "
        "<name>`); never edit an old one.",
        "- Every table has row-level security and explicit grants; a new column that clients write "
        "needs a column grant.",
        "- Counters, `updated_at` and notifications are kept by triggers: never write them.",
        "- After a change of the database: `npx supabase db reset`, then `npx supabase gen types "
        "typescript --local > src/lib/database.types.ts`.",
        "- What others do arrives by `src/lib/live.tsx`: triggers `tell_*` name the tables that "
        "changed to private topics, and queries of those tables are fetched again.",
        "- `src/lib/database.types.ts`, `src/lib/constraint-messages.ts`, "
        "`src/lib/live-topics.ts`, `src/app/routes.tsx`, `src/app/navigation.ts`, "
        "`src/locales/en.ts` and the `*-fields.ts` and `*-store.ts` files "
        "are derived; Archwright writes them anew.",
        "- All text that people read comes from `src/locales`.",
        "- Data access is in `*-api.ts` files, caching and optimistic updates in hooks beside "
        "them; components never call Supabase.",
        "- Tests stand beside the code, and fake the network with `src/test/fake-supabase.ts`.",
    ]
    if app.has("foundation.proof"):
        lines += [
            "- What people do in a browser is tried in `e2e`, with what `e2e/fixtures.ts` offers. "
            "Specs share the sample data: make newcomers, and rely on no count.",
        ]
    lines += [f"- Before you finish: `{CHECKS}`."]
    return derived("AGENTS.md", lines)
