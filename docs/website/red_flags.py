"""A page for each red flag: what the person is told, when the rule fires, and how that was settled."""

from __future__ import annotations

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import box, bullets, link, page, plain, sentence, table, unsearched
from kneewise.knowledge.types import CARE_LEVELS, RedFlag

FOLDER, TITLE = "red-flags", "Red flags"
ABOUT = (
    "Every rule that decides how urgent it is. A person's level is that of the highest rule that fires. A rule "
    "has no “not”, so more signs never lower it."
)
LOOK = {
    "emergency": "danger",
    "same_day": "warning",
    "within_days": "warning",
    "routine": "info",
    "self_care": "info",
}


def ids(library: Library) -> list[str]:
    """Every rule."""
    return [rule.id for rule in library.knowledge.red_flags]


def index(library: Library) -> str:
    """All rules, the most urgent first."""
    told = [f"# {TITLE}", f"{ABOUT} All on one page: {link('the rules in words', '/reference/red-flags.md')}; what they cost: "
            f"{link('over-triage', '/reference/over-triage.md')}."]  # fmt: skip
    for level in reversed(CARE_LEVELS):
        rows = [
            (
                parts.red_flag(library, rule.id),
                parts.all_of(library, "conditions", rule.points_to) or "–",
            )
            for rule in library.knowledge.red_flags
            if rule.care_level == level
        ]
        if rows:
            told += [f"## {sentence(parts.LEVELS[level])}", table(("Rule", "Points to"), rows)]
    return page(TITLE, told)


def write(library: Library, id_: str) -> str:
    """The page of one rule."""
    rule = next(rule for rule in library.knowledge.red_flags if rule.id == id_)
    words, file = library.words.red_flags[id_], library.file_of_red_flag[id_]
    model = next(entry for entry in library.file(file).red_flags if entry.id == id_)
    told = [
        parts.crumb(TITLE, FOLDER, sentence(parts.LEVELS[rule.care_level])),
        f"# {rule.code} {parts.named(words.name)}",
        plain(words.why),
        box(
            LOOK[rule.care_level],
            "What to do",
            f"{plain(words.what_to_do)}\n\n**By when:** {plain(words.by_when)}",
        ),
        f"**Whom to call:** {plain(words.whom_to_call)}",
        f"**What to say:** “{plain(words.what_to_say)}”",
        "## For clinicians",
        bullets(_facts(library, rule, model.hazards)),
        "### It fires when",
        parts.rule(library, rule.when),
        "### How it was settled",
        parts.cited(library, rule.decided),
        f"Basis: {parts.BASIS[model.basis]}.",
        unsearched("### Sources"),
        parts.source_list(library, rule.sources),
        parts.about(library, file, ["words/en/red_flags.yaml"]),
    ]
    return page(f"{rule.code} {words.name}", told, description=words.why)


def _facts(library: Library, rule: RedFlag, hazards: tuple[str, ...]) -> list[str]:
    unsure = "nothing" if rule.if_unsure == "nothing" else parts.LEVELS[rule.if_unsure]
    facts = [
        f"**Care level:** {parts.LEVELS[rule.care_level]}",
        f"**Programme while it stands:** {parts.GATES[rule.programme]}",
        f"**If it would fire were every “not sure” a yes:** {unsure}",
        "**Who can answer:** the person" if rule.universal else "**Who can answer:** it needs an examination",
        f"**Points to:** {parts.all_of(library, 'conditions', rule.points_to) or 'no cause in particular'}",
    ]
    if hazards:
        facts.append(f"**Controls these hazards:** {', '.join(map(parts.hazard, hazards))}")
    return [*facts, f"**Id:** `{rule.id}`"]
