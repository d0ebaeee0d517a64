"""Write the pages, let mkdocs make the site of them, and refuse one that loads anything from elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

from docs.website import pages
from docs.website.library import ROOT, Library

HERE = Path(__file__).parent
PAGES, SITE = ROOT / "site-src", ROOT / "site"
_CSS_LOAD = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
_LOADING = {
    "script": ("src",), "img": ("src", "srcset"), "iframe": ("src",), "source": ("src", "srcset"), "audio": ("src",),
    "video": ("src", "poster"), "embed": ("src",), "object": ("data",), "use": ("href",), "image": ("href",),
    "link": ("href",), "form": ("action",),
}  # fmt: skip
_HARMLESS_LINKS = {"canonical", "next", "prev", "edit", "alternate"}


class SiteFault(RuntimeError):
    """The site cannot be made, or is not as it must be; one line for each fault."""


class _Loads(HTMLParser):
    """Collects what a page loads from elsewhere (a link a person may follow is no load)."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in _HARMLESS_LINKS:
            return
        for name in _LOADING.get(tag, ()):
            value = given.get(name) or ""
            if re.match(r"(?:https?:)?//", value.strip()):
                self.outside.append(f"<{tag} {name}={value}>")
        self.outside += _CSS_LOAD.findall(given.get("style") or "")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style":
            self.outside += _CSS_LOAD.findall(data)


def outside_loads(site: Path) -> list[str]:
    """Everything a page or style sheet of the site would load from another host; one line each."""
    found = []
    for path in sorted(site.rglob("*")):
        loads: list[str] = []
        if path.suffix in (".html", ".svg"):
            reader = _Loads()
            reader.feed(path.read_text(encoding="utf-8"))
            loads = reader.outside
        elif path.suffix == ".css":
            loads = _CSS_LOAD.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site)}: loads {load}" for load in loads]
    return found


def write_pages(library: Library, target: Path = PAGES) -> int:
    """Write every page and figure into an empty folder; returns the number of pages."""
    written = dict(pages.texts(library))
    faults = pages.broken_links(library, written) + pages.missing_anchors(library, written)
    if faults:
        raise SiteFault("\n".join(faults))
    shutil.rmtree(target, ignore_errors=True)
    for name, text in [*written.items(), *pages.figures(library)]:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(HERE / "assets", target / "assets")
    return len(written)


def run_mkdocs(source: Path = PAGES, site: Path = SITE) -> None:
    """Make the site; any warning of mkdocs stops it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean"]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "KNEEWISE_PAGES": str(source), "KNEEWISE_SITE": str(site)}
    ran = subprocess.run(  # noqa: S603  # our own command
        [*command, "--config-file", str(HERE / "mkdocs.yml")],
        env=os.environ | quiet, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise SiteFault(f"mkdocs stopped ({ran.returncode}):\n{ran.stdout}{ran.stderr}")


def make() -> None:
    """Write the pages, make the site, look it over."""
    began = time.monotonic()
    count = write_pages(Library())
    print(f"{PAGES.name}/: {count} pages in {time.monotonic() - began:.0f} s", file=sys.stderr)
    run_mkdocs()
    outside = outside_loads(SITE)
    if outside:
        raise SiteFault("the site may load nothing from elsewhere:\n" + "\n".join(outside))
    print(
        f"{SITE.name}/index.html: made in {time.monotonic() - began:.0f} s, loads nothing from elsewhere",
        file=sys.stderr,
    )
