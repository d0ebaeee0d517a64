"""The parts that pages are made of, each with what it is for and examples: the style page shows them all.

A part is a template under `templates/kneewise/parts/`. Its examples are filled from a made-up person, by the
same presenters that fill the pages, so that an example can never show what a page could not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from kneewise.pathway.engine import Turn
from kneewise.pathway.plan import plan
from kneewise.plan import parse_preferences
from kneewise.store.models import Person
from kneewise.web.answers import Fault, Filled
from kneewise.web.fields import Field, Form, pain_options
from kneewise.web.knowledge import engine, phrase
from kneewise.web.presenters import result as present
from kneewise.web.presenters.getting_about import places as main_places
from kneewise.web.presenters.learn import about, learn_page
from kneewise.web.presenters.people import mark, mark_name
from kneewise.web.presenters.programme import programme_page
from kneewise.web.presenters.questions import Number, choice, tick, tick_groups
from kneewise.web.presenters.where import leg_map

Context = Mapping[str, Any]
# Somebody made up: stiff hamstrings after weeks of sitting, nothing urgent.
STIFF: dict[str, Any] = {
    "id": "example",
    "person": {"age": 35, "sex": "female"},
    "side": "left",
    "evidence": [
        {"id": "posterior_thigh_pain", "state": "present"},
        {"id": "pulling_pain", "state": "present"},
        {"id": "tight_feeling_after_sitting", "state": "present"},
        {"id": "duration_days", "value": 21},
        {"id": "pain_score_0_to_10", "value": 4},
    ],
}
SWOLLEN_CALF: dict[str, Any] = {
    "id": "example",
    "person": {"age": 52, "sex": "male"},
    "side": "left",
    "evidence": [
        {"id": "calf_swelling", "state": "present"},
        {"id": "long_journey_in_last_4_weeks", "state": "present"},
    ],
}


@dataclass(frozen=True)
class Example:
    """One look of a part: what is shown, and what its template is given."""

    shows: str
    context: Context


@dataclass(frozen=True)
class Component:
    """A part of pages; `part` is its template's name."""

    part: str
    title: str
    use: str
    examples: tuple[Example, ...]

    @property
    def template(self) -> str:
        """Where its template is."""
        return f"kneewise/parts/{self.part}.html"


# Parts that only stand inside another part of this page, or that are wired to a page of their own: each with
# the reason why it has no example here.
SHOWN_ELSEWHERE = {
    "described": "attributes of a field, inside field",
    "radio": "inside choice",
    "box": "inside the preferences of a programme",
    "reason_list": "inside cause",
    "exercise_dose": "inside exercise_card",
    "flag": "inside care_card",
    "where": "inside cause",
    "cause_at_a_glance": "inside cause",
    "leg_drawing": "a picture on the first page",
    "carer": "one line of words",
    "other_day": "a field inside details",
    "check_in_fields": "the whole form of a check-in",
    "session_fields": "the whole form of a session",
    "start_course": "one button of the programme page",
    "people_choice": "needs the people of this device",
    "told_in_short": "a list of words in the archive",
    "measured_so_far": "needs somebody's measurements",
    "phone_goniometer": "needs a measure and a sensor",
    "beat_counter": "needs a measure and its beat",
    "what_if_side": "needs an answer that is tried out",
    "alarm": "a care card in the place of exercises",
}


def _turn(case: Mapping[str, Any]) -> Turn:
    return engine().look(engine().parse(case))


@cache
def _result() -> dict[str, Any]:
    turn = _turn(STIFF)
    return present.result(turn, engine().write(turn), "")


@cache
def _programme() -> dict[str, Any]:
    preferences = parse_preferences({"minutes": 20, "days": 3}, engine().knowledge)
    turn = _turn({**STIFF, "evidence": [*STIFF["evidence"], *_nothing_urgent()]})
    return programme_page(plan(turn, preferences, engine()))


def _nothing_urgent() -> list[dict[str, str]]:
    asked = {finding for row in _turn(STIFF).triage.undecided for finding in row.ask}
    return [{"id": finding, "state": "absent"} for finding in sorted(asked)]


def _signs(number: int) -> list[str]:
    """Findings to tick, as they come in the interview."""
    page = next(page for page in engine().knowledge.pages if page.id == "urgent_screen")
    return list(page.findings)[:number]


def _one_field(**given: Any) -> Field:
    form = Form({}, sent=False)
    made, _chosen = form.pick("pain_example", _("Pain just before"), pain_options(), kind="select", **given)
    return made


def _care_cards() -> tuple[Example, ...]:
    return (
        Example(_("Not urgent"), {"card": present.care_card(_turn(STIFF))}),
        Example(_("Urgent"), {"card": present.care_card(_turn(SWOLLEN_CALF))}),
    )


def _numbers() -> tuple[Example, ...]:
    start = Number(
        id="value-example", name="value-example", legend=_("How long it has lasted"),
        hint=_("A good guess is fine."), why="", value="", unit=_("days"), units=(), unit_field="",
        unsure_name="unsure-example", unsure=False, whole=True, fault="",
    )  # fmt: skip
    wrong = replace(start, id="value-bad", value="soon", fault=_("Give a number of days"))
    return (
        Example(_("As it starts"), {"number": start}),
        Example(_("With a fault: what was typed is still there"), {"number": wrong}),
    )


