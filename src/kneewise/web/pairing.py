"""Only paired phones come in: who scanned the code of the terminal gets a signed cookie, all others nothing.

The code is new at every start and kept nowhere; the cookie outlives a start and ends when phones are
forgotten. Neither says anything about anybody's health.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from kneewise.store.place import kept_secret
from kneewise.web.problems import is_api, problem

# A browser takes a cookie with this prefix only over TLS and for this address alone.
COOKIE = "__Host-kneewise_phone"
COOKIE_AGE = 60 * 60 * 24 * 400
PAIR_PATH = "/pair/"
# A calendar keeps no cookie: the feed's own secret address, longer than a code, is what lets it in.
FEED = re.compile(r"/calendar/[A-Za-z0-9_-]{43}\.ics")
WRONG_CODES, WITHIN_SECONDS = 5, 600
MOST_ADDRESSES, TIDY_SECONDS = 1000, 60

Respond = Callable[[HttpRequest], HttpResponse]


def new_code() -> str:
    """A code that cannot be guessed: 128 bits."""
    return secrets.token_urlsafe(16)


def phones_secret(data_file: Path, *, forget: bool = False) -> str:
    """The secret that the cookies of paired phones are signed with; `forget` makes a new one.

    Raises `PlaceUnusable`.
    """
    path = data_file.with_name(data_file.name + ".phones")
    if forget:
        path.unlink(missing_ok=True)
    return kept_secret(path)


def _signer() -> TimestampSigner:
    return TimestampSigner(key=settings.SECRET_KEY + settings.PHONES_SECRET, salt="kneewise.phone")


def is_paired(request: HttpRequest) -> bool:
    """Whether the request comes from a phone that scanned the code."""
    try:
        _signer().unsign(request.COOKIES.get(COOKIE, ""), max_age=COOKIE_AGE)
    except BadSignature:
        return False
    return True


def keep_paired(response: HttpResponse) -> None:
    """Let this phone in from now on."""
    cookie = _signer().sign(secrets.token_urlsafe(12))
    response.set_cookie(COOKIE, cookie, max_age=COOKIE_AGE, secure=True, httponly=True, samesite="Lax")


class WrongCodes:
    """Counts wrong codes of each address, so that nobody can try many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, list[float]] = {}
        self._lock = threading.Lock()
        self._tidied = clock()

    def _recent(self, address: str) -> list[float]:
        since = self._clock() - WITHIN_SECONDS
        return [at for at in self._tries.get(address, []) if at > since]

    def too_many(self, address: str) -> bool:
        """Whether this address has to wait."""
        with self._lock:
            return len(self._recent(address)) >= WRONG_CODES

    def add(self, address: str) -> None:
        """One more wrong code."""
        with self._lock:
            if len(self._tries) >= MOST_ADDRESSES and self._clock() - self._tidied > TIDY_SECONDS:
                self._tidied = self._clock()
                self._tries = {one: tries for one in self._tries if (tries := self._recent(one))}
            if len(self._tries) < MOST_ADDRESSES or address in self._tries:
                self._tries[address] = [*self._recent(address), self._clock()]


wrong_codes = WrongCodes()


def fits(code: str) -> bool:
    """Whether this is the code of now."""
    return bool(settings.PAIRING_CODE) and constant_time_compare(code, settings.PAIRING_CODE)


def outside(request: HttpRequest, told: str = "", status: int = 403) -> HttpResponse:
    """What everybody sees who is not paired."""
    if is_api(request):
        return problem(status, "This device is not paired. Scan the code that kneewise shows at its start.")
    return render(request, "kneewise/scan_the_code.html", {"told": told}, status=status)


class OnlyPairedPhones:
    """Lets in who is paired, and everybody to the door; not used where only this machine can come."""

    def __init__(self, respond: Respond) -> None:
        if not settings.PAIRING_CODE:
            raise MiddlewareNotUsed
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer who is paired."""
        at_the_door = request.path.startswith((settings.STATIC_URL, PAIR_PATH)) or FEED.fullmatch(
            request.path
        )
        return self.respond(request) if at_the_door or is_paired(request) else outside(request)


def too_many_codes(request: HttpRequest) -> HttpResponse:
    """429: wait before the next try."""
    response = outside(
        request, _("Too many wrong codes came from here. Wait ten minutes, then scan the code again."), 429
    )
    response.headers["Retry-After"] = str(WITHIN_SECONDS)
    return response
