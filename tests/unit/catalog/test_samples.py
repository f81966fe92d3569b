"""Sample files of packs: read where they may lie, refused where a bucket would refuse them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.catalog.samples import MAX_SAMPLE, Sample, samples_of
from subjects.tiny import blueprint, head, one, packs_with, told, use, write

MEMBER = "00000000-0000-4000-8000-000000000001"
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(40)
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40)
MANIFEST = """
[tables.reels]
comment = "Reels"
owner = "owner_id"

[tables.reels.columns]
id = "uuid = gen_random_uuid()"
owner_id = "uuid = auth.uid() -> profiles cascade"
path = "text(1..300)?"

[buckets.reels]
limit = 500
types = ["video/mp4", "image/*"]

[samples.reels]
named_in = ["reels.path"]
"""
TOML = head("mine") + MANIFEST
FILE = f"samples/reels/{MEMBER}/one.mp4"


def test_samples_are_read_with_type_and_size(tmp_path: Path) -> None:
    picture = f"samples/reels/{MEMBER}/stills/one.webp"
    pack, problems = one(tmp_path, {"pack.toml": TOML, FILE: MP4, picture: WEBP})
    assert problems == []
    assert pack is not None
    found = [(s.bucket, s.path, s.media, s.size) for s in pack.samples]
    assert found == [
        ("reels", f"{MEMBER}/one.mp4", "video/mp4", len(MP4)),
        ("reels", f"{MEMBER}/stills/one.webp", "image/webp", len(WEBP)),
    ]
    assert pack.samples[0].file.read_bytes() == MP4


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("samples/one.mp4", MP4, "AW-3016", "a sample lies at"),
        ("samples/reels/one.mp4", MP4, "AW-3016", "a sample lies at"),
        ("samples/reels/mara/one.mp4", MP4, "AW-3016", "a sample lies at"),
        (f"samples/reels/{MEMBER}/..mp4", MP4, "AW-3016", "a sample lies at"),
        (f"samples/reels/{MEMBER}/a b.mp4", MP4, "AW-3016", "a sample lies at"),
        (f"samples/reels/{MEMBER}/one.exe", MP4, "AW-3016", "a sample is one of .jpg"),
        (f"samples/reels/{MEMBER}/one.webp", MP4, "AW-3016", "the content is not image/webp"),
        (f"samples/reels/{MEMBER}/one.webm", b"", "AW-3016", "the content is not video/webm"),
        (f"samples/reels/{MEMBER}/one.mp4", MP4 + bytes(MAX_SAMPLE), "AW-3005", "a sample has at"),
        (f"samples/reels/{MEMBER}/one.mp4", MP4 + bytes(500), "AW-3016", "at most 500 bytes"),
        (
            f"samples/reels/{MEMBER}/one.webm",
            b"\x1a\x45\xdf\xa3",
            "AW-3016",
            "the bucket takes no video/webm",
        ),
        (f"samples/other/{MEMBER}/one.mp4", MP4, "AW-3016", "nothing under [samples]"),
    ],
)
def test_files_that_no_bucket_would_take(
    tmp_path: Path, name: str, content: bytes, code: str, message: str
) -> None:
    pack, problems = one(tmp_path, {"pack.toml": TOML, name: content})
    assert pack is None
    assert told(problems) == [(code, f"packs/mine/{name}")]
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[samples.reels]", "[samples.films]", "samples.films"),
        ('["reels.path"]', '["reels.file"]', "samples.reels"),
        ('["reels.path"]', '["films.path"]', "samples.reels"),
    ],
)
def test_samples_of_what_is_not_there(tmp_path: Path, old: str, new: str, place: str) -> None:
    pack, problems = one(tmp_path, {"pack.toml": TOML.replace(old, new)})
    assert pack is None
    assert told(problems) == [("AW-3017", f"packs/mine/pack.toml ({place})")]


def test_samples_that_say_nobody_names_them_are_a_mistake(tmp_path: Path) -> None:
    _, problems = one(tmp_path, {"pack.toml": TOML.replace('["reels.path"]', "[]")})
    assert told(problems) == [("AW-3001", "packs/mine/pack.toml (samples.reels.named_in)")]


@pytest.mark.parametrize("what", ["samples", FILE])
def test_links_are_refused(tmp_path: Path, what: str) -> None:
    real = write(tmp_path / "real", {"kept/x.mp4": MP4})
    folder = write(tmp_path / "mine", {"pack.toml": TOML})
    link = folder / what
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(real if what == "samples" else real / "kept/x.mp4")
    _, problems = load_catalog([folder])
    assert told(problems) == [("AW-3006", f"packs/mine/{what}")]


def test_a_sample_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, size: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("archwright.catalog.samples._head", refuse)
    _, problems = one(tmp_path, {"pack.toml": TOML, FILE: MP4})
    assert told(problems) == [("AW-3004", f"packs/mine/{FILE}")]
    assert problems[0].message == "cannot read the file: Permission denied"


def test_an_app_has_the_samples_of_its_packs(tmp_path: Path) -> None:
    packs = packs_with(tmp_path, mine={"pack.toml": TOML})
    write(tmp_path / "mine", {FILE: MP4})
    assert samples_of(expand(blueprint(use("profiles"), use("mine")), packs)[0]) == ()
    packs, problems = load_catalog([p for p in tmp_path.iterdir() if p.is_dir()])
    assert problems == []
    expansion, _ = expand(blueprint(use("mine")), packs)
    file = tmp_path / "mine" / FILE
    path = f"{MEMBER}/one.mp4"
    assert samples_of(expansion) == (Sample("reels", path, file, "video/mp4", ("reels.path",)),)
    assert samples_of(expand(blueprint(), packs)[0]) == ()


def test_samples_about_the_example_entity_are_renamed(tmp_path: Path) -> None:
    more = 'attaches = "likeable"\ninstance = "per-target"'
    toml = head("mine", more) + MANIFEST.replace("reels", "thing_reels")
    write(tmp_path / "mine", {FILE.replace("reels", "thing_reels"): MP4})
    packs = packs_with(tmp_path, "clips", mine={"pack.toml": toml})
    made = blueprint(use("profiles"), use("clips"), use("mine", "Clip"))
    (sample,) = samples_of(expand(made, packs)[0])
    assert (sample.bucket, sample.named_in) == ("clip_reels", ("clip_reels.path",))
