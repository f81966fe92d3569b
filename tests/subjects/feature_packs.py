"""Makes feature packs of one pattern: ``boards`` under other names, in a chain of slots."""

from __future__ import annotations

from pathlib import Path

from subjects.real_builds import BROKEN

NAMES = ("note", "song", "walk", "meal", "game", "tool", "film", "poem", "stamp", "plant", "coin")
FILL = """
[[fills]]
slot = "{host}.row"
imports = "import {{ {title}Mark }} from '@/features/{name}s/{name}-mark'"
render = "<{title}Mark />"
"""
MARK = """import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/ui/badge';

/** Stands in the rows of what came before. */
export function BoardMark() {
  const { t } = useTranslation();
  return <Badge>{t('boards.title')}</Badge>;
}
"""


def feature_packs(root: Path, names: tuple[str, ...] = NAMES) -> list[Path]:
    """Write one pack for each name and return the folders.

    Each has a table with access rules and a paged query, nine files of which three are tests, and
    puts an element into the layout and into the rows of the feature before it.
    """
    hosts = ("board", *names)
    return [_pack(root, name, host) for name, host in zip(names, hosts, strict=False)]


def _pack(root: Path, name: str, host: str) -> Path:
    folder = root / f"{name}s"
    for source in sorted((BROKEN / "boards").rglob("*")):
        if source.is_file():
            path = folder / _renamed(source.relative_to(BROKEN / "boards").as_posix(), name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_renamed(source.read_text(), name))
    home = folder / f"files/components/src/features/{name}s"
    (home / f"{name}-mark.tsx").write_text(_renamed(MARK, name))
    manifest = folder / "pack.toml"
    requires = f'requires = ["{host}s"]\nparts ='
    text = manifest.read_text().replace("parts =", requires, 1)
    manifest.write_text(text + FILL.format(host=host, name=name, title=name.title()))
    return folder


def _renamed(text: str, name: str) -> str:
    return text.replace("board", name).replace("Board", name.title())
