"""Every item of the articles is answered by what the product does (tests/cases/seed_items.yaml).

Each item has hand-written checks, and each check one or more expectations about what comes out: what was
understood, how urgent it is, which causes and factors are named, what the programme and the advice hold, how
an exercise is drawn and told, what a page says. `turns_on` takes signs away and expects that the result goes
with them, so that a check cannot pass by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from kneewise.assess.ranking import rank
from kneewise.evidence import Case, Item, Person
from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge, SeedItem, care_rank
from kneewise.pathway import Engine
from kneewise.pathway.contracts import ProgrammeContract
from kneewise.pathway.engine import Turn
from kneewise.pathway.figures import exercise_svg
from kneewise.pathway.plan import plan
from kneewise.plan import parse_preferences

CASES = Path(__file__).parents[1] / "cases" / "seed_items.yaml"
Level = Literal["self_care", "routine", "within_days", "same_day", "emergency"]


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    age: float = 35
    sex: Literal["female", "male"] = "male"


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kinds": "in"}):
    """A piece of content that answers the item holds all these words (regular expressions, any case)."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person and what must come out; see the head of the file of cases."""

    story: str = ""
    person: Someone = Someone()
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    measures: dict[str, float] = {}
    screened: bool = True
    preferences: dict[str, Any] = {}
    diagnosis: str | None = None
    nothing_hurts: bool = False
    understood: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    cause: str = ""
    factor: str = ""
    acts_on: str = ""
    disputed: bool = False
    red_flag: str = ""
    at_least: Level | None = None
    at_most: Level | None = None
    gate: Literal["allowed", "relative_rest", "none"] | None = None
    advice: tuple[str, ...] = ()
    gives_one_of: tuple[str, ...] = ()
    gives_qualities: tuple[str, ...] = ()
    exercise: str = ""
    cues: tuple[str, ...] = ()
    hold_seconds: float | None = None
    told: Told | None = None
    both_sides: tuple[str, str] | None = None
    turns_on: tuple[str, ...] = ()


CHECKS = msgspec.yaml.decode(CASES.read_bytes(), type=dict[str, tuple[Check, ...]])
ITEMS = {item.id: item for item in load_knowledge().seed_items}


def _follows(present: tuple[str, ...], knowledge: Knowledge) -> set[str]:
    """What follows from the answers: it was not answered "no"."""
    found, new = set[str](), set(present)
    while new:
        found |= new
        new = {other for finding in new for other in knowledge.findings[finding].implies} - found
    return found


def _look(check: Check, engine: Engine, without: tuple[str, ...] = ()) -> Turn:
    knowledge = engine.knowledge
    present = tuple(finding for finding in check.present if finding not in without)
    absent = [*check.absent, *(finding for finding in without if finding not in check.measures)]
    if check.screened:  # every question that screens for danger, and the urgent page, was answered "no"
        yes = _follows(present, knowledge) | _follows(_read(check, engine), knowledge)
        screens = {f for page in knowledge.pages if page.screen for f in page.findings}
        absent += [
            finding.id
            for finding in knowledge.findings.values()
            if finding.kind == "yes_no" and finding.who == "person"
            and (finding.screens or finding.id in screens)
            and finding.id not in yes
            and finding.id not in ("male_sex", "female_sex")
        ]  # fmt: skip
    items = [Item(finding, "present") for finding in present]
    items += [Item(finding, "absent") for finding in dict.fromkeys(absent) if finding not in present]
    items += [Item(f, "present", value) for f, value in check.measures.items() if f not in without]
    person = Person(check.person.age, check.person.sex)
    return engine.look(Case(person=person, text=check.story, items=tuple(items)))


def _read(check: Check, engine: Engine) -> tuple[str, ...]:
    turn = engine.look(Case(person=Person(check.person.age, check.person.sex), text=check.story))
    return tuple(f for f, known in turn.evidence.known.items() if known.state == "present")


def _plan(check: Check, turn: Turn, engine: Engine) -> ProgrammeContract:
    wanted = parse_preferences(check.preferences or None, engine.knowledge)
    return plan(turn, wanted, engine, check.diagnosis, nothing_hurts=check.nothing_hurts)


