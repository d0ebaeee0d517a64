"""A person who has a keyboard and nothing else: each place they pass must show the focus, and nothing may hide it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# A page's own controls may be many, but nobody presses Tab for ever.
TABS_AT_MOST = 120
# Where the keyboard is, and what is wrong with how it shows. The drawn part of a control may be its label.
PLACE = """wanted => {
  const at = document.activeElement;
  if (!at || at === document.body) return {there: false, at: 'nothing', wrong: ''};
  const label = at.closest('label');
  const drawn = one => one && (one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0
    || one.boxShadow !== 'none')(getComputedStyle(one));
  const box = (label || at).getClientRects()[0];
  let wrong = '';
  if (!drawn(at) && !drawn(label)) wrong = 'shows no focus';
  else if (!box) wrong = 'is not drawn';
  else {
    const middle = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
    const top = document.elementFromPoint(
      middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    if (!top) wrong = 'is outside the window';
    else if (!(label || at).contains(top)) wrong = 'is covered by ' + top.outerHTML.slice(0, 80);
  }
  return {there: at.matches(wanted), at: at.outerHTML.slice(0, 120), wrong};
}"""
HAS_FOCUS = "wanted => document.activeElement.matches(wanted)"
GROUP = "one => `input[type=radio][name='${one.name}']`"


class Keyboard:
    """Walks a page with Tab, and writes down each place whose focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard
        self.faults: set[str] = set()

    def to(self, wanted: str, *, back: bool = False) -> None:
        """Press Tab (or Shift+Tab) until the control has the focus."""
        for _ in range(TABS_AT_MOST):
            self.keys.press("Shift+Tab" if back else "Tab")
            place: dict[str, Any] = self.page.evaluate(PLACE, wanted)
            if place["wrong"]:
                self.faults.add(f"{self.page.url}: {place['at']} {place['wrong']}")
            if place["there"]:
                return
        raise AssertionError(f"{self.page.url}: {TABS_AT_MOST} times Tab do not reach {wanted}")

    def enter(self, wanted: str) -> None:
        """Go to a link or button and press Enter."""
        self.to(wanted)
        self.keys.press("Enter")

    def follow(self, wanted: str) -> None:
        """Go to a link or button that leads to another page, and press Enter."""
        self.to(wanted)
        with self.page.expect_navigation(wait_until="load"):
            self.keys.press("Enter")

    def tick(self, wanted: str) -> None:
        """Go to a box and tick it."""
        self.to(wanted)
        self.keys.press("Space")
        assert self.page.locator(wanted).is_checked()

    def choose(self, wanted: str) -> None:
        """Go to a group of options and move to one of them with the arrows."""
        group = self.page.locator(wanted).evaluate(GROUP)
        self.to(group)
        self.keys.press("Space")
        for _ in range(self.page.locator(group).count()):
            if self.page.evaluate(HAS_FOCUS, wanted):
                break
            self.keys.press("ArrowDown")
        assert self.page.locator(wanted).is_checked()

    def write(self, wanted: str, text: str) -> None:
        """Go to a field and type; in a list, the letters choose."""
        self.to(wanted)
        self.keys.type(text)
