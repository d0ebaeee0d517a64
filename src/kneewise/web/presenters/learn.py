"""Pages to read: topics, treatments, causes, exercises, what contributes; their links; looking things up."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kneewise.knowledge.types import BothSides, Source
from kneewise.pathway.look_up import Entry, Index, Kind, all_entries, build_index, look_up
from kneewise.pathway.pictures import anatomy_svg, where_it_is
from kneewise.web.figures import inline, inline_figure
from kneewise.web.knowledge import citations, engine, phrase, words
from kneewise.web.presenters.result import LOOKS, CareCard, Where, care_card, kind_name
from kneewise.web.strings import capital

MOST_PICTURES = 2
MOST_LINKS = 3
DANGEROUS = ("emergency", "same_day", "within_days")


@dataclass(frozen=True)
class Link:
    """A way to another page."""

    id: str
    name: str
    short: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """Links under a heading."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Part:
    """A part of a page: a heading, sentences, points."""

    heading: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    """What an article says, what the evidence says, and where that is from."""

    article: str
    article_says: str
    evidence_says: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Read:
    """A page to read, whatever it is about."""

    id: str
    kind: str
    title: str
    short: str
    first: CareCard | None = None
    warning: str = ""
    parts: tuple[Part, ...] = ()
    both_sides: tuple[Side, ...] = ()
    where: Where | None = None
    figures: tuple[tuple[Link, SafeString], ...] = ()
    note: str = ""
    groups: tuple[Group, ...] = ()
    sources: list[Source] = field(default_factory=list)


def kind_of_page(kind: Kind) -> str:
    """What a page is about, in a word."""
    return {
        "topic": _("To know"),
        "treatment": _("Treatment"),
        "condition": _("Cause"),
        "exercise": _("Exercise"),
        "factor": _("What may contribute"),
    }[kind]


@functools.cache
def index() -> Index:
    """The index of all pages, built at the first look-up."""
    return build_index(engine().knowledge, words())


@functools.cache
def _entries() -> dict[str, Entry]:
    return {entry.id: entry for entry in all_entries(engine().knowledge, words())}


def _link(id_: str) -> Link:
    entry = _entries()[id_]
    return Link(id_, capital(entry.name), entry.short, kind_of_page(entry.kind))


def _links(ids: Any) -> tuple[Link, ...]:
    return tuple(_link(id_) for id_ in dict.fromkeys(ids) if id_ in _entries())


def _groups(*groups: tuple[str, Any]) -> tuple[Group, ...]:
    made = (Group(title, _links(ids)) for title, ids in groups)
    return tuple(group for group in made if group.links)


# --- the index page ------------------------------------------------------------------------------------


def _topic_groups() -> list[tuple[str, str]]:
    return [
        ("care_route", _("Getting help")),
        ("how_it_hurts", _("How it comes to hurt")),
        ("recovery", _("Getting better")),
        ("moving_well", _("Moving well")),
        ("daily_life", _("Daily life")),
        ("anatomy", _("How the leg is made")),
    ]


def _treatment_groups() -> list[tuple[str, str]]:
    return [
        ("self_care", _("What you can do yourself")),
        ("movement", _("Movement")),
        ("medicine", _("Medicines")),
        ("hands_on", _("Hands-on treatment")),
        ("device", _("Aids and devices")),
        ("service", _("Professional help")),
        ("procedure", _("Injections, operations and the like")),
    ]


def learn_page() -> dict[str, Any]:
    """Everything there is to read, in groups."""
    known = engine().knowledge
    topics = sorted(known.topics.values(), key=lambda topic: topic.order)
    causes = [c.id for c in known.conditions.values() if c.kind == "cause"]
    dangers = [c.id for c in known.conditions.values() if c.kind == "danger"]
    return {
        "first": _link("when_to_worry"),
        "topic_groups": _groups(
            *((title, [t.id for t in topics if t.kind == kind]) for kind, title in _topic_groups())
        ),
        "treatment_groups": _groups(
            *(
                (title, [t.id for t in known.treatments.values() if t.kind == kind])
                for kind, title in _treatment_groups()
            )
        ),
        "more_groups": _groups(
            (_("Causes of pain"), causes),
            (_("Causes that need help soon"), dangers),
            (_("What may contribute"), known.factors),
            (_("Exercises"), known.exercises),
        ),
    }


# --- one page ------------------------------------------------------------------------------------------


