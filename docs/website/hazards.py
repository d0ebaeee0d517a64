"""The hazard log: what could harm somebody, what controls it, and what stays open."""

from __future__ import annotations

from typing import Any

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import box, bullets, code, link, page, plain, table

TITLE = "Hazard log"


def ids(library: Library) -> list[str]:
    """Every hazard."""
    return [entry["id"] for entry in library.hazards]


def write(library: Library) -> str:
    """The whole log: a table, then each hazard with its controls and their tests."""
    open_ones = [entry["id"] for entry in library.hazards if entry["open"]]
    rows = [
        (
            f"{parts.hazard(entry['id'])} {plain(entry['hazard'])}"
            + (" · **open**" if entry["open"] else ""),
            entry["severity"],
            entry["likelihood"],
        )
        for entry in library.hazards
    ]
    told = [
        f"# {TITLE}",
        "What could harm somebody, how bad and how likely it is after the controls (an estimate), and the tests that "
        "show each control. **No clinician has reviewed this log.**",
        f"{len(rows)} hazards; {len(open_ones)} cannot be shown yet: {', '.join(map(parts.hazard, open_ones)) or 'none'}. "
        f"Written in {link(code('safety/hazards.yaml'), '/project/contributing.md')}; "
        f"see also the {link('intended use', '/project/intended-use.md')}.",
        table(("Hazard", "Severity", "Likelihood"), rows),
    ]
    for entry in library.hazards:
        told += _hazard(library, entry)
    return page(TITLE, told, hide_contents=True)


def _hazard(library: Library, entry: dict[str, Any]) -> list[str]:
    controls = []
    for control in entry["controls"]:
        tests = "\n".join(f"    - {code(test)}" for test in control["tests"])
        controls.append(f"**{control['id']}** {plain(control['what'])}\n{tests}")
    rules = [
        rule.id
        for name in sorted(set(library.file_of_red_flag.values()))
        for rule in library.file(name).red_flags
        if entry["id"] in rule.hazards
    ]
    return [
        f"## {entry['id']} {plain(entry['hazard'])} {{ #{entry['id']} }}",
        box("warning", "Open", plain(entry["open"])) if entry["open"] else "",
        bullets(
            [
                f"**Cause:** {plain(entry['cause'])}",
                f"**Harm:** {plain(entry['harm'])}",
                f"**Severity:** {entry['severity']} · **likelihood:** {entry['likelihood']}",
                f"**What stays:** {plain(entry['residual'])}",
                *([f"**Red flags:** {parts.all_of(library, 'red-flags', rules)}"] if rules else []),
            ]
        ),
        "**Controls and the tests that show them**",
        bullets(controls) or "None.",
    ]
