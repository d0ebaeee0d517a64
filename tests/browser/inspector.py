"""Looks at a state of a page: what axe finds, what a page says as text alone, what does not fit or cannot be tapped."""

from __future__ import annotations

import itertools
import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

STATES_AT_LEAST = 120
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
# A picture is one image with a text of its own; its hundreds of paths are no content to look at.
PICTURES = {"exclude": [["svg > *"]]}
RUN = """([context, options]) => axe.run(context, options).then(
  told => told.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]))"""
# 320 pixels is also what 1280 are at a zoom of 400 %.
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
WIDTHS = (NARROW, WIDE)
SHEET = {"width": 680, "height": 960}  # A4 within the margins that browsers leave
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll('main button, main .tick, main select, main textarea, '
  + 'main input[type=text], main summary, main .back, main .door')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
  .map(e => e.outerHTML.slice(0, 120))"""
# What a page is made of, without its words: two questions are made of the same.
MADE_OF = """() => {
  const found = new Set();
  const named = one => one.localName + (one.type ? ':' + one.type : '')
    + [...one.attributes].map(a => a.name === 'role' ? '[' + a.value + ']'
      : a.name.startsWith('aria-') || a.name === 'open' ? '[' + a.name + ']' : '').sort().join('')
    + [...one.classList].sort().map(name => '.' + name).join('');
  const walk = (one, above) => {
    if (!one.checkVisibility()) return;
    const path = above + ' ' + named(one);
    found.add(path);
    if (one.localName !== 'svg') for (const child of one.children) walk(child, path);
  };
  walk(document.body, document.documentElement.className);
  return [...found];
}"""
# What axe does not ask: one title, no level left out, no picture without words, no name twice.
SAID = """() => {
  const read = one => one.checkVisibility() && !one.closest('[aria-hidden=true]');
  const all = what => [...document.querySelectorAll(what)].filter(read);
  const ids = [...document.querySelectorAll('[id]')].filter(one => !one.closest('[hidden]')).map(one => one.id);
  return {
    title: document.title, screens: document.querySelectorAll('[data-screen]').length,
    lang: document.documentElement.lang,
    headings: all('h1, h2, h3, h4, h5, h6').map(one => [+one.localName[1], one.innerText.trim()]),
    pictures: all('svg, img, canvas').filter(one => one.localName === 'img' ? !one.hasAttribute('alt')
      : one.getAttribute('role') !== 'img' || !(one.getAttribute('aria-label')
        || one.hasAttribute('aria-labelledby') || one.querySelector(':scope > title')))
      .map(one => one.outerHTML.slice(0, 120)),
    twice: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
  };
}"""
# axe takes our own colours for the machine's here. Text on the ground it stands on, as it is drawn; the numbers
# in a picture stand on discs of their own.
LOST_TEXT = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const solid = colour => !/, 0\\)$|transparent/.test(colour);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (solid(colour)) return colour;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)';
  };
  const told = one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('body *')].filter(one => told(one) && one.checkVisibility())
    .filter(one => !one.matches('svg .number')).filter(one => {
    const drawn = getComputedStyle(one);
    const pair = [light(one.closest('svg') ? drawn.fill : drawn.color), light(ground(one))];
    return Math.max(...pair) / Math.min(...pair) < 4.5;
  }).map(one => one.textContent.trim().slice(0, 60));
}"""
NAMED = re.compile(r'^\s*- (link|button|img|checkbox|radio|textbox|combobox)(?: "((?:[^"\\]|\\.)*)")?', re.M)
LINKS = re.compile(r'- link "((?:[^"\\]|\\.)*)"[^\n]*\n\s*- /url: (\S+)')
SAYS_NOTHING = {
    "",
    "here",
    "click here",
    "more",
    "read more",
    "change",
    "edit",
    "open",
    "link",
    "correct it",
    "details",
}
OF_NO_WEIGHT = {
    "the",
    "and",
    "you",
    "are",
    "how",
    "your",
    "what",
    "this",
    "that",
    "with",
    "from",
    "about",
    "does",
    "will",
}


def _told(name: str, violation: list[str]) -> str:
    return f"{name}: {violation[0]} – {violation[1]}"


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{3,}|\d+", text.lower()) if word not in OF_NO_WEIGHT}