def _sides(sides: tuple[BothSides, ...]) -> tuple[Side, ...]:
    known = engine().knowledge.sources
    return tuple(
        Side(
            known[side.article].citation if side.article in known else "",
            side.article_says,
            side.evidence_says,
            tuple(citations(side.sources)),
        )
        for side in sides
    )


def _where(*ids: str) -> Where | None:
    for id_ in ids:
        found = where_it_is(id_, engine(), key="where")
        if found is not None:
            return Where(inline(found.svg), found.names, found.what_it_is)
    return None


def _leg() -> Where:
    """The back of the leg with its hamstrings, for pages on how it is made."""
    marked = ("biceps_femoris", "semitendinosus", "semimembranosus")
    known = engine().knowledge.anatomy.structures
    shown = tuple(one for one in marked if one in known and "back" in known[one].views)
    names = tuple(words().anatomy.structures[one].name for one in shown)
    return Where(inline(anatomy_svg("back", engine(), shown, key="where")), names, "")


def _figures(exercises: tuple[str, ...]) -> tuple[tuple[Link, SafeString], ...]:
    shown = [one for one in exercises if one in _entries()][:MOST_PICTURES]
    return tuple((_link(one), inline_figure(one)) for one in shown)


def _topic(id_: str) -> Read:
    known, told = engine().knowledge.topics[id_], words().topics[id_]
    return Read(
        id_, kind_of_page("topic"), told.title, told.short,
        parts=tuple(Part(one.heading, one.text, one.points) for one in told.sections),
        both_sides=_sides(told.both_sides),
        where=_leg() if known.kind == "anatomy" else _where(*known.causes, *known.factors),
        figures=_figures(known.exercises),
        groups=_groups(
            (_("Read on"), known.see_also), (_("What people try"), known.treatments),
            (_("Exercises"), known.exercises), (_("Causes"), known.causes),
            (_("What may contribute"), known.factors),
        ),
        sources=citations(known.sources),
    )  # fmt: skip


def _strengths(id_: str) -> tuple[str, ...]:
    """What each piece of evidence says of the effect, for which causes, and how sure that is."""
    lines = []
    for one in engine().knowledge.treatments[id_].evidence:
        names = [words().conditions[cause].name for cause in one.causes if cause in words().conditions]
        told = f"{phrase(f'effect_{one.effect}').text} {phrase(f'strength_{one.strength}').text}"
        lines.append(f"{capital('; '.join(names))}: {told}" if names else told)
    return tuple(dict.fromkeys(lines))


def _treatment(id_: str) -> Read:
    known, told = engine().knowledge.treatments[id_], words().treatments[id_]
    topics = [t.id for t in engine().knowledge.topics.values() if id_ in t.treatments]
    parts = [
        Part(_("What it does"), (told.what_it_does,)),
        Part(_("The evidence"), (told.evidence,), _strengths(id_)),
        Part(_("For whom"), (told.for_whom,)),
        Part(_("How it is done"), (), told.how),
        Part(_("When to ask"), (told.ask_when,) if told.ask_when else ()),
    ]
    return Read(
        id_, kind_of_page("treatment"), capital(told.name), told.what_it_is,
        parts=(
            *((Part(_("Not if"), (), told.never_when),) if told.never_when else ()),
            *(part for part in parts if part.text or part.points),
        ),
        both_sides=_sides(told.both_sides),
        figures=_figures(known.exercises),
        note=_("Whether it suits you depends on your answers. The programme page looks at that."),
        groups=_groups(
            (_("Read on"), [*known.see_also, *topics]), (_("Exercises"), known.exercises),
            (_("Causes"), known.causes),
        ),
        sources=citations(known.sources),
    )  # fmt: skip


