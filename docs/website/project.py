"""The project's own papers (decisions, how-tos, glossary, reference, safety), taken over with their links mended.

A link to a file that has a page here goes to that page; a link to any other file becomes its path, as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from docs.website.library import ROOT
from docs.website.markdown import bullets, link, page

_SINGLE = {
    "docs/glossary.md": "glossary.md",
    "safety/intended-use.md": "project/intended-use.md",
    "SAFETY.md": "project/safety.md",
    "SECURITY.md": "project/security.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changes.md",
}
_FOLDERS = {"docs/adr": "adr", "docs/how-to": "how-to", "docs/reference": "reference"}
_OTHER = {
    "safety/hazards.yaml": "hazards.md",
    "README.md": "index.md",
    "src/kneewise/knowledge/content/sources": "sources.md",
}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_ITEM = re.compile(r"^\s*([-*+]|\d+\.)\s")
_CODE = re.compile(r"^\s*```")


def files() -> dict[str, str]:
    """Which file of the repository becomes which page."""
    found = {name: page_ for name, page_ in _SINGLE.items() if (ROOT / name).exists()}
    for folder, place in _FOLDERS.items():
        for path in sorted((ROOT / folder).glob("*.md")):
            name = "index.md" if path.name == "README.md" else path.name
            found[f"{folder}/{path.name}"] = f"{place}/{name}"
    return found


def pages() -> Iterator[tuple[str, str]]:
    """Every paper as a page, and an index where a folder has none."""
    taken = files()
    for name, place in taken.items():
        yield place, mended((ROOT / name).read_text(encoding="utf-8"), name, taken)
    for place, title in (("how-to", "How to"), ("reference", "Tables")):
        if f"{place}/index.md" not in taken.values():
            inside = {name: page_ for name, page_ in taken.items() if page_.startswith(f"{place}/")}
            rows = [link(_title(ROOT / name), f"/{page_}") for name, page_ in inside.items()]
            yield f"{place}/index.md", page(title, [f"# {title}", bullets(rows)])


def _title(path: Path) -> str:
    first = next(
        (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")), ""
    )
    return first.removeprefix("# ") or path.stem


def mended(text: str, name: str, taken: dict[str, str]) -> str:
    """The text with its links leading to pages of the site, and an empty line before each list."""
    lines: list[str] = []
    in_code = False
    for line in text.splitlines():
        if _CODE.match(line):
            in_code = not in_code
        before = lines[-1] if lines else ""
        if (
            not in_code
            and _starts_block(line)
            and before.strip()
            and not _starts_block(before)
            and not before.startswith(" ")
        ):
            lines.append("")
        lines.append(line if in_code else _LINK.sub(lambda match: _link(match, name, taken), line))
    return "\n".join(lines) + "\n"


def _starts_block(line: str) -> bool:
    return bool(_ITEM.match(line)) or line.startswith("|")


def _link(match: re.Match[str], name: str, taken: dict[str, str]) -> str:
    image, text, target = match.groups()
    if "://" in target or target.startswith(("#", "mailto:")):
        return match[0]
    file, _, part = target.partition("#")
    path = _resolved(PurePosixPath(name).parent / file)
    place = taken.get(path) or _OTHER.get(path)
    if place is None and f"{path}/README.md" in taken:
        place = taken[f"{path}/README.md"]
    if place is None or image:
        return f"{text} (`{path}`)" if path not in text else text
    return (
        f"[{text}](/{place}{'#' + part if part and place.endswith('.md') and path.endswith('.md') else ''})"
    )


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
