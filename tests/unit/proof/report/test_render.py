"""The report's page: its skeleton, what is escaped, and that it stands alone."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from archwright.proof.report.data import (
    Assumed,
    BrowserRun,
    Cell,
    Feature,
    PageShots,
    ReportData,
    Shot,
    SpecRow,
    TableColumn,
    TableShape,
)
from archwright.proof.report.render import render_report
from subjects.sample_report import sample

VOID = {"meta", "br", "hr", "img", "link", "input"}
SKELETON = """\
h1 Clipster
h2 What failed
h2 The request
caption What was understood and assumed
h2 Features by phase
h3 Phase 1
h3 Phase 2
h3 Phase 3
h3 Phase 4
h3 Phase 5
h3 Phase 6 · failed
h3 Phase 7 · not reached
h3 What needs what
caption Features, what they need, and why they are there
h2 Timeline
caption Every gate in every phase: seconds, or why it did not run
h2 Who may do what
caption Access matrix: tables by personas and operations (S select, I insert, U update, D delete)
h2 The data model
h3 Area by area
caption profiles
caption videos
caption sounds
caption video_likes
caption comments
caption follows
h2 Phases, their gates and their files
caption Gates of phase 1
caption Gates of phase 2
caption Gates of phase 3
caption Gates of phase 4
caption Gates of phase 5
caption Gates of phase 6
h2 Tools and versions
h2 Remarks
"""


class Page(HTMLParser):
    """Reads a page strictly: every element is closed by its own end tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outline: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "caption"}:
            self.outline.append(tag + " ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if {"h1", "h2", "h3", "caption"} & set(self.open):
            self.outline[-1] += data

    @property
    def skeleton(self) -> str:
        return "".join(" ".join(line.split()) + "\n" for line in self.outline)


def render(report: ReportData, svg: str = '<svg role="none"></svg>') -> Page:
    return Page(render_report(report, lambda _: svg))


def test_the_skeleton_of_a_failed_build() -> None:
    assert render(sample(failing=True)).skeleton == SKELETON


def test_a_proven_build_has_no_failures() -> None:
    page = render(sample())
    assert "What failed" not in page.skeleton
    text = " ".join(page.text)
    assert "Every phase proven" in text
    assert "Stopped" not in text


def test_failures_come_first() -> None:
    text = " ".join("".join(render(sample(failing=True)).text).split())
    told = text.index("TS2322: Type 'string' is not assignable to type 'number'.")
    assert text.index("Stopped in phase 6") < told < text.index("The request")
    assert "AW-5103 phase 6, types src/features/feed/api.ts:41:7" in text
    assert "from packs/feed/files/data/src/features/feed/api.ts" in text
    assert "1 that stops nothing" in text


def test_the_page_stands_alone() -> None:
    html = render_report(sample(failing=True), lambda _: "")
    page = Page(html)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form"}
    for _, attributes in page.tags:
        assert (attributes.get("href") or "#").startswith("#")
        assert "src" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?://", html)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    for failing in (True, False):
        tags = render(sample(failing=failing)).tags
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        links = {str(a["href"])[1:] for _, a in tags if "href" in a}
        assert links <= set(ids)
        named = {a["aria-labelledby"] for _, a in tags if "aria-labelledby" in a}
        assert named <= set(ids)


def test_every_table_and_drawing_has_a_name() -> None:
    page = render(sample())
    names = [tag for tag, _ in page.tags]
    assert names.count("table") == names.count("caption")
    drawings = [a for _, a in page.tags if a.get("role") == "img"]
    assert len(drawings) == 7
    assert all(a.get("aria-label") for a in drawings)
    assert all(a.get("scope") for tag, a in page.tags if tag == "th")


EVIL = (
    "</style></pre><script>alert('x')</script><img src=x onerror=alert(1)>\" onload=\"y {{ 7*7 }}"
)


def test_hostile_names_are_text() -> None:
    plain = sample(failing=True)
    failed = plain.phases[5]
    gate = replace(failed.gates[5], name=EVIL, tool=EVIL, facts={EVIL: EVIL}, skipped=EVIL)
    found = {
        "code": EVIL,
        "severity": EVIL,
        "message": EVIL,
        "hint": EVIL,
        "place": {"source": EVIL},
    }
    gate = replace(gate, diagnostics=(found, {**found, "severity": "error"}))
    phase = replace(
        failed,
        title=EVIL,
        features=(EVIL,),
        new=(EVIL,),
        migrations=(EVIL,),
        repairs=(EVIL,),
        gates=(gate,),
    )
    report = ReportData(
        EVIL,
        EVIL,
        EVIL,
        (Assumed(EVIL, EVIL, EVIL, 0.5),),
        (Feature(EVIL, EVIL, EVIL, (EVIL,), 1),),
        (phase, *plain.phases[6:]),
        (TableShape(EVIL, EVIL, (TableColumn(EVIL, EVIL, True, EVIL),)),),
        (Cell(EVIL, EVIL, EVIL, 1, 0),),
        0,
        {EVIL: EVIL},
        (found,),
    )
    page = render(report, svg="")
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img"}
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    text = "".join(page.text)
    assert text.count("<script>alert('x')</script>") > 20
    assert "{{ 7*7 }}" in text


def test_a_report_about_nothing() -> None:
    page = render(ReportData("Empty"), svg="")
    assert "h2 The request" in page.skeleton
    assert "Who may do what" not in page.skeleton
    assert "No phase has run." in " ".join(page.text)


def test_without_drawings_the_tables_are_open() -> None:
    assert "open" in dict(next(a for t, a in render(sample(), svg="").tags if t == "details"))
    assert "open" not in dict(next(a for t, a in render(sample()).tags if t == "details"))


def test_a_fast_run_says_so() -> None:
    assert "were left out" in " ".join(render(replace(sample(), fast=True)).text)


@pytest.mark.parametrize("contradictions", [0, 3])
def test_what_contradicts_the_rules_is_counted(contradictions: int) -> None:
    text = " ".join(" ".join(render(replace(sample(), contradictions=contradictions)).text).split())
    assert f"refused, {contradictions} not as declared" in text


def test_the_same_data_gives_the_same_bytes() -> None:
    assert render_report(sample(), str) == render_report(sample(), str)


def test_features_are_counted_once_however_many_things_they_are_on() -> None:
    likes = [
        Feature(f"likes:{on}", f"Likes on {on}", "why", ("foundation",), 1) for on in ("A", "B")
    ]
    foundation = Feature("foundation", "Foundation", "", (), 1)
    html = render_report(replace(sample(), features=(foundation, *likes)), lambda _: "")
    assert "<div><dt>features</dt><dd>1</dd></div>" in html


def test_personas_are_told_in_words() -> None:
    report = replace(sample(), matrix=(Cell("notes", "other_end_of", "select", 1, 0),))
    html = render_report(report, lambda _: "")
    assert ">other end of</th>" in html


BROWSER = BrowserRun(
    seconds=61.0,
    specs=(
        SpecRow("likes", "a <b>like</b> stays", "e2e/likes.spec.ts:5", "passed", 1.5),
        SpecRow(
            "pages",
            "/ is in order",
            "e2e/pages.spec.ts:9",
            "failed",
            2.0,
            ("axe finds:\n- <img>",),
            "failures/pages/trace.zip",
        ),
    ),
    pages=(
        PageShots("/", "lena", "failed", (Shot("dark", "phone", "data:image/webp;base64,AA=="),)),
    ),
    looked_at=4,
)


def test_what_a_browser_found_is_shown_with_its_gallery() -> None:
    page = render(replace(sample(), browser=BROWSER))
    text = " ".join(" ".join(page.text).split())
    assert "2 specs in 61.0 s, 1 of them failed" in text
    assert "axe looked at 4 states" in text
    assert "a <b>like</b> stays" in text
    assert "axe finds: - <img>" in text
    assert "browser/failures/pages/trace.zip" in text
    (shot,) = [dict(attributes) for tag, attributes in page.tags if tag == "img"]
    assert shot["src"] == "data:image/webp;base64,AA=="
    assert shot["alt"] == "/ for lena, dark, phone"


def test_without_a_run_in_a_browser_nothing_is_said_of_one() -> None:
    page = render(sample())
    assert "In a real browser" not in " ".join(page.text)
    assert "#browser" not in [dict(attributes).get("href") for _, attributes in page.tags]
