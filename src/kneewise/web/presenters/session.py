"""The session player: all that it needs where no server answers, as plain data and as words on the page."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from kneewise.evidence import BadCase
from kneewise.follow.alarms import FiredRule
from kneewise.pathway.contracts import ProgrammeItem
from kneewise.pathway.session import Answer, answers_that_stop, pace, pain_limit
from kneewise.pathway.telling import red_flag_words
from kneewise.web.diary_forms import why_options
from kneewise.web.fields import long_day
from kneewise.web.following import Following
from kneewise.web.journey import OldAnswers
from kneewise.web.knowledge import engine, finding_words, phrase, stated, words
from kneewise.web.moving_figures import moving_figure
from kneewise.web.presenters.following import cards
from kneewise.web.presenters.programme import Card
from kneewise.web.presenters.questions import Choice
from kneewise.web.presenters.result import LOOKS, Flag, kind_name
from kneewise.web.strings import side_words

OLDEST_DAYS = (
    3  # a session kept on a device is older than its plan after that: gaps and steps back may be due
)
READY_SECONDS, OTHER_SIDE_SECONDS = 5, 8
MOST_REMEMBERED = 64
LEVELS = ("within_days", "same_day", "emergency")

Stops = Mapping[tuple[str, Answer], tuple[FiredRule, ...]]
_remembered: OrderedDict[tuple[str, ...], Stops] = OrderedDict()
_guard = Lock()


@dataclass(frozen=True)
class SignCard:
    """What one answer to a danger question means: what to do, by when, whom to call."""

    id: str
    flag: Flag


@dataclass(frozen=True)
class LevelCard:
    """What to do at a level, with the answers that lead there."""

    level: str
    look: str
    look_name: str
    title: str
    more: str
    signs: tuple[SignCard, ...]


def course_key(following: Following) -> str:
    """A name for a course that tells nothing: what is kept on a device belongs to it and to no other."""
    return hashlib.sha256(following.course.pk.encode()).hexdigest()[:20]


def signs() -> list[str]:
    """Every danger sign that check-ins ask about, as a yes or no."""
    known = engine().knowledge
    found = dict.fromkeys(finding for entry in known.check_ins for finding in entry.findings)
    return [finding for finding in found if known.findings[finding].kind == "yes_no"]


def _stops(following: Following) -> Stops:
    """What each answer would raise; the same diary on the same day is computed once."""
    key = (
        course_key(following),
        following.on.isoformat(),
        engine().knowledge.version,
        *sorted(following.ids),
    )
    with _guard:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    try:
        found = answers_that_stop(
            following.origin, following.parsed(), following.course.started_on, following.on, signs(), engine()
        )
    except BadCase as bad:
        raise OldAnswers(bad.where) from None
    with _guard:
        _remembered[key] = found
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return found


def _sign_card(finding: str, answer: Answer, fired: FiredRule) -> SignCard:
    rule = next(rule for rule in engine().knowledge.red_flags if rule.id == fired.id)
    told = red_flag_words(rule, fired.care_level, (finding,), words())
    flag = Flag(told, (stated(finding, "present"),), (), by_unsure=answer == "unsure")
    return SignCard(f"{finding}-{answer}", flag)


def _level_card(level: str, told: Iterable[tuple[tuple[str, Answer], FiredRule]]) -> LevelCard:
    known = phrase(f"level_{level}")
    shown = tuple(_sign_card(*pair, fired) for pair, fired in told if fired.care_level == level)
    return LevelCard(level, LOOKS[level], kind_name(level), known.text, known.more, shown)


def _sides(item: ProgrammeItem) -> list[str]:
    """The legs that work one after the other; one empty name where both work together."""
    if not engine().knowledge.exercises[item["exercise"]].one_leg:
        return [""]
    if item["side"] == "both":
        return ["left", "right"]
    return [item["side"]] if item["side"] in ("left", "right") else [""]


def _exercise(item: ProgrammeItem, card: Card) -> dict[str, Any]:
    moving = moving_figure(item["exercise"], item["side"])
    return {
        "id": item["exercise"],
        "name": card.words.name,
        "sides": _sides(item),
        "sets": item["sets"],
        "reps": item["reps"],
        "rest": item["rest_seconds"],
        "pace": [list(part) for part in pace(item["reps"], item["hold_seconds"], item["tempo"])],
        "moving": moving._asdict() if moving.svg else None,
    }


def _texts() -> dict[str, str]:
    """What the script says, in the words of the page's language; {names} are filled in there."""
    return {
        "step": _("Exercise {n} of {all}"),
        "set": _("Set {n} of {all}"),
        "rep": _("{n} of {all}"),
        "left": side_words("left"),
        "right": side_words("right"),
        "ready": _("Get ready"),
        "ready_when": _("Ready when you are"),
        "go": _("Go"),
        "hold": _("Hold"),
        "back": _("Back"),
        "rest": _("Rest"),
        "rest_for": _("Rest, {n} seconds"),
        "own": _("At your own pace"),
        "other_side": _("Change sides: {side}"),
        "begin": _("Start"),
        "pause": _("Pause"),
        "go_on": _("Go on"),
        "set_done": _("This set is done"),
        "rest_done": _("Skip the rest"),
        "next_set": _("Next set"),
        "paused": _("Paused"),
        "all_done": _("All sets done"),
        "on": _("on"),
        "off": _("off"),
        "choose_pain": _("Choose a number first"),
        "answer_all": _("Answer each question first"),
        "tick_one": _("Tick what is new, or choose “None of these”"),
        "choose_why": _("Choose one of them first"),
        "too_much": _("{pain} out of 10 is more than your limit of {limit}. Leave this exercise for today."),
        "a_bit_much": _("{pain} out of 10 is just over your limit of {limit}. Make the next one smaller."),
        "unsure": phrase("follow_unsure_counts").text,
        "kept_here": _("Kept on this device. It is sent as soon as there is a connection."),
        "sending": _("Sending …"),
        "sent": _("Kept in your diary."),
        "not_stored": _("This browser keeps nothing on this device. Leave this page open until it is sent."),
        "works_offline": _("This session also works without a connection now."),
        "tired": _("Stopped early: tired."),
        "stopped_pain": _("Stopped because of pain."),
        "stopped_sign": _("Stopped because of a new sign."),
        "refused": _("This could not be kept in your diary: {why}"),
        "other_course": _("These entries belong to another programme on this device. They wait here."),
        "picture_stop": _("Stop the picture"),
        "picture_move": _("Move the picture"),
        "from_day": _("This session is from {day}."),
        "unfinished": _("It is from {day}, with {n} exercises entered."),
        "whole_number": _("Give a whole number, like 3"),
        "also": _("Tell them about this too: {signs}."),
        "told": _("You told us: {signs}."),
        "stopped_before": _("Your exercises were stopped because of what you told us."),
        "reps": _("repeats: {n}"),
    }


