"""The walk through what is one's own: a name and a mark, text size and look, kneewise on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.tour import Walker


def yours(w: Walker) -> None:
    """Two people, the settings with the largest text in the dark, the how-to for the phone."""
    w.begin()
    w.write("")
    w.go("/people/")
    w.visit("50-people-unnamed")
    w.go("/people/you/")
    w.page.locator("#name").fill("")
    w.send()
    w.visit("51-you-error")
    w.page.locator("#name").fill("Ada")
    w.send()
    w.press("#somebody-new")
    w.visit("52-start-with-a-choice")
    w.begin()
    w.go("/people/you/")
    w.page.locator("#name").fill("Bartholomew the Second")
    w.send()
    w.visit("53-people")
    w.go("/on-your-phone/")
    w.visit("54-on-your-phone")
    w.go("/settings/")
    w.visit("55-settings")
    w.page.locator("#text-larger").check()
    w.page.locator("#contrast-more").check()
    w.page.locator("#colours-dark").check()
    w.send()
    w.visit("56-settings-large-dark")
    for path, name in (
        ("/", "start"),
        ("/who/", "who"),
        ("/your-data/", "your-data"),
        ("/people/", "people"),
    ):
        w.go(path)
        w.visit(f"57-large-dark-{name}")
    w.go("/settings/")
    w.page.locator("#text-normal").check()
    w.page.locator("#colours-auto").check()
    w.page.locator("#contrast-auto").check()
    w.send()
    w.go("/your-data/")
    w.page.locator("#sure").check()
    w.page.locator("#everybody").check()
    w.press("button.danger")
