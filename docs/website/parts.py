"""What pages of several kinds share: links to entries, rules in words, sources, who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docs.website.library import CONTENT_IN_REPOSITORY, ROOT, Library
from docs.website.markdown import box, bullets, code, escaped, first_up, link, number, plain, span, unsearched
from kneewise.knowledge.types import Expression

LEVELS = {
    "emergency": "emergency, now",
    "same_day": "same day",
    "within_days": "within days",
    "routine": "routine, in weeks",
    "self_care": "self-care",
}
GATES = {"allowed": "allowed", "relative_rest": "relative rest only", "none": "no exercises"}
BASIS = {"found": "found", "recalled": "recalled", "estimate": "estimate"}
_UNITS = {
    "a": "years", "d": "days", "{score}": "of 10", "deg": "°", "Cel": "°C", "min": "minutes",
    "{reps}": "repetitions", "{ratio}": "", "kg/m2": "kg/m²",
}  # fmt: skip
_COMPARED = {"at_least": "at least", "at_most": "at most", "over": "over", "under": "under"}
_HOW_TO = ("correct-a-page.md", "write-content.md")


_SOURCE_ID = re.compile(r"\b([FR]_[A-Z0-9_]+)\b")


def how_to_correct() -> str:
    """The address of the how-to for correcting content."""
    return next(f"/how-to/{name}" for name in _HOW_TO if (ROOT / "docs" / "how-to" / name).exists())


# --- links to entries ------------------------------------------------------------------------------


def condition(library: Library, id_: str) -> str:
    """A link to a cause by its plain name."""
    return link(plain(library.words.conditions[id_].name), f"/conditions/{id_}.md")


def factor(library: Library, id_: str) -> str:
    """A link to a contributing factor."""
    return link(plain(library.words.factors[id_].name), f"/factors/{id_}.md")


def finding(library: Library, id_: str) -> str:
    """A link to a finding on the page of its topic."""
    topic = library.knowledge.findings[id_].topic
    return link(plain(library.finding_name(id_)), f"/findings/{topic}.md#{id_}")


def red_flag(library: Library, id_: str) -> str:
    """A link to a red flag, with its code."""
    rule = next(rule for rule in library.knowledge.red_flags if rule.id == id_)
    return link(f"{rule.code} {plain(library.words.red_flags[id_].name)}", f"/red-flags/{id_}.md")


def exercise(library: Library, id_: str) -> str:
    """A link to an exercise."""
    return link(plain(library.words.exercises[id_].name), f"/exercises/{id_}.md")


def protocol(library: Library, id_: str) -> str:
    """A link to a programme."""
    return link(plain(library.protocol_name(id_)), f"/protocols/{id_}.md")


def treatment(library: Library, id_: str) -> str:
    """A link to a treatment."""
    return link(plain(library.words.treatments[id_].name), f"/treatments/{id_}.md")


def topic(library: Library, id_: str) -> str:
    """A link to a topic."""
    return link(plain(library.words.topics[id_].title), f"/topics/{id_}.md")


def advice(library: Library, id_: str) -> str:
    """A piece of advice in words, linked to its entry."""
    return link(plain(library.phrase(id_)), f"/advice.md#{id_}")


def hazard(id_: str) -> str:
    """A link to a hazard of the log."""
    return link(id_, f"/hazards.md#{id_}")


ENTRY = {
    "conditions": condition, "factors": factor, "red-flags": red_flag, "exercises": exercise,
    "protocols": protocol, "treatments": treatment, "topics": topic, "advice": advice,
}  # fmt: skip


def see(library: Library, id_: str) -> str:
    """A link to a treatment, topic, exercise, cause or factor, whichever has this id."""
    places = (("treatments", treatment), ("topics", topic), ("exercises", exercise),
              ("conditions", condition), ("factors", factor))  # fmt: skip
    for kind, entry in places:
        if id_ in getattr(library.knowledge, kind):
            return entry(library, id_)
    return code(id_)


def all_of(library: Library, kind: str, ids: Iterable[str]) -> str:
    """Links to entries of one kind in a row."""
    return ("; " if kind == "advice" else ", ").join(ENTRY[kind](library, id_) for id_ in ids)


def crumb(title: str, folder: str, more: str = "") -> str:
    """Where we are: the kind, linked, and a part of it."""
    return f"{link(title, f'/{folder}/index.md')}{' › ' + more if more else ''}\n{{ .crumb }}"


# --- sources -----------------------------------------------------------------------------------------


def source(library: Library, id_: str) -> str:
    """A link to a source by its short name; its whole citation shows on hovering."""
    cited = library.knowledge.sources[id_].citation.replace('"', "'").replace("|", "/").replace("\\", "")
    return f'[{plain(library.source_names[id_])}](/sources.md#{id_} "{cited}")'


def sources(library: Library, ids: Iterable[str]) -> str:
    """Links to sources in a row, each once; a dash if there is none."""
    return ", ".join(source(library, id_) for id_ in dict.fromkeys(ids)) or "–"


def source_list(library: Library, ids: Iterable[str]) -> str:
    """The sources of a page, with their citations."""
    return bullets(
        f"{source(library, id_)}: {plain(library.knowledge.sources[id_].citation)}"
        for id_ in dict.fromkeys(ids)
    )


# --- rules in words ----------------------------------------------------------------------------------


def unit(text: str) -> str:
    """A unit as people write it."""
    return _UNITS.get(text, text)


def amount(value: float, measured: str) -> str:
    """A number with its unit."""
    return f"{number(value)}{'' if measured in ('°', '') else ' '}{measured}"


def _part(library: Library, expression: Expression) -> str:
    if expression.op == "present":
        return finding(library, expression.finding)
    measured = unit(library.knowledge.findings[expression.finding].unit)
    compared = f"{_COMPARED[expression.comparison]} {amount(expression.number, measured)}"
    return f"{finding(library, expression.finding)} {compared}"


def _lead(expression: Expression) -> str:
    if expression.op == "at_least":
        return f"**at least {expression.k} of these**"
    return "**all of these**" if expression.op == "all" else "**any of these**"


def _rows(library: Library, expression: Expression, depth: int) -> list[str]:
    pad = "    " * depth
    if not expression.parts:
        return [f"{pad}- {_part(library, expression)}"]
    if len(expression.parts) == 1:
        return _rows(library, expression.parts[0], depth)
    rows = [f"{pad}- {_lead(expression)}:"]
    for part in expression.parts:
        rows += _rows(library, part, depth + 1)
    return rows


def rule(library: Library, expression: Expression) -> str:
    """A rule as a nested list a physiotherapist can check."""
    return "\n".join(_rows(library, expression, 0)) + "\n"


def rule_in_line(library: Library, expression: Expression) -> str:
    """A rule on one line, for a table."""
    if not expression.parts:
        return _part(library, expression)
    parts = [rule_in_line(library, part) for part in expression.parts]
    if len(parts) == 1:
        return parts[0]
    if expression.op == "at_least":
        return f"at least {expression.k} of ({'; '.join(parts)})"
    return "(" + (" **and** " if expression.op == "all" else " **or** ").join(parts) + ")"


# --- who wrote it --------------------------------------------------------------------------------------


def repository_file(name: str) -> str:
    """A content file by its path in the repository, linked to how to correct it."""
    return link(code(f"{CONTENT_IN_REPOSITORY}/{name}"), how_to_correct())


def about(library: Library, facts: str, words: Sequence[str] = ()) -> str:
    """The last part of a page: version, author, reviewer, dates, and which file to correct."""
    stamp: Any = library.file(facts)
    reviewed = (
        f"Reviewed by **{plain(stamp.reviewer)}** on {stamp.reviewed_on}"
        + (f", due again on {stamp.review_due}" if stamp.review_due else "")
        if stamp.reviewer
        else "**No clinician has reviewed this yet**"
    )
    rows = [
        f"{reviewed}.",
        f"Version {plain(stamp.version)}, written by {plain(stamp.author)} on {stamp.written_on}.",
        f"Facts and figures: {repository_file(facts)}",
        *(f"Words: {repository_file(name)}" for name in words),
        f"Something wrong? {link('How to correct it', how_to_correct())}, or {link('tell us', '/project/contributing.md')}.",
    ]
    return unsearched("## About this page") + "\n\n" + bullets(rows)


def both_sides(library: Library, entries: Iterable[Any]) -> str:
    """What an article says beside what the evidence says."""
    texts = [
        f"**{plain(library.knowledge.sources[entry.article].citation) if entry.article in library.knowledge.sources else plain(entry.article)}**\n\n"
        f"**The article:** {plain(entry.article_says)}\n\n"
        f"**The evidence:** {plain(entry.evidence_says)} ({sources(library, entry.sources)})"
        for entry in entries
    ]
    return "\n".join(box("note", "Where an article and the evidence differ", text) for text in texts)


def cited(library: Library, text: str) -> str:
    """A clinician's note in words, with the source ids in it as links."""
    pieces = _SOURCE_ID.split(text)
    known = library.knowledge.sources
    return "".join(
        source(library, piece) if piece in known and _SOURCE_ID.fullmatch(piece) else escaped(piece)
        for piece in pieces
    )


def notes(library: Library, text: str) -> str:
    """The author's note on the figures, if there is one."""
    return f"*Note:* {cited(library, text)}" if text else ""


def evidence(library: Library, basis: str, ids: Iterable[str], word: str = "") -> str:
    """Where a figure comes from: its basis, its likelihood word, its sources."""
    judged = f" (“{word.replace('_', ' ')}”)" if word else ""
    given = sources(library, ids)
    return f"{BASIS[basis]}{judged}" + (f": {given}" if given != "–" else "")


def weeks(low: float, high: float) -> str:
    """A stretch of weeks as people say it; under one week in days."""
    if low < 1:
        return f"{max(round(low * 7), 1)} days to {number(high)} week{'' if high == 1 else 's'}"
    return f"{span(low, high)} week{'' if low == high == 1 else 's'}"


def named(name: str) -> str:
    """A plain name as a heading."""
    return first_up(plain(name))