def session_page(following: Following, questions: tuple[Choice, ...]) -> dict[str, Any]:
    """The context of the player: its data, and the cards of what to do for every answer that stops."""
    day = following.day_number()
    items = following.items(day)
    stops = _stops(following)
    due = [choice.name.removeprefix("answer-") for choice in questions]
    told = [(pair, fired[0]) for pair, fired in stops.items() if fired]
    limit, most = pain_limit(
        following.origin, following.parsed(),
        [one["id"] for one in following.review["programme"]["protocols"]], engine(),
    )  # fmt: skip
    shown = [(item, card) for item, (_id, card) in zip(items, cards(following, day), strict=True) if card]
    return {
        "player": {
            "course": course_key(following),
            "on": following.on.isoformat(),
            "on_words": long_day(following.on),
            "oldest_days": OLDEST_DAYS,
            "ready": READY_SECONDS,
            "other_side": OTHER_SIDE_SECONDS,
            "limit": limit,
            "most": most,
            "due": due,
            "signs": {one: stated(one, "present") for one in signs()},
            "stops": {f"{finding}-{answer}": fired.care_level for (finding, answer), fired in told},
            "levels": list(LEVELS),
            "exercises": [_exercise(item, card) for item, card in shown],
            "texts": _texts(),
        },
        "cards": [card for _item, card in shown],
        "level_cards": [_level_card(level, told) for level in LEVELS],
        "all_signs": [(one, finding_words(one)) for one in signs()],
        "whys": why_options(),
        "most": most,
        "emergency": phrase("first_page_emergency"),
        "easy_days": phrase("follow_red_rest").more,
        "look_at_it": phrase("follow_red_sign").more,
        "taps": range(11),
    }
