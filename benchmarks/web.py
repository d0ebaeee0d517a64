"""The app under people: the real server, its SQLite file and this load generator on the same machine.

    make bench NAME=web

Requests go out by the clock (50 a second for a minute), whether the ones before are answered or not; a wait
counts from the moment a request was due. Half of them are interviews from the first page to the first day,
half are people in the third week of their programme. `BENCH_RATE` and `BENCH_SECONDS` make a run smaller;
only a whole one is kept in benchmarks/results/web.json.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from benchmarks.web_visitors import Answer, Ask, Visit, Visitor, follower, interview

RESULT = Path(__file__).parent / "results" / "web.json"
RATE, SECONDS = 50, 60
FOLLOWERS, DAYS_BEFORE = 30, 20
SEED = 20261121
PEER = "bare Django view of a static template, same server"
TICKS = os.sysconf("SC_CLK_TCK")
STARTS = 5
AS_WHOLE = "all pages"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _first_answer(address: str, process: subprocess.Popen[bytes], start: float) -> float:
    while process.poll() is None and time.perf_counter() - start < 60:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
            return time.perf_counter() - start
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"no answer from {address}")


@contextmanager
def _served(command: Callable[[int], list[str]]) -> Iterator[tuple[str, float, int]]:
    """A server while it runs: its address, seconds to its first answer, its process."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command(port)], stderr=subprocess.DEVNULL)
    try:
        yield address, _first_answer(address, process, start), process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # asked before its workers were there, a server may not hear it
            process.kill()
            process.wait(10)


def _ours(data: Path) -> Callable[[int], list[str]]:
    return lambda port: ["-m", "kneewise.cli.main", "serve", "--port", str(port), "--data", str(data)]


def _peer(port: int) -> list[str]:
    return ["-m", "benchmarks.web_peer", str(port)]


# --- people in their third week --------------------------------------------------------------------


