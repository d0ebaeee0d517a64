"""What the engine has just worked out, kept for the next page of the same person. Purely a matter of speed.

A page mostly asks for what the page before it asked for already: the same answers, the same diary. Only pure
results are kept, a few of the latest, in this process and nowhere else, and found by all that they were made
from: changed answers are never met with an old result. Whatever is erased empties it, in every worker.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from kneewise.pathway.engine import Turn
from kneewise.web.knowledge import engine

T = TypeVar("T")

MOST_TURNS, MOST_MADE, MOST_REVIEWS = 128, 256, 64
# Shared by all workers, because it is made before they are: how often something has been erased.
_ERASED = mmap.mmap(-1, 8)


class Latest(Generic[T]):
    """The latest results, found again by their key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()
        self._erased = bytes(8)

    def get(self, key: Hashable) -> T | None:
        """What is kept under a key; nothing that is older than the last erasure."""
        with self._lock:
            erased = _ERASED[:8]
            if erased != self._erased:
                self._kept.clear()
                self._erased = erased
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: T, since: bytes) -> T:
        """Keep a result, unless something was erased while it was made."""
        with self._lock:
            if _ERASED[:8] == since == self._erased:
                self._kept[key] = value
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._kept)


_turns: Latest[Turn] = Latest(MOST_TURNS)
_made: Latest[tuple[Turn, Any]] = Latest(MOST_MADE)
_reviews: Latest[str] = Latest(MOST_REVIEWS)


def forget_all() -> None:
    """Empty the memory of every worker; another worker does so before it looks there again."""
    _ERASED[:8] = (int.from_bytes(_ERASED[:8], "big") + 1).to_bytes(8, "big")
    for one in (_turns, _made, _reviews):
        one.get(None)


def _content(value: Any) -> bytes:
    """A fingerprint of all of a JSON value, and of the knowledge that it is read with."""
    text = json.dumps([engine().knowledge.version, value], sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def turn_of(case: Mapping[str, Any]) -> Turn:
    """The engine's look at a case. Raises `BadCase`."""
    key, since = _content(case), _ERASED[:8]
    known = _turns.get(key)
    if known is not None:
        return known
    return _turns.keep(key, engine().look(engine().parse(case)), since)


def of_turn(name: str, turn: Turn, more: Hashable, make: Callable[[], T]) -> T:
    """What is made of a turn and of `more`. Only for what nobody changes: it is handed out many times."""
    key, since = (name, id(turn), more), _ERASED[:8]
    known = _made.get(key)
    # The turn is kept with what was made of it, so that no other one can have its place in memory.
    if known is not None and known[0] is turn:
        return cast("T", known[1])
    return cast("T", _made.keep(key, (turn, make()), since)[1])


def contract_of_turn(name: str, turn: Turn, more: Hashable, make: Callable[[], T]) -> T:
    """As `of_turn` for a contract, which is a copy of its own each time."""
    return cast("T", json.loads(of_turn(name, turn, more, lambda: json.dumps(make()))))


def review_of(programme: Any, diary: Any, on: str, make: Callable[[], T]) -> T:
    """A review by its programme, diary and day, a copy of its own each time. Raises `BadCase`."""
    key, since = _content([programme, diary, on]), _ERASED[:8]
    known = _reviews.get(key)
    if known is None:
        known = _reviews.keep(key, json.dumps(make()), since)
    return cast("T", json.loads(known))