def components() -> tuple[Component, ...]:
    """All of them, in the order of a journey: asking, telling, doing, getting about."""
    told, made = _result(), _programme()
    signs = _signs(3)
    places = [f for f in engine().knowledge.findings if engine().knowledge.findings[f].topic == "location"]
    return (
        Component("tick", _("A box to tick"), _("One sign or habit. The whole card can be tapped."), (
            Example(_("Not ticked"), {"tick": tick(signs[0], Filled())}),
            Example(_("Ticked"), {"tick": tick(signs[1], Filled(ticked={signs[1]}))}),
        )),
        Component("tick_list", _("A list to tick"), _("Several signs of one kind."), (
            Example(_("With a fault"), {
                "groups": tick_groups(signs[2:], Filled(), grouped=False), "title": _("Do any of these apply?"),
                "list_fault": _("Tick what applies, or “None of these”"),
            }),
        )),
        Component("choice", _("One of some answers"), _("Never chosen for the person, but in a correction."), (
            Example(_("As it starts"), {"choice": choice(signs[0], Filled(), [])}),
        )),
        Component("number", _("A number"), _("With its unit; “not sure” is always an answer."), _numbers()),
        Component("field", _("A field of the diary"), _("Pain, effort, a reason: short, and may stay open."), (
            Example(_("A list"), {"field": _one_field(), "about": ""}),
        )),
        Component("pain_taps", _("Pain in one tap"), _("Eleven large targets, no slider."), (
            Example(_("Nothing chosen"), {"label": _("Pain while doing it"), "name": "taps", "taps": range(11)}),
        )),
        Component("taps", _("Pain this morning"), _("One tap sends it."), (
            Example("", {"taps": range(11), "entry": "example", "on": "2026-11-21"}),
        )),
        Component("leg_map", _("A leg to point at"), _("The same answers as the list below it."), (
            Example("", {"leg_map": leg_map(places, "left"), "groups": ()}),
        )),
        Component("why", _("Why we ask"), _("On each question, closed at first."), (
            Example("", {"why": _("Some answers change how soon to be seen."), "about": ""}),
        )),
        Component("error_summary", _("What is wrong"), _("First on the page, with a way to each field."), (
            Example("", {"faults": [Fault("value-bad", _("Give a number of days"))]}),
        )),
        Component("overview", _("Check your answers"), _("Each with its way back."), (
            Example("", {"sections": [{"heading": _("About you"), "rows": [
                {"key": _("Age"), "values": ["35"], "change": "#overview"},
                {"key": _("Where it hurts"), "values": [_("Left leg"), _("Back of the thigh")], "change": "#overview"},
            ]}]}),
        )),
        Component("care_card", _("How soon to be seen"), _("Colour is never the only sign: words say it."), _care_cards()),
        Component("emergency_banner", _("Emergency, on every page"), _("Until the answer is changed."), (
            Example("", {}),
        )),
        Component("cause", _("A likely cause"), _("With its chance, what speaks for it and against it."), tuple(
            Example("", {"cause": cause, "diagnosis": ""}) for cause in told["causes"][:1]
        )),
        Component("factor", _("What may play a part"), _("With how sure that is and how to check it."), tuple(
            Example("", {"factor": factor}) for factor in told["factors"][:1]
        )),
        Component("sources", _("Where this comes from"), _("Under all that is claimed."), (
            Example("", {"sources": told["sources"], "knowledge_version": engine().knowledge.version}),
        )),
        Component("exercise_card", _("An exercise"), _("Picture, dose, cues, when to stop, why."), tuple(
            Example("", {"card": card, "show_days": True}) for card in made["cards"][:1]
        )),
        Component("advice_list", _("Advice"), _("Short, with a reason where there is one."), (
            Example("", {"pieces": made["come_back"][:2]}),
        )),
        Component("worried", _("A way out"), _("On each page of a course."), (
            Example("", {"nobody": phrase("follow_nobody_told")}),
        )),
        Component("course_bar", _("Main places"), _("While a programme is followed: under the thumb on a phone."), (
            Example("", {"bar": main_places("today")}),
        )),
        Component("course_nav", _("Getting about"), _("What a course has beside its main places."), (
            Example("", {"here": "history"}),
        )),
        Component("learn_links", _("Something to read"), _("Where it matters."), (
            Example("", {"links": about("tight_hamstrings")}),
        )),
        Component("link_groups", _("Links in groups"), _("On the reading pages."), (
            Example("", {"groups": learn_page()["treatment_groups"][:1]}),
        )),
        Component("search_form", _("Search"), _("What is searched for is sent, never put in an address."), (
            Example("", {"query": "", "fault": ""}),
        )),
        Component("mark", _("A person’s mark"), _("Colour and shape: never the colour alone."), (
            *(Example(mark_name(one), {"mark": mark(one)}) for one in Person.MARKS),
        )),
    )  # fmt: skip
