"""Routes below their layout and guard, and the navigation of what is finished."""

from __future__ import annotations

import re
from pathlib import Path

from archwright.emit.routes import navigation_file, routes_file
from archwright.plan.restrict import Node, restrict
from subjects.tiny import FULL, app_of, blueprint, head, packs_with, use

APP = app_of(FULL)


def page(path: str, guard: str = "public", layout: str = "app") -> str:
    lines = ["[[routes]]", f'path = "{path}"', 'file = "src/features/x/page.tsx"']
    lines += [f'sample = {{ {name} = "1" }}' for name in re.findall(":([a-z]+)", path)]
    return "\n".join([*lines, f'guard = "{guard}"', f'layout = "{layout}"', ""])


def routes(tmp_path: Path, *pages: str, more: str = "") -> str:
    packs = packs_with(tmp_path, mine={"pack.toml": head("mine") + "\n".join(pages) + more})
    return routes_file(app_of(blueprint(use("mine")), packs)).text


def test_pages_lie_below_layouts_and_guards() -> None:
    text = routes_file(APP).text
    assert "import { RequireMember } from '@/app/guards';" in text
    assert "import { BareLayout } from '@/app/bare-layout';" in text
    assert "{ path: '/', lazy: () => import('@/features/clips/clips-page') }," in text
    member = text.index("<RequireMember />")
    assert text.index("Component: BareLayout") < member < text.index("path: '/upload'")
    assert "Navigate" not in text


def test_guards_of_every_kind(tmp_path: Path) -> None:
    text = routes(tmp_path, page("/", "guest"), page("/a", "role(moderator)"), page("/b", "member"))
    assert "import { RequireGuest, RequireMember, RequireRole } from '@/app/guards';" in text
    assert '<RequireRole role="moderator" />' in text
    assert "BareLayout" not in text


def test_without_a_front_page_the_first_main_page_is_it(tmp_path: Path) -> None:
    nav = '[[nav]]\nto = "/b"\ntext = "mine.nav"\nicon = "HouseIcon"\n'
    text = routes(tmp_path, page("/a"), page("/b"), more=nav)
    assert "import { Navigate, type RouteObject } from 'react-router';" in text
    assert "{ path: '/', element: <Navigate to=\"/b\" replace /> }," in text


def test_else_the_first_page_without_a_parameter(tmp_path: Path) -> None:
    assert 'to="/a"' in routes(tmp_path, page("/x/:id"), page("/a"))


def test_with_nothing_but_parameters_there_is_no_front_page(tmp_path: Path) -> None:
    assert "Navigate" not in routes(tmp_path, page("/x/:id", layout="bare"))


def test_what_is_not_there_stands_in_the_frame_of_what_is(tmp_path: Path) -> None:
    text = routes(tmp_path, page("/a", "role(moderator)"))
    assert "import { NotFound, RouteError } from '@/app/route-error';" in text
    frame = text.index("Component: Layout")
    assert frame < text.index("<RequireRole") < text.index("{ path: '*', Component: NotFound },")
    assert "NotFound" not in routes(tmp_path, page("/x/:id", layout="bare"))


def test_no_pages_yet() -> None:
    app = restrict(FULL, APP.expansion, [Node("clips", "data")])
    assert "export const routes: RouteObject[] = [];" in routes_file(app).text
    text = navigation_file(app).text
    assert "import type { LucideIcon } from 'lucide-react';" in text
    assert "HouseIcon" not in text


def test_navigation_waits_for_the_whole_feature() -> None:
    assert "{ to: '/', labelKey: 'clips.nav', icon: HouseIcon, " in navigation_file(APP).text
    built = APP.built - {Node("clips", "pages")}
    assert "HouseIcon" not in navigation_file(restrict(FULL, APP.expansion, built)).text


def test_entries_in_their_order(tmp_path: Path) -> None:
    def nav(to: str, order: int, guard: str) -> str:
        return (
            f'[[routes]]\npath = "{to}"\nfile = "src{to}.tsx"\nguard = "{guard}"\n'
            f'[[nav]]\nto = "{to}"\ntext = "mine.nav"\nicon = "HouseIcon"\n'
            f'order = {order}\nguard = "{guard}"\n'
        )

    manifest = head("mine") + nav("/late", 90, "role(moderator)") + nav("/early", 5, "member")
    packs = packs_with(tmp_path, mine={"pack.toml": manifest})
    text = navigation_file(app_of(blueprint(use("mine")), packs)).text
    assert text.index("'/early'") < text.index("'/late'")
    assert "guard: 'role:moderator'" in text