def _condition(id_: str) -> Read:
    known, told = engine().knowledge.conditions[id_], words().conditions[id_]
    every = engine().knowledge
    topics = [t.id for t in every.topics.values() if id_ in t.causes]
    tried = [
        t.id
        for t in every.treatments.values()
        if id_ in t.causes or any(id_ in one.causes for one in t.evidence)
    ]
    factors = [f.id for f in every.factors.values() if any(one.cause == id_ for one in f.acts_on)]
    card = None
    if known.kind == "danger":
        level = known.usual_care_level
        level_words = phrase(f"level_{level}")
        todo = level_words.text[:1].lower() + level_words.text[1:]
        lead = _("If this may be so for you: %(todo)s") % {"todo": todo}
        card = CareCard(LOOKS[level], kind_name(level), lead, told.urgent_when, ())
    parts = [
        Part(_("How it shows"), (told.how_it_shows,)),
        Part(_("What tells it apart"), (told.tells_it_apart,)),
        Part(_("How it goes on"), (told.course,)),
        Part(_("What helps"), (), told.what_helps),
        Part(_("What to leave out"), (), told.avoid),
        Part(_("Who treats it"), (told.who_treats,)),
    ]
    return Read(
        id_, kind_of_page("condition"), capital(told.name), told.what_it_is,
        first=card,
        warning="" if card else told.urgent_when,
        parts=tuple(part for part in parts if any(part.text) or part.points),
        where=_where(id_),
        note=_("This page cannot tell whether you have it. A clinician would call it: %(name)s.")
        % {"name": told.clinical_name},
        groups=_groups(
            (_("Read on"), topics), (_("What people try"), tried), (_("What may contribute"), factors)
        ),
        sources=citations(known.sources),
    )  # fmt: skip


def _exercise(id_: str) -> Read:
    known, told = engine().knowledge.exercises[id_], words().exercises[id_]
    every = engine().knowledge
    never = tuple(dict.fromkeys(one.why for one in known.contraindications if one.action == "never"))
    topics = [t.id for t in every.topics.values() if id_ in t.exercises]
    tried = [t.id for t in every.treatments.values() if id_ in t.exercises]
    parts = [
        Part(_("How to do it"), (), told.cues),
        Part(_("What it should feel like"), (told.should_feel,)),
        Part(_("Often done wrong"), (), told.common_errors),
        Part(_("Not for everybody"), (), never),
    ]
    return Read(
        id_, kind_of_page("exercise"), told.name, told.what_for,
        warning=told.stop_if,
        parts=tuple(part for part in parts if any(part.text) or part.points),
        figures=((Link(id_, told.name), inline_figure(id_)),),
        note=_("Whether it is right for you, and how much, your answers decide: see your programme."),
        groups=_groups(
            (_("Easier"), known.easier), (_("Harder, for later"), known.harder),
            (_("Read on"), [*topics, *tried]),
        ),
        sources=citations(known.sources),
    )  # fmt: skip


def _factor(id_: str) -> Read:
    known, told = engine().knowledge.factors[id_], words().factors[id_]
    topics = [t.id for t in engine().knowledge.topics.values() if id_ in t.factors]
    tried = [t.id for t in engine().knowledge.treatments.values() if id_ in t.factors]
    return Read(
        id_, kind_of_page("factor"), capital(told.name), told.how_it_acts,
        parts=(
            Part(_("How to check"), (told.how_to_check,)),
            Part(_("What changes it"), (told.what_changes_it,)),
            Part(_("How sure that is"), (told.evidence,)),
        ),
        where=_where(id_),
        groups=_groups(
            (_("Read on"), topics), (_("What people try"), tried),
            (_("It may act on"), [one.cause for one in known.acts_on]),
        ),
        sources=citations(known.sources),
    )  # fmt: skip


def read_page(id_: str) -> Read | None:
    """The page with this id; None if there is none."""
    entry = _entries().get(id_)
    if entry is None:
        return None
    make = {
        "topic": _topic, "treatment": _treatment, "condition": _condition, "exercise": _exercise,
        "factor": _factor,
    }[entry.kind]  # fmt: skip
    return make(id_)


def about(id_: str) -> tuple[Link, ...]:
    """What there is to read about a cause, factor, exercise or treatment: its topics, then its own page."""
    topics = sorted(engine().knowledge.topics.values(), key=lambda topic: topic.order)
    fits = [t.id for t in topics if id_ in (*t.causes, *t.factors, *t.exercises, *t.treatments)]
    return _links([*fits[:MOST_LINKS], id_])


# --- looking something up --------------------------------------------------------------------------------


def search_page(query: str) -> dict[str, Any]:
    """What was found, with help first where the words tell of danger."""
    turn = engine().look(engine().parse({"text": query}))
    found = look_up(query, index(), words(), turn.reading)
    fired = [one for one in turn.triage.fired if one.care_level in DANGEROUS]
    dangers = [cause for one in fired for cause in one.rule.points_to]
    first = [*dangers, "when_to_worry"] if fired else []
    return {
        "query": query,
        "card": care_card(turn) if fired else None,
        "found": _links([*first, *(entry.id for entry in found.entries)]),
        "mended": found.mended,
        "searched": True,
    }