def third_week(data: Path, count: int) -> list[dict[str, str]]:
    """Make a private file with people in the third week of a programme; the cookies of each."""
    from django.test.utils import setup_test_environment
    from tests.exchange.test_archive import _files, _packed
    from tests.web.begun import calendar_of_the_tests
    from tests.web.conftest import Browser
    from tests.web.test_following import _check_in, _session, _start

    from kneewise.web.server import prepare

    prepare(str(data))
    setup_test_environment()
    from kneewise.web.today import today as this_day

    today = this_day()
    with calendar_of_the_tests() as now:
        now[0] = today - timedelta(days=DAYS_BEFORE)
        first = Browser()
        _start(first)
        for before in range(DAYS_BEFORE, 0, -1):
            now[0] = today - timedelta(days=before)
            first.get("/today/")
            morning = re.findall(r'name="entry" value="([^"]+-m)"', first.html)
            if morning:
                first.post("/today/morning/", {"entry": morning[0], "pain": "2", "on": now[0].isoformat()})
                first.get("/today/")
            if 'name="done-' in first.html:
                _session(first)
            if before % 3 == 0:
                _check_in(first, pain=str(1 + before // 5))
        now[0] = today
        files = _files(bytes(first.client.post("/your-data/archive/").content))
        made = []
        for _ in range(count):
            browser = Browser()
            for name in ("data/sitting.json", "data/course.json"):
                value = json.loads(files[name]) | {"id": secrets.token_urlsafe(24)}
                files[name] = json.dumps(value).encode()
            browser.post("/your-data/import/", {"archive": io.BytesIO(_packed(files))})
            made.append({name: cookie.value for name, cookie in browser.client.cookies.items()})
    return made


# --- the load ---------------------------------------------------------------------------------------


@dataclass
class Told:
    """What a run has shown: waits in milliseconds by kind of page, and what went wrong."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    finished: int = 0

    def of_all(self) -> list[float]:
        """Every wait."""
        return [wait for waits in self.waits.values() for wait in waits]


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all lies under or at."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


class Load:
    """Open-loop load: each tick sends the next request of whoever is ready, or of somebody new."""

    def __init__(self, address: str, cookies: list[dict[str, str]]) -> None:
        self.address = address
        self.dice = random.Random(SEED)
        self.told = Told()
        self.client = httpx.AsyncClient(
            base_url=address,
            transport=httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=200, keepalive_expiry=4)),
            timeout=30,
        )
        self.asking: deque[Visitor] = deque()
        self.following: deque[Visitor] = deque()
        for one in cookies:
            self.following.append(self._begun(follower(random.Random(self.dice.random())), dict(one)))

    def _begun(self, visit: Visit, cookies: dict[str, str] | None = None) -> Visitor:
        visitor = Visitor(visit, cookies or {})
        visitor.ask = next(visit)
        return visitor

    def _next(self, tick: int) -> tuple[Visitor, deque[Visitor]]:
        if tick % 2 and self.following:
            return self.following.popleft(), self.following
        if not self.asking:
            return self._begun(interview(random.Random(self.dice.random()))), self.asking
        return self.asking.popleft(), self.asking

    async def _send(self, visitor: Visitor, ask: Ask) -> httpx.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        if ask.body is not None:
            headers["X-CSRFToken"] = visitor.cookies.get("token", "")
            return await self.client.post(ask.path, json=ask.body, headers=headers)
        if ask.form is not None:
            return await self.client.post(ask.path, data=ask.form, headers=headers)
        return await self.client.get(ask.path, headers=headers)

    async def turn(self, tick: int, due: float) -> None:
        """One request of one visitor, who is then ready for the next."""
        visitor, line = self._next(tick)
        ask = visitor.ask
        if ask is None:
            return
        try:
            answer = await self._send(visitor, ask)
        except httpx.HTTPError as error:
            self.told.wrong.append(f"{ask.kind}: {type(error).__name__}")
            return
        self.told.waits[ask.kind].append((time.perf_counter() - due) * 1000)
        if answer.status_code >= 400:
            self.told.wrong.append(f"{ask.kind}: {answer.status_code}")
            return
        for name, value in answer.cookies.items():
            visitor.cookies[name] = value
        if answer.is_redirect:
            visitor.ask = Ask(answer.headers["Location"])
        else:
            if ask.path.endswith("/state/"):
                visitor.cookies["token"] = answer.json()["token"]
            try:
                visitor.ask = visitor.visit.send(Answer(ask.path, answer.text))
            except StopIteration:
                self.told.finished += 1
                return
        line.append(visitor)

    async def run(self, rate: float, seconds: float) -> Told:
        """Send by the clock, then wait for the last answers."""
        start = time.perf_counter()
        turns = []
        for tick in range(int(rate * seconds)):
            due = start + tick / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            turns.append(asyncio.create_task(self.turn(tick, due)))
        await asyncio.gather(*turns)
        await self.client.aclose()
        return self.told


def _same_page(path: str) -> Visit:
    while True:
        yield Ask(path)


class PeerLoad(Load):
    """The same clock, one page."""

    def _next(self, tick: int) -> tuple[Visitor, deque[Visitor]]:
        return (self.asking.popleft() if self.asking else self._begun(_same_page("/"))), self.asking


def _cpu_seconds(process: int) -> float | None:
    """What a server and its worker have computed so far, where the system tells."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        total = 0
        for one in (str(process), *children):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS
    except OSError:
        return None


# --- the report -------------------------------------------------------------------------------------


def _line(name: str, unit: str, ours: float, peer: float | None) -> dict[str, Any]:
    row = {"name": name, "unit": unit, "ours": ours, "peer": peer, "peer_name": PEER}
    row["ratio"] = round(ours / peer, 3) if peer else None
    print(json.dumps(row), flush=True)
    return row


def _lines(told: Told, peer: Told) -> Iterator[dict[str, Any]]:
    beside = peer.of_all()
    kinds = {AS_WHOLE: told.of_all()} | dict(sorted(told.waits.items()))
    for kind, waits in kinds.items():
        for share in (0.5, 0.95, 0.99):
            name = f"web, {kind}, {share:.0%} of {len(waits)} within"
            yield _line(name, "ms", percentile(waits, share), percentile(beside, share))
    yield _line("web, errors", "requests", len(told.wrong), len(peer.wrong))


def _start_up(data: Path) -> Iterator[dict[str, Any]]:
    ours, peer = [], []
    for _ in range(STARTS):
        with _served(_ours(data)) as (_, seconds, _process):
            ours.append(seconds)
        with _served(_peer) as (_, seconds, _process):
            peer.append(seconds)
    yield _line("web, first answer after start, worst", "s", round(max(ours), 2), round(max(peer), 2))


def web() -> None:
    """Interviews and sessions at 50 requests a second beside a bare page on the same server."""
    rate = float(os.environ.get("BENCH_RATE", RATE))
    seconds = float(os.environ.get("BENCH_SECONDS", SECONDS))
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="kneewise-bench-") as folder:
        data = Path(folder) / "private" / "kneewise.sqlite3"
        cookies = third_week(data, FOLLOWERS)
        lines = list(_start_up(data))
        with _served(_ours(data)) as (address, _, process):
            before = _cpu_seconds(process)
            told = asyncio.run(Load(address, cookies).run(rate, seconds))
            after = _cpu_seconds(process)
        with _served(_peer) as (address, _, process):
            peer_before = _cpu_seconds(process)
            peer = asyncio.run(PeerLoad(address, []).run(rate, min(seconds, 20)))
            peer_after = _cpu_seconds(process)
    lines += list(_lines(told, peer))
    if None not in (before, after, peer_before, peer_after):
        each = round((after - before) / len(told.of_all()) * 1000, 2)  # type: ignore[operator]
        beside = round((peer_after - peer_before) / len(peer.of_all()) * 1000, 2)  # type: ignore[operator]
        lines.append(_line("web, computing for a request", "ms", each, beside))
    if told.wrong:
        print(f"{len(told.wrong)} errors: {sorted(set(told.wrong))[:10]}", file=sys.stderr)
    if rate >= RATE and seconds >= SECONDS:
        commit = subprocess.run(
            ["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=RESULT.parent, check=False
        )
        setting = {
            "commit": commit.stdout.strip(), "rate": rate, "seconds": seconds, "cores": os.cpu_count(),
            "load_before": round(load_before, 2), "people_in_their_third_week": FOLLOWERS,
            "interviews_finished": told.finished, "errors": sorted(set(told.wrong)), "lines": lines,
        }  # fmt: skip
        RESULT.write_text(json.dumps(setting, indent=1) + "\n", encoding="utf-8")
