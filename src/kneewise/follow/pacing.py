"""At what pace a test that is counted is done, where its own steps lay one down."""

from __future__ import annotations

# The heel raise's steps say "about one each two seconds"; the one-leg bridge lays down none.
SECONDS_EACH: dict[str, float] = {"single_leg_heel_raise_reps": 2.0}
COUNTED = ("single_leg_hamstring_bridge_reps", "single_leg_heel_raise_reps")
