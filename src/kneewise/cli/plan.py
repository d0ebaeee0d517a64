"""`kneewise plan`: a case to its programme, or to what may take the place of one of its exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from kneewise.evidence import BadCase
from kneewise.pathway import Engine
from kneewise.pathway.plan import plan
from kneewise.pathway.swap import alternatives_of, parse_swaps, preferences_after, swaps_of
from kneewise.plan import Preferences


def plan_case(value: Any, preferences: Preferences, swaps: Sequence[str], ready: Engine) -> Mapping[str, Any]:
    """The programme after the swaps OLD=NEW; with an OLD alone, what could take its place after them.

    Raises `BadCase` for a swap that would not leave a valid programme.
    """
    asked = [swap for swap in swaps if "=" not in swap]
    if len(asked) > 1:
        raise BadCase("--swap", "only one exercise can be listed at a time", "Write the others as OLD=NEW")
    pairs = dict(swap.split("=", 1) for swap in swaps if "=" in swap)
    turn = ready.look(ready.parse(value))
    wishes = preferences_after(turn, preferences, ready, parse_swaps(pairs, ready.knowledge, "--swap"))
    if asked:
        return cast(Mapping[str, Any], alternatives_of(swaps_of(turn, wishes, ready), asked[0], ready))
    return cast(Mapping[str, Any], plan(turn, wishes, ready))
