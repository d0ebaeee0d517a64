"""Another exercise in the place of one: what could take its place so that the programme stays valid.

A swap is a wish: the old exercise is ruled out and the new one asked for. It stands only if the programme
made from these wishes holds the new exercise, still serves everything required that it served before, relaxes
nothing more, and no clinician has ordered the old one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kneewise.knowledge.types import Exercise, Knowledge
from kneewise.plan.preferences import Preferences
from kneewise.plan.programme import Chosen, Programme, Refused, build, named_for, objections_to
from kneewise.plan.standing import Situation, Standing

Compared = Literal["easier", "alike", "harder"]
ORDER: tuple[Compared, ...] = ("easier", "alike", "harder")


@dataclass(frozen=True)
class Alternative:
    """An exercise that could take another's place, and what else in the programme that would change."""

    exercise: str
    compared: Compared
    also_comes: tuple[str, ...] = ()
    also_goes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Swapped:
    """The programme after a swap, and the wishes that make it."""

    programme: Programme
    preferences: Preferences


class SwapRefused(Exception):
    """A swap that would not leave a valid programme.

    `because` are codes: those of `Refused`, not_in_programme, in_programme, clinician,
    other_purpose:<quality>, beyond_phase, relaxes:<entry>, no_room; `told` are the content's sentences;
    `instead` is what could take the place.
    """

    def __init__(
        self, because: tuple[str, ...], told: tuple[str, ...] = (), instead: tuple[Alternative, ...] = ()
    ) -> None:
        super().__init__(", ".join(because))
        self.because, self.told, self.instead = because, told, instead


def compare(old: Exercise, new: Exercise) -> Compared:
    """Whether the new exercise is easier or harder: by the lists of the two, else by level and load."""
    if new.id in old.easier or old.id in new.harder:
        return "easier"
    if new.id in old.harder or old.id in new.easier:
        return "harder"
    difference = (new.level - old.level) or (new.load_class - old.load_class)
    return "alike" if difference == 0 else "easier" if difference < 0 else "harder"


def wished(preferences: Preferences, old: str, new: str) -> Preferences:
    """The wishes with the old exercise ruled out and the new one asked for."""
    return replace(
        preferences,
        banned=tuple(dict.fromkeys((*preferences.banned, old))),
        pinned=tuple(dict.fromkeys((*(one for one in preferences.pinned if one != old), new))),
    )


def _ordered(preferences: Preferences) -> set[str]:
    return {one for order in preferences.clinician for one in (*order.pin, *dict(order.dose))}


def _faults(before: Programme, after: Programme, new: str) -> tuple[str, ...]:
    """Why a programme does not stand in the place of another one; empty if it does."""
    if new not in {one.exercise.id for one in after.chosen}:
        return ("no_room",)
    more = [entry for entry in after.relaxed if entry not in before.relaxed]
    return tuple(f"relaxes:{entry}" for entry in more)


class Swaps:
    """The swaps that one person's programme allows."""

    def __init__(
        self,
        situation: Situation,
        preferences: Preferences,
        knowledge: Knowledge,
        standing: Standing | None = None,
    ) -> None:
        self.situation, self.preferences, self.knowledge = situation, preferences, knowledge
        self.standing = standing or Standing()
        self.before = build(situation, preferences, knowledge, self.standing)
        self._ids = {one.exercise.id for one in self.before.chosen}
        self._named: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, tuple[Alternative, ...]] = {}

    def _chosen(self, exercise: str) -> Chosen:
        for one in self.before.chosen:
            if one.exercise.id == exercise:
                if exercise in _ordered(self.preferences):
                    raise SwapRefused(("clinician",))
                return one
        raise SwapRefused(("not_in_programme",))

    def _against(self, quality: str, ids: list[str]) -> dict[str, Refused]:
        return objections_to(
            self.situation, self.preferences, self.knowledge, self.standing, dict.fromkeys(ids, quality)
        )

    def _beyond(self, quality: str, exercise: Exercise) -> bool:
        """Whether an exercise asks more than anything that the phases themselves name for this purpose."""
        if quality not in self._named:
            self._named[quality] = named_for(
                self.situation, self.preferences, self.knowledge, self.standing, quality
            )
        named = self._named[quality]
        if exercise.id in named or not named:
            return False
        known = [self.knowledge.exercises[one] for one in named]
        return exercise.level > max(one.level for one in known) or exercise.load_class > max(
            one.load_class for one in known
        )

    def _made(self, old: str, new: str) -> Swapped:
        preferences = wished(self.preferences, old, new)
        return Swapped(build(self.situation, preferences, self.knowledge, self.standing), preferences)

    def alternatives(self, exercise: str) -> tuple[Alternative, ...]:
        """What could take the place of an exercise: what changes least first, then the easier ones.

        Raises `SwapRefused` for an exercise that is not in the programme or that a clinician ordered.
        """
        old = self._chosen(exercise)
        if exercise not in self._found:
            self._found[exercise] = self._alternatives(old)
        return self._found[exercise]

    def _alternatives(self, old: Chosen) -> tuple[Alternative, ...]:
        exercise = old.exercise.id
        same = [
            one.id
            for one in self.knowledge.exercises.values()
            if old.quality in one.qualities and one.id not in self._ids
        ]
        against = self._against(old.quality, same)
        found = []
        for id_ in same:
            if id_ in against or self._beyond(old.quality, self.knowledge.exercises[id_]):
                continue
            after = self._made(exercise, id_).programme
            if _faults(self.before, after, id_):
                continue
            ids = {one.exercise.id for one in after.chosen}
            comes, goes = ids - self._ids - {id_}, self._ids - ids - {exercise}
            compared = compare(old.exercise, self.knowledge.exercises[id_])
            found.append(Alternative(id_, compared, tuple(sorted(comes)), tuple(sorted(goes))))
        found.sort(
            key=lambda one: (
                len(one.also_comes) + len(one.also_goes), ORDER.index(one.compared),
                abs(self.knowledge.exercises[one.exercise].level - old.exercise.level), one.exercise,
            )
        )  # fmt: skip
        return tuple(found)

    def swap(self, old: str, new: str) -> Swapped:
        """The programme with one exercise in the place of another. Raises `SwapRefused`."""
        chosen = self._chosen(old)
        because: tuple[str, ...] = ()
        told: tuple[str, ...] = ()
        made = None
        against = self._against(chosen.quality, [new])
        if new in self._ids:
            because = ("in_programme",)
        elif chosen.quality not in self.knowledge.exercises[new].qualities:
            because = (f"other_purpose:{chosen.quality}",)
        elif new in against:
            because, told = against[new].because, against[new].told
        elif self._beyond(chosen.quality, self.knowledge.exercises[new]):
            because = ("beyond_phase",)
        else:
            made = self._made(old, new)
            because = _faults(self.before, made.programme, new)
        if made is None or because:
            raise SwapRefused(because, told, self.alternatives(old))
        return made


def alternatives(
    situation: Situation,
    preferences: Preferences,
    knowledge: Knowledge,
    standing: Standing | None,
    exercise: str,
) -> tuple[Alternative, ...]:
    """What could take the place of an exercise of this person's programme. Raises `SwapRefused`."""
    return Swaps(situation, preferences, knowledge, standing).alternatives(exercise)


def swap(
    situation: Situation,
    preferences: Preferences,
    knowledge: Knowledge,
    standing: Standing | None,
    old: str,
    new: str,
) -> Swapped:
    """The programme with one exercise in the place of another. Raises `SwapRefused`."""
    return Swaps(situation, preferences, knowledge, standing).swap(old, new)
