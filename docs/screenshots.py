"""Screenshots of every page state into a folder: phone and desktop, light and dark.

    python docs/screenshots.py reports/screenshots

Needs the development install; `python tests/browser/find_chromium.py --install` gets the browser.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, sync_playwright
from tests.browser.find_chromium import find
from tests.browser.live import served
from tests.browser.tour import Walker, everything

LOOKS = {
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "desktop-light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "desktop-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow-light": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
}


def _shoot(browser: Browser, address: str, folder: Path, look: dict[str, object]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(java_script_enabled=True, **look)  # type: ignore[arg-type]
    page = context.new_page()
    taken: list[str] = []

    def visit(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        taken.append(name)

    everything(Walker(page, address, visit))
    context.close()
    return len(taken)


def main() -> int:
    """Take them all; names of looks after the folder take only those."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    target, wanted = Path(sys.argv[1]), sys.argv[2:] or list(LOOKS)
    chromium = find()
    if chromium is None:
        print("There is no Chromium: run tests/browser/find_chromium.py --install", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as private, served(Path(private)) as address, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in wanted:
            print(f"{name}: {_shoot(browser, address, target / name, LOOKS[name])} pages", file=sys.stderr)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
