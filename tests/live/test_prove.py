"""Specs in a real browser: what is in order passes, what is broken on purpose is found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.build.stage import Stage
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.catalog.samples import samples_of
from archwright.diagnostics import Diagnostic
from archwright.ports import SpecEnded, SpecsWanted
from archwright.preview.proving import LocalBrowsing
from archwright.proof.browser.kept import FOLDER, Kept, keep
from archwright.proof.browser.results import SpecRun, parse
from archwright.proof.browser.verdict import diagnostics
from subjects.spec_app import files_of

pytestmark = pytest.mark.live

GREEN = """\
import { allow, expect, expectAccessible, t, test } from './fixtures';

test('a seeded person and a newcomer each have their own browser', async ({ people }) => {
  const lena = await people.open('lena');
  const { page, handle } = await people.newcomer({ handle: 'twin' });
  await lena.goto('/settings/profile');
  await page.goto('/settings/profile');
  await expect(lena.getByLabel(t('profiles.handle'))).toHaveValue('lena');
  await expect(page.getByLabel(t('profiles.handle'))).toHaveValue(handle);
  await expectAccessible(page);
});

test('the API knows people by their token', async ({ people }) => {
  const newcomer = await people.newcomer();
  const own = await people.client(newcomer);
  const { data } = await own.from('terms_acceptances').select('user_id');
  expect(data).toEqual([{ user_id: newcomer.id }]);
  const visitor = await people.client(null);
  const { error } = await visitor.from('terms_acceptances').select('user_id');
  expect(error?.code).toBe('42501');
});

test('letters arrive, and the clock can be turned', async ({ people, letters, clock }) => {
  const newcomer = await people.newcomer();
  const { email } = newcomer;
  const visitor = await people.client(null);
  await visitor.auth.resetPasswordForEmail(email);
  const { link, subject } = await letters.newest(email);
  expect(subject).not.toBe('');
  expect(link).toContain('/auth/v1/verify');
  const client = await people.client(newcomer);
  await clock.turn({ hours: 2 });
  const { error } = await client.from('terms_acceptances').select('user_id');
  expect(error?.code).toBe('PGRST303');
});

test('what a spec brings about is allowed', async ({ page }) => {
  await page.goto('/terms');
  allow(page, /brought about/);
  await page.evaluate(() => console.error('brought about'));
});
"""
BROKEN = """\
import { expect, expectAccessible, test } from './fixtures';

test('a promise that is not kept', async ({ page }) => {
  await page.goto('/terms');
  await expect(page.getByText('free beer')).toBeVisible({ timeout: 500 });
});

test('a picture without words', async ({ page }) => {
  await page.goto('/terms');
  // beside the app, which may still be putting its page in
  await page.evaluate(() => document.body.append(document.createElement('img')));
  await expectAccessible(page);
});

test('a page without a heading', async ({ page }) => {
  await page.goto('/terms');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => document.querySelector('h1')?.remove());
  await expect(page.locator('h1')).toHaveCount(0);
  test.setTimeout(15_000);
  await expectAccessible(page);
});

test('an error in the console', async ({ people }) => {
  const page = await people.open('lena');
  await page.goto('/terms');
  await page.evaluate(() => console.error('something broke'));
});

test('an answer of the server that failed', async ({ page, world }) => {
  await page.route(`${world.api}/broken`, (route) => route.fulfill({ status: 503 }));
  await page.goto('/terms');
  await page.evaluate((api) => fetch(`${api}/broken`), world.api);
});
"""


@dataclass
class Ran:
    """One run, what was told of it, and what it means."""

    run: SpecRun
    kept: Kept
    told: list[SpecEnded] = field(default_factory=list)

    def failure(self, title: str) -> Diagnostic:
        """Return the first diagnostic of a spec that failed."""
        (spec,) = [s for s in self.run.specs if s.title == title]
        assert spec.status == "failed", spec
        found = [d for d in diagnostics(self.run, self.kept.places) if title in d.message]
        assert {d.code for d in found} == {"AW-5141"}
        return found[0]


@pytest.fixture(scope="module")
def app(toolchain: PinnedToolchain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give an app with accounts and profiles, its own specs, and some of ours."""
    all_files = files_of("Faces", "auth", "profiles")
    pages = "e2e/pages.spec.ts"
    files = {p: t for p, t in all_files.items() if p == pages or not p.endswith(".spec.ts")}
    files |= {"e2e/green.spec.ts": GREEN, "e2e/broken.spec.ts": BROKEN}
    with Stage(tmp_path_factory.mktemp("prove") / "app", toolchain.node_modules()) as stage:
        stage.lay_out(files)
        yield stage.folder