class Inspector:
    """Looks at each state of each page and gathers what is wrong with it."""

    def __init__(self, page: Page, options: dict[str, Any] = RULES) -> None:
        self.page, self.options = page, options
        self.axe_script = Axe().axe_script
        self.states: list[str] = []
        self.found: list[str] = []
        self.seen: set[str] = set()
        self.paths: dict[str, str] = {}
        self.titles: dict[str, set[str]] = {}

    def look(self, name: str) -> None:
        """Everything at once; axe looks at a state that is made of something new."""
        self.states.append(name)
        self.paths[name] = re.sub(r"^https?://[^/]+|[?#].*$", "", self.page.url)
        self.read_as_text(name)
        self.measure(name)
        made_of = set(self.page.evaluate(MADE_OF))
        if made_of <= self.seen:
            return
        self.seen |= made_of
        self.run_axe(name)
        self.run_in_the_dark(name)

    def violations(self, options: dict[str, Any]) -> list[list[str]]:
        """What axe finds; it is brought into a page once."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(self.axe_script)
        return list(self.page.evaluate(RUN, [PICTURES, options]))

    def run_axe(self, name: str) -> None:
        """All violations that axe finds."""
        self.found += [_told(name, violation) for violation in self.violations(self.options)]

    def run_in_the_dark(self, name: str) -> None:
        """Too little contrast in dark colours: all else is as in the light."""
        self.page.emulate_media(color_scheme="dark")
        self.found += [_told(f"{name} (dark)", violation) for violation in self.violations(CONTRAST)]
        self.page.emulate_media(color_scheme="light")

    def run_with_forced_colours(self, name: str) -> None:
        """Text that is lost where the machine's own few colours replace ours."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
            self.found += [
                f"{name} (forced colours): lost “{text}”" for text in self.page.evaluate(LOST_TEXT)
            ]
        self.page.emulate_media(color_scheme="light", forced_colors="none")

    def run_on_paper(self, name: str) -> None:
        """What would be lost in print: the heading, what stands beyond the edge of the sheet."""
        before = self.page.viewport_size or PHONE
        self.page.emulate_media(media="print")
        self.page.set_viewport_size(SHEET)  # type: ignore[arg-type]
        if self.page.evaluate(SCROLLS):
            self.found.append(f"{name}: wider than a sheet of paper")
        if not self.page.locator("h1").first.is_visible() or self.page.locator("nav").first.is_visible():
            self.found.append(f"{name}: printed without its heading, or with what is for the screen")
        self.page.emulate_media(media="screen")
        self.page.set_viewport_size(before)

    def measure(self, name: str) -> None:
        """Targets too small for a thumb, and pages wider than the window."""
        before = self.page.viewport_size or PHONE
        self.found += [f"{name}: small {target}" for target in self.page.evaluate(SMALL_TARGETS)]
        for size in WIDTHS:
            if self.page.viewport_size != size:
                self.page.set_viewport_size(size)  # type: ignore[arg-type]
            if self.page.evaluate(SCROLLS):
                self.found.append(f"{name}: scrolls sideways at {size['width']} pixels")
        self.page.set_viewport_size(before)

    def read_as_text(self, name: str) -> None:
        """What somebody hears who does not see the page."""
        said = self.page.evaluate(SAID)
        title = str(said["title"]).removeprefix("Error: ").removesuffix(" – kneewise")
        self.titles.setdefault(title, set()).add(name)
        levels = [level for level, _text in said["headings"]]
        heading = " ".join(text for level, text in said["headings"] if level == 1)
        faults = [f"picture without words: {one}" for one in said["pictures"]]
        faults += [f"id twice: {one}" for one in said["twice"]]
        faults += [f"{levels.count(1)} main headings"] * (levels.count(1) != 1)
        faults += [f"level {b} after {a}" for a, b in itertools.pairwise(levels) if b > a + 1]
        faults += ["no language"] * (not said["lang"])
        # The player is one page with many screens; each heading takes the focus and is read.
        if not said["screens"] and not _words(title) & _words(heading) and title.lower() != heading.lower():
            faults.append(f"the title “{title}” says nothing of “{heading}”")
        faults += self._names()
        self.found += [f"{name}: {fault}" for fault in faults]

    def _names(self) -> list[str]:
        tree = self.page.locator("body").aria_snapshot()
        found = [
            f"{role} named “{called}”"
            for role, called in NAMED.findall(tree)
            if called.strip(" .…›").lower() in (SAYS_NOTHING if role in ("link", "button") else {""})
        ]
        leads: dict[str, set[str]] = {}
        for called, address in LINKS.findall(tree):
            leads.setdefault(called, set()).add(address)
        found += [f"“{called}” leads to {sorted(to)}" for called, to in leads.items() if len(to) > 1]
        buttons = [called for role, called in NAMED.findall(tree) if role == "button"]
        found += [
            f"button “{one}” more than once" for one in sorted({b for b in buttons if buttons.count(b) > 1})
        ]
        return found