def _chance(cause: str, turn: Turn) -> float:
    return float(turn.posterior.of_causes()[turn.posterior.model.causes.index(cause)])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _strings(part)


def _texts(item: SeedItem, kinds: tuple[str, ...], knowledge: Knowledge) -> dict[str, str]:
    """The words of each piece of content of these kinds that answers the item."""
    words = knowledge.words["en"]
    texts = {}
    for kind, id_ in item.answered_by:
        if kind not in kinds:
            continue
        entry = words.phrases[id_] if kind == "advice" else getattr(words, kind)[id_]
        texts[f"{kind}/{id_}"] = " ".join(_strings(astuple(entry)))
    return texts


def _says(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _check_reading(check: Check, turn: Turn, engine: Engine) -> None:
    mentioned = {m.finding for m in turn.reading.mentions if m.state == "present"}
    assert set(check.understood) <= mentioned, f"understood only {sorted(mentioned)}"
    pages = {finding for page in engine.knowledge.pages for finding in page.findings}
    for finding in check.asks:
        assert finding in pages, f"no page asks {finding}"
        assert engine.words.findings[finding].question.endswith("?")


def _check_urgency(check: Check, turn: Turn, engine: Engine) -> None:
    fired = {entry.rule.id for entry in turn.triage.fired}
    level = care_rank(turn.triage.care_level)
    if check.red_flag:
        assert check.red_flag in fired, f"fired {sorted(fired)}"
    if check.at_least:
        assert level >= care_rank(check.at_least), f"{turn.triage.care_level} by {sorted(fired)}"
    if check.at_most:
        assert level <= care_rank(check.at_most), f"{turn.triage.care_level} by {sorted(fired)}"
    if check.gate:
        opened = [(entry.rule.id, entry.ask) for entry in turn.triage.undecided]
        assert turn.triage.programme == check.gate, f"fired {sorted(fired)}, open {opened[:3]}"


def _check_causes(check: Check, turn: Turn, engine: Engine) -> None:
    if check.cause:
        named = [cause.id for cause in rank(turn.posterior)]
        pointed = {cause for entry in turn.triage.fired for cause in entry.rule.points_to}
        assert check.cause in {*named, *pointed}, f"named {named}, pointed to {sorted(pointed)}"
    if check.factor:
        found = {entry.factor.id: entry for entry in turn.factors}
        assert check.factor in found, f"found {sorted(found)}"
        acts = {act.cause: act for act in found[check.factor].factor.acts_on}
        assert not check.acts_on or check.acts_on in acts, f"it acts on {sorted(acts)}"
        if check.disputed:
            assert acts[check.acts_on].strength == "disputed"


def _check_turns_on(check: Check, turn: Turn, engine: Engine) -> None:
    if not check.turns_on:
        return
    without = _look(check, engine, without=check.turns_on)
    assert without.evidence != turn.evidence, "nothing was taken away"
    if check.factor:
        assert check.factor not in {entry.factor.id for entry in without.factors}, "the factor stays"
    if check.red_flag:
        assert check.red_flag not in {entry.rule.id for entry in without.triage.fired}, "the rule fires still"
    if check.cause and not check.factor and not check.red_flag:
        before, after = _chance(check.cause, turn), _chance(check.cause, without)
        assert after < before / 1.2, f"{check.cause} from {before:.3f} only to {after:.3f}"
    if check.advice or check.gives_one_of or check.gives_qualities:
        assert _plan(check, turn, engine) != _plan(check, without, engine), "the programme stays the same"


def _check_programme(check: Check, turn: Turn, engine: Engine) -> None:
    if not (check.advice or check.gives_one_of or check.gives_qualities):
        return
    programme = _plan(check, turn, engine)
    told = {entry["id"] for key in ("advice", "avoid", "come_back") for entry in programme[key]}  # type: ignore[literal-required]
    assert set(check.advice) <= told, f"told {sorted(told)}; locked by {programme['locked_by']}"
    given = {item["exercise"] for day in programme["week"] for item in day["items"]}
    if check.gives_one_of:
        assert given & set(check.gives_one_of), f"gives {sorted(given)}"
    have = {quality for id_ in given for quality in engine.knowledge.exercises[id_].qualities}
    assert set(check.gives_qualities) <= have, f"gives {sorted(given)} for {sorted(have)}"


def _check_exercise(check: Check, engine: Engine) -> None:
    if not check.exercise:
        return
    exercise = engine.knowledge.exercises[check.exercise]
    words = engine.words.exercises[check.exercise]
    svg = exercise_svg(check.exercise, engine)
    assert "<svg" in svg
    assert words.name in svg
    assert svg.count("<path") + svg.count("<line") + svg.count("<poly") + svg.count("<circle") >= 5
    text = " ".join(_strings(astuple(words)))
    for pattern in check.cues:
        assert _says(pattern, text), f"no {pattern!r} in {text!r}"
    if check.hold_seconds is not None:
        assert exercise.dose.hold_seconds >= check.hold_seconds, f"holds {exercise.dose.hold_seconds} s"


def _check_told(check: Check, item: SeedItem, knowledge: Knowledge) -> None:
    if check.told is not None:
        texts = _texts(item, check.told.kinds, knowledge)
        missing = {
            name: [pattern for pattern in check.told.words if not _says(pattern, text)]
            for name, text in texts.items()
        }
        assert [] in missing.values(), f"no piece says all of it; missing are {missing}"
    if check.both_sides is not None:
        article, evidence = check.both_sides
        words = knowledge.words["en"]
        pages = [
            getattr(words, kind)[id_] for kind, id_ in item.answered_by if kind in ("treatments", "topics")
        ]
        beside = [
            (sides.article_says, sides.evidence_says)
            for page in pages
            for sides in page.both_sides
            if sides.article == item.article
        ]
        plain = _texts(item, ("advice", "factors"), knowledge).values()
        beside += [(text, text) for text in plain if _says(r"\barticles?\b", text)]
        assert any(_says(article, said) and _says(evidence, shown) for said, shown in beside), (
            f"nothing says both; found {beside}"
        )


def _item_param(id_: str) -> Any:
    return pytest.param(id_, id=id_)


@pytest.mark.parametrize("id_", [_item_param(id_) for id_ in ITEMS])
def test_item_is_answered(engine: Engine, id_: str) -> None:
    assert CHECKS.get(id_), f"{id_} has no check in {CASES.name}"
    for number, check in enumerate(CHECKS[id_], start=1):
        named = {*check.present, *check.absent, *check.measures, *check.understood, *check.asks}
        assert named <= set(engine.knowledge.findings), named - set(engine.knowledge.findings)
        turn = _look(check, engine)
        try:
            _check_reading(check, turn, engine)
            _check_urgency(check, turn, engine)
            _check_causes(check, turn, engine)
            _check_programme(check, turn, engine)
            _check_turns_on(check, turn, engine)
            _check_exercise(check, engine)
            _check_told(check, ITEMS[id_], engine.knowledge)
        except AssertionError as fault:
            fault.add_note(f"check {number} of {id_}: {ITEMS[id_].says}")
            raise


EXPECTATIONS = (
    "understood", "asks", "cause", "factor", "red_flag", "at_least", "at_most", "gate", "advice",
    "gives_one_of", "gives_qualities", "exercise", "told", "both_sides",
)  # fmt: skip


def test_every_check_expects_something_and_belongs_to_an_item() -> None:
    assert set(CHECKS) == set(ITEMS)
    assert len(ITEMS) == 147
    for id_, checks in CHECKS.items():
        for check in checks:
            assert any(getattr(check, key) for key in EXPECTATIONS), f"{id_}: a check expects nothing"


@pytest.mark.parametrize("kind", ["cause", "condition", "red flag"])
def test_an_item_that_decides_something_has_a_check_that_turns_on_its_signs(kind: str) -> None:
    for item in ITEMS.values():
        if item.kind == kind:
            assert any(check.turns_on for check in CHECKS[item.id]), f"{item.id} turns on nothing"