@pytest.fixture(scope="module")
def browsing(toolchain: PinnedToolchain, database: EmbeddedPostgres) -> LocalBrowsing:
    """Give the real thing."""
    catalog, _ = load_catalog()
    return LocalBrowsing(
        toolchain, database, toolchain.browser, lambda b: samples_of(expand(b, catalog)[0])
    )


def ran(browsing: LocalBrowsing, app: Path, *files: str) -> Ran:
    told: list[SpecEnded] = []
    report = browsing.run(app, SpecsWanted(files, 2, told.append))
    run = parse(report, app)
    return Ran(run, keep(run), told)


@pytest.fixture(scope="module")
def both(browsing: LocalBrowsing, app: Path) -> Ran:
    """Run what is in order and what is not, side by side on two platforms."""
    return ran(browsing, app, "e2e/green.spec.ts", "e2e/broken.spec.ts")


def test_what_is_in_order_passes(both: Ran) -> None:
    green = [s for s in both.run.specs if s.file == "e2e/green.spec.ts"]
    assert [(s.title, s.status, s.errors) for s in green] == [
        (s.title, "passed", ()) for s in green
    ]
    assert len(green) == 4
    assert {e.done for e in both.told} == set(range(1, 10))
    assert {s.worker for s in both.run.specs} == {0, 1}


def test_a_spec_that_is_broken_on_purpose_is_told_where_it_stands(both: Ran) -> None:
    found = both.failure("a promise that is not kept")
    line = BROKEN[: BROKEN.index("free beer")].count("\n") + 1
    assert (found.place.source, found.place.line) == ("e2e/broken.spec.ts", line)
    assert found.message.startswith("broken: a promise that is not kept: Error: expect(locator)")
    trace = found.hint.removeprefix("look at ")
    assert trace.startswith(f"{FOLDER}/failures/broken-a-promise-that-is-not-kept-")
    assert both.kept.files[trace].startswith(b"PK")
    folder = trace.removesuffix("/trace.zip")
    assert both.kept.files[f"{folder}/screenshot-1.png"].startswith(b"\x89PNG")


def test_what_axe_finds_is_told_in_its_words(both: Ran) -> None:
    found = both.failure("a picture without words")
    assert "axe finds:" in found.message
    assert "image-alt: Images must have alternative text" in found.message


def test_an_empty_page_is_not_clean(both: Ran) -> None:
    assert "locator('h1')" in both.failure("a page without a heading").message


def test_pages_that_complain_fail_their_spec(both: Ran) -> None:
    assert "- something broke" in both.failure("an error in the console").message
    found = both.failure("an answer of the server that failed")
    assert "- 503 http://127.0.0.1:" in found.message


def test_every_page_is_opened_and_shown(browsing: LocalBrowsing, app: Path) -> None:
    pages = ran(browsing, app, "e2e/pages.spec.ts")
    assert diagnostics(pages.run, pages.kept.places) == []
    assert pages.run.passed
    results = json.loads(pages.kept.files[f"{FOLDER}/results.json"])
    looks = {
        (page["route"], page["visitor"]): sorted((s["device"], s["theme"]) for s in page["shots"])
        for page in results["pages"]
    }
    every = [(d, t) for d in ("desktop", "phone") for t in ("dark", "light")]
    assert looks["/u/:handle", "a visitor"] == every
    assert looks["/u/:handle", "lena"] == [("desktop", "light"), ("phone", "dark")]
    assert looks["/admin/roles", "mara"] == every
    assert results["figures"]["pages_looked_at_by_axe"] == sum(map(len, looks.values()))


def test_a_spec_that_cannot_be_read_is_told(browsing: LocalBrowsing, app: Path) -> None:
    path = app / "e2e/unread.spec.ts"
    path.write_text("import { test } from './fixtures';\n\ntest('x', async () => {\n")
    try:
        unread = ran(browsing, app, "e2e/unread.spec.ts")
    finally:
        path.unlink()
    (found,) = diagnostics(unread.run, {})
    assert found.code == "AW-5143"
    assert found.place.source == "e2e/unread.spec.ts"
    assert "Unexpected token" in found.message
