"""Twelve programmes a physiotherapist has read and judged: the engine still gives what each file says."""

from __future__ import annotations

import difflib

import pytest

from tests.plan import written_programmes as written

# One for each main group of complaints; three are followed to the last phase.
AT_LEAST, FOLLOWED = 12, 3
CRITICISMS = 3


@pytest.mark.parametrize("name", written.names())
def test_the_engine_gives_what_the_file_says(name: str) -> None:
    said, now = written.told(name).splitlines(), written.made(name).splitlines()
    changed = "\n".join(
        difflib.unified_diff(said, now, "the file says", "the engine gives", lineterm="", n=1)
    )
    assert not changed, (
        f"{name}:\n{changed}\nIf this is better for the person of the story, say so under `judged` and run "
        f"`python -m tests.plan.written_programmes {name}`."
    )


def test_every_main_group_has_a_programme_that_was_judged() -> None:
    files = {name: written.read(name) for name in written.names()}
    assert len(files) >= AT_LEAST
    assert sum(len(one.get("later", [])) >= 2 for one in files.values()) >= FOLLOWED
    for name, one in files.items():
        assert one["story"].strip(), name
        assert len(one["judged"]) >= CRITICISMS, name
        assert all(entry["says"].strip() and entry["answer"].strip() for entry in one["judged"]), name


def test_no_session_of_the_written_programmes_is_longer_than_the_person_has() -> None:
    for name in written.names():
        minutes = parse_minutes(name)
        for stage, programme in written.programmes(name).items():
            for day in range(1, 8):
                counted = [
                    one.prescription.minutes
                    for one in programme.chosen
                    if day in one.days and one.exercise.type not in ("cardio", "warm_up")
                ]
                assert sum(counted) <= minutes + 0.01, (name, stage, day)


def parse_minutes(name: str) -> int:
    """The minutes a session may take in a file; twenty where it does not say."""
    return int(written.read(name).get("preferences", {}).get("minutes", 20))
