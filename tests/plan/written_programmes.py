"""The written programmes (tests/cases/programmes): the engine's programme for each, in lines one can read.

`python -m tests.plan.written_programmes` writes what the engine gives now into the files, below the line
that says so; `--show` prints it instead. What is above that line is written by hand and stays.
"""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import kneewise
from kneewise.pathway.interview import final_turn
from kneewise.pathway.plan import situation_of
from kneewise.plan import Programme, Situation, Standing, build, parse_preferences
from kneewise.plan.programme import Chosen

FOLDER = Path(__file__).parents[1] / "cases" / "programmes"
MADE = "# ---- below this line: what the engine gives, by `python -m tests.plan.written_programmes` ----\n"
FIRST = "first"
MOST_ROUNDS = 4  # of questions before the start
TEMPO = re.compile(r"\d+(-\d+)+")


def names() -> list[str]:
    """The written programmes, by file name."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def by_hand(name: str) -> str:
    """The part of a file that somebody wrote."""
    return (FOLDER / f"{name}.yaml").read_text("utf-8").split(MADE)[0]


def told(name: str) -> str:
    """The part of a file that was made."""
    parts = (FOLDER / f"{name}.yaml").read_text("utf-8").split(MADE)
    return parts[1] if len(parts) > 1 else ""


def read(name: str) -> dict[str, Any]:
    """What somebody wrote, as data."""
    return dict(YAML(typ="safe", pure=True).load(by_hand(name)))


def _standing(data: dict[str, Any]) -> Standing:
    """How far somebody has come: phases, steps, last week's exercises, criteria met."""
    return Standing(
        phases=data.get("phases", {}),
        steps=data.get("steps", {}),
        kept=tuple(data.get("kept", ())),
        met=frozenset(data.get("met", ())),
        maintaining=data.get("maintaining", False),
    )


@functools.cache
def programmes(name: str) -> dict[str, Programme]:
    """The first programme and those for later, by name; who is asked before the start says no each time.

    What is `gone` when a later phase begins is told as absent; the causes stay those of the first day.
    """
    written = read(name)
    knowledge = kneewise.default_engine().knowledge
    wishes = parse_preferences(written.get("preferences"), knowledge)
    stages: list[dict[str, Any]] = [{"name": FIRST}, *written.get("later", [])]
    given = {}
    for stage in stages:
        standing = _standing(stage.get("standing", {}))
        told = dict.fromkeys(stage.get("gone", ()), "absent")
        for _again in range(MOST_ROUNDS):
            programme = build(_situation(written, told), wishes, knowledge, standing)
            asked = [finding for finding, _ids in programme.ask_first]
            asked += [code[4:] for one in programme.not_given for code in one.because if code[:4] == "ask:"]
            if not set(asked) - set(told):
                break
            told |= dict.fromkeys(asked, "absent")
        given[stage["name"]] = programme
    return given


def _situation(written: dict[str, Any], told: dict[str, str]) -> Situation:
    """What the plan needs of the case, with what was answered before the start."""
    turn, _asked = final_turn(written["case"], kneewise.default_engine())
    situation = situation_of(
        turn, written.get("diagnosis"), nothing_hurts=bool(written.get("nothing_hurts", False))
    )
    if not told:
        return situation
    kept = [row for row in written["case"]["evidence"] if row["id"] not in told]
    anew = [*kept, *({"id": one, "state": state} for one, state in told.items())]
    turn, _asked = final_turn({**written["case"], "evidence": anew}, kneewise.default_engine())
    return replace(situation, evidence=turn.evidence)


def _seconds(value: float) -> str:
    if value >= 120 and value % 60 == 0:
        return f"{value / 60:g} min"
    return f"{value:g} s"


def _dose(one: Chosen) -> str:
    dose = one.prescription
    much = f"{dose.sets} x {dose.reps}"
    if dose.hold_seconds:
        much += f" x {_seconds(dose.hold_seconds)}"
    if dose.rest_seconds and (dose.sets > 1 or dose.reps > 1):
        much += f", rest {_seconds(dose.rest_seconds)}"
    return much + (f", tempo {dose.tempo}" if TEMPO.fullmatch(dose.tempo) else "")


def _line(one: Chosen, side: str) -> str:
    days = " ".join(str(day) for day in one.days)
    step = f"step {one.prescription.step + 1} of {one.prescription.steps}"
    hard = ", hard" if one.prescription.hard else ""
    legs = ""
    if one.exercise.one_leg:
        legs = " each leg" if side == "both" else f" {side} leg"
    return (
        f"{_dose(one)}{legs} | days {days} | {one.prescription.minutes:g} min | "
        f"{one.quality} for {one.protocol or 'nothing'}, {step}{hard}"
    )


def _block(programme: Programme, side: str) -> list[str]:
    if programme.locked_by is not None:
        return [f"  locked_by: [{', '.join(programme.locked_by)}]"]
    lines = ["  protocols:"]
    for strand in programme.strands:
        lines.append(f"    {strand.protocol.id}: {strand.phase.id} # for {', '.join(strand.because)}")
    lines.append("  exercises:")
    lines += [f"    {one.exercise.id}: {_line(one, side)}" for one in programme.chosen]
    lines.append("  minutes_by_day:")
    for day in range(1, 8):
        on_day = [one.prescription.minutes for one in programme.chosen if day in one.days]
        if on_day:
            lines.append(f"    {day}: {sum(on_day):.1f}")
    lines.append(f"  relaxed: [{', '.join(repr(one) for one in programme.relaxed)}]")
    lines.append("  not_given:" + ("" if programme.not_given else " {}"))
    for refused in programme.not_given:
        codes = ", ".join(code.replace(":", " ") for code in refused.because)
        lines.append(f"    {refused.exercise}: {codes}")
    return lines


def made(name: str) -> str:
    """What the engine gives for a file now, as YAML."""
    side = read(name)["case"].get("side", "both")
    lines = ["programme:"]
    for stage, programme in programmes(name).items():
        lines += [f" {stage}:", *_block(programme, side)]
    return "\n".join(lines) + "\n"


def write(name: str) -> None:
    """Put what the engine gives now into the file."""
    (FOLDER / f"{name}.yaml").write_text(by_hand(name) + MADE + made(name), "utf-8")


def main(arguments: list[str]) -> None:
    """Write all files, or those named; `--show` prints instead."""
    wanted = [one for one in arguments if not one.startswith("--")] or names()
    for name in wanted:
        if "--show" in arguments:
            print(f"=== {name}\n{made(name)}")
        else:
            write(name)


if __name__ == "__main__":
    main(sys.argv[1:])
