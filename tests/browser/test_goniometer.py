"""The phone on the shin, and the counter: readings come through Chromium's own tools for sensors."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.tour import Walker
from tests.browser.tour_following import ACHE

pytestmark = pytest.mark.browser
KNEE, LEG = "active_knee_extension_deficit_degrees", "straight_leg_raise_angle_degrees"
Vector = tuple[float, float, float]
PLACED = {"on its back": (0.0, 0.0, 1.0), "on its left edge": (1.0, 0.0, 0.0), "aslant": (0.6, 0.0, 0.8)}


def _up(lean: float, out: Vector) -> Vector:
    """Up in the phone's axes: its top leans so far from the upright, and what lies above it looks `out`."""
    a = math.radians(lean)
    return (out[0] * math.sin(a), math.cos(a), out[2] * math.sin(a))


def _orientation(up: Vector, yaw: float = 0.0) -> dict[str, float]:
    """The angles of the W3C event for a direction of up."""
    beta = math.degrees(math.asin(max(-1.0, min(1.0, up[1]))))
    gamma = math.degrees(math.atan2(-up[0], up[2]))
    if abs(gamma) > 90:  # the event keeps gamma within a quarter turn and tips beta over
        gamma -= math.copysign(180, gamma)
        beta = math.copysign(180, beta or 1.0) - beta
    return {"alpha": yaw, "beta": beta, "gamma": gamma}


class Sensor:
    """A phone's sensor, told by the browser's own tools."""

    KINDS = ("accelerometer", "linear-acceleration", "gyroscope")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession = page.context.new_cdp_session(page)

    def plug_in(self, up: Vector) -> None:
        """An accelerometer that lies so; it tells its reading by itself many times a second."""
        for kind in self.KINDS:
            self.cdp.send("Emulation.setSensorOverrideEnabled", {"enabled": True, "type": kind})
            self._read(kind, (0.0, 0.0, 0.0))
        self.lie(up)

    def lie(self, up: Vector) -> None:
        """Gravity as an accelerometer tells it."""
        self._read("accelerometer", tuple(9.81 * part for part in up))  # type: ignore[arg-type]

    def _read(self, kind: str, values: Vector) -> None:
        x, y, z = values
        self.cdp.send(
            "Emulation.setSensorOverrideReadings",
            {"type": kind, "reading": {"xyz": {"x": x, "y": y, "z": z}}},
        )

    def turn(self, up: Vector, yaw: float = 0.0) -> None:
        """One event of the orientation sensor."""
        self.cdp.send("DeviceOrientation.setDeviceOrientationOverride", _orientation(up, yaw))

    def state(self, wanted: str) -> None:
        """Wait until the panel says this."""
        self.page.wait_for_selector(f"[data-goniometer][data-state={wanted}]")

    def angle(self) -> float | None:
        """The angle that the page shows."""
        shown = self.page.locator("[data-goniometer]").get_attribute("data-angle")
        return float(shown) if shown else None


@pytest.fixture(scope="module")
def started(chromium: Browser, address: str) -> Any:
    """Somebody who follows a programme: the cookies of the browser."""
    context = chromium.new_context()
    w = Walker(context.new_page(), address)
    w.begin()
    w.write(ACHE)
    w.to_check()
    w.go("/programme/")
    w.press("form[action='/programme/start/'] button")
    yield context.storage_state()
    context.close()


@pytest.fixture
def open_test(new_page: Callable[..., Page], address: str, started: Any) -> Callable[..., Page]:
    def make(name: str, **options: Any) -> Page:
        page = new_page(storage_state=started, **options)
        page.goto(f"{address}/measure/{name}/")
        return page

    return make


def _zero(page: Page, sensor: Sensor) -> None:
    page.get_by_role("button", name="Use this phone").click()
    sensor.state("Zero")
    page.get_by_role("button", name="Set zero").click()
    sensor.state("Zeroed")


@pytest.mark.parametrize("place", PLACED)
def test_the_page_shows_the_angle_within_one_degree(open_test: Callable[..., Page], place: str) -> None:
    page = open_test(LEG)
    sensor, out, bump = Sensor(page), PLACED[place], 4  # what it lies on keeps it from lying flat
    page.get_by_role("button", name="Use this phone").click()
    sensor.turn(_up(bump, out), 1)
    sensor.state("Zero")
    page.get_by_role("button", name="Set zero").click()
    for n in range(60):
        sensor.turn(_up(bump, out), n)
        time.sleep(0.03)
        if page.locator("[data-state=Zeroed]").count():
            break
    for true, yaw in ((30, 0), (75, 200)):
        shown: list[float | None] = []
        for n in range(80):  # a hand's tremble is smoothed, so the page needs some readings
            sensor.turn(_up(90 - true + bump, out), yaw + n)
            time.sleep(0.03)
            shown.append(sensor.angle())
            if n > 12 and all(one is not None and abs(one - true) <= 1 for one in shown[-3:]):
                break
        assert shown[-1] == pytest.approx(true, abs=1)


GRID = """async ([address, cases]) => {
  const m = await import(address);
  return cases.map(([zero, now]) => {
    const set = m.zeroFrom(m.upFromOrientation(...zero));
    return m.lean(m.upFromOrientation(...now), set);
  });
}"""


def test_every_angle_wherever_the_phone_lies_and_whatever_its_bump(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    address = page.locator("[data-goniometer]").get_attribute("data-goniometer")
    wanted, cases = [], []
    for place, out in PLACED.items():
        for bump in (-6, 0, 4, 10):
            for true in range(-15, 101, 5):
                if true < 0 and place == "on its left edge":
                    continue  # on its edge a phone cannot tell before from beyond the upright
                zero, now = _orientation(_up(bump, out)), _orientation(_up(true + bump, out))
                # A phone tells its angles to a tenth of a degree.
                cases.append([[round(one[key], 1) for key in ("beta", "gamma")] for one in (zero, now)])
                wanted.append((place, bump, true))
    shown = page.evaluate(GRID, [address, cases])
    wrong = [(want, got) for want, got in zip(wanted, shown, strict=True) if abs(got - want[2]) > 1]
    assert len(cases) > 200
    assert wrong == []


def test_three_tries_are_taken_and_kept(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    sensor = Sensor(page)

    def lying(degrees: float) -> Vector:
        x, y, z = _up(degrees, PLACED["on its back"])
        return (-x, -y, -z)  # as the phones tell it that count gravity itself

    sensor.plug_in(lying(0))
    _zero(page, sensor)
    page.get_by_role("button", name="Take try 1").click()
    sensor.state("WhichLeg")
    page.get_by_label("Left leg").check()
    page.get_by_label("always the same helper").check()
    for n, degrees in enumerate((31, 34, 36), start=1):
        sensor.lie(lying(degrees))
        page.wait_for_timeout(400)
        page.get_by_role("button", name=f"Take try {n}").click()
        sensor.state("All" if n == 3 else "Taken")
        expect(page.locator(f"#value-{n}")).to_have_value(str(degrees))
    expect(page.locator("[data-part=sum]")).to_contain_text("Middle value: 34 degrees")
    expect(page.locator("[data-part=sum]")).to_contain_text("5 degrees apart")
    for gone in ("start", "take"):  # what has nothing to do is not there
        expect(page.locator(f"[data-part={gone}]")).to_be_hidden()
    page.get_by_role("button", name="Keep it, then the other leg").click()
    page.wait_for_selector("[data-earlier]")
    expect(page.get_by_label("Right leg")).to_be_checked()
    row = page.locator("[data-earlier][data-side=left][data-method=phone_same_helper]")
    assert (row.get_attribute("data-earlier"), row.get_attribute("data-side")) == ("34", "left")
    assert row.get_attribute("data-error") == "8"


def test_shaking_silence_and_an_unseen_page_give_no_value(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    sensor = Sensor(page)
    upright = _up(0, PLACED["on its back"])

    def keep(*leans: float, times: int = 45) -> None:
        for n in range(times):
            sensor.turn(_up(leans[n % len(leans)], PLACED["on its back"]), n)
            time.sleep(0.03)

    page.get_by_role("button", name="Use this phone").click()
    sensor.turn(upright, 5)
    sensor.state("Zero")
    page.get_by_role("button", name="Set zero").click()
    keep(0)
    sensor.state("Zeroed")
    page.get_by_label("Left leg").check()
    take, value = page.get_by_role("button", name="Take try 1"), page.locator("#value-1")

    keep(20, 20, 20, 50, 50, 50, times=6)
    take.click()
    keep(20, 20, 20, 20, 20, 20, 50, 50, 50, 50, 50, 50, times=60)  # shaky: no second of stillness
    assert page.locator("[data-state=Hold]").count() == 1
    assert value.input_value() == ""
    sensor.state("Stopped")  # and now the sensor has fallen silent
    assert sensor.angle() is None
    expect(page.locator("[data-part=angle]")).to_have_text("no reading")
    assert value.input_value() == ""

    take.click()  # a silent sensor starts nothing
    sensor.state("Stopped")

    keep(30, times=8)
    take.click()
    sensor.state("Hold")
    sensor.turn(_up(30, PLACED["on its back"]), 99)
    page.evaluate(
        """() => { Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
                   document.dispatchEvent(new Event('visibilitychange')); }"""
    )
    sensor.state("Hidden")
    assert sensor.angle() is None
    assert value.input_value() == ""


def test_a_phone_that_lies_wrong_is_told_so(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    sensor = Sensor(page)
    sensor.plug_in(_up(40, PLACED["on its back"]))
    page.get_by_role("button", name="Use this phone").click()
    sensor.state("Zero")
    page.get_by_role("button", name="Set zero").click()
    sensor.state("Tilted")
    sensor.lie(_up(0, PLACED["on its back"]))
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Set zero").click()
    sensor.state("Zeroed")
    page.get_by_label("Left leg").check()
    sensor.lie(_up(160, PLACED["on its back"]))
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Take try 1").click()
    sensor.state("Turned")
    assert page.locator("#value-1").input_value() == ""


REFUSES = """() => { for (const kind of [DeviceMotionEvent, DeviceOrientationEvent])
  kind.requestPermission = async () => 'denied'; }"""


def test_without_a_sensor_or_permission_or_script_the_angle_is_typed(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    page.get_by_role("button", name="Use this phone").click()
    page.wait_for_selector("[data-goniometer][data-state=None]")
    expect(page.locator("[data-part=say]")).to_contain_text("Type the angle")
    page.evaluate(REFUSES)
    page.get_by_role("button", name="Use this phone").click()
    page.wait_for_selector("[data-goniometer][data-state=Refused]")
    expect(page.locator("[data-part=say]")).to_contain_text("type the angle")
    page.get_by_label("Left leg").check()
    page.get_by_label("different helpers").check()
    page.locator("#value-1").fill("31")
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.wait_for_url("**/progress/")

    plain = open_test(KNEE, java_script_enabled=False)
    expect(plain.locator("[data-goniometer]")).to_be_hidden()
    expect(plain.locator("#value-1")).to_be_visible()


MATHS = """async ([address]) => {
  const m = await import(address);
  const at = (degrees, ms) => degrees.map((d, i) => ({degrees: d, at: i * ms}));
  const still = at(Array(21).fill(30), 50);
  return {
    still: m.steady(still, 0, 1000),
    stale: m.steady(still, 0, 1301),
    ago: m.fresh(still, 1301),
    tooFew: m.steady(at(Array(5).fill(30), 250), 0, 1000).value,
    drifting: m.steady(at([...Array(21).keys()].map((i) => 30 + i / 4), 50), 0, 1000).value,
    gap: m.steady([{degrees: 30, at: 0}, {degrees: 30, at: 400}, {degrees: 30, at: 450}], 0, 1000).value,
    tooYoung: m.steady(still, 500, 1000).value,
    nothing: [m.upFromOrientation(null, null), m.upFromAcceleration(null, 1, 2), m.zeroFrom([0, 0, 1])],
    pushed: m.upFromAcceleration(0, 14, 3),
    middle: [m.median([3]), m.median([9, 1, 5]), m.median([4, 2]), m.median([])],
    apart: [m.spread([3, 9, 5]), m.spread([])],
    judged: [m.judged(30, 39, 8), m.judged(30, 35, 8), m.judged(30, 38, 8), m.judged(30, 50, NaN)],
  };
}"""


def test_the_maths_refuses_what_is_stale_few_or_drifting(open_test: Callable[..., Page]) -> None:
    page = open_test(KNEE)
    got = page.evaluate(MATHS, [page.locator("[data-goniometer]").get_attribute("data-goniometer")])
    assert got["still"] == {"share": 1, "value": 30}
    assert got["stale"] == {"share": 0, "value": None}
    refused = ("ago", "tooFew", "drifting", "gap", "tooYoung", "pushed")
    assert [got[key] for key in refused] == [None] * len(refused)
    assert got["nothing"] == [None, None, None]
    assert got["middle"] == [3, 5, 3, None]
    assert got["apart"] == [6, 0]
    assert got["judged"] == ["real", "chance", "real", "unknown"]


def test_taps_and_the_space_bar_count_to_the_beat(open_test: Callable[..., Page]) -> None:
    page = open_test("single_leg_heel_raise_reps")
    panel = page.locator("[data-counter]")
    assert page.locator("#pace").input_value() == "2"  # the pace that the test's steps lay down
    page.get_by_role("button", name="Start counting").click()
    started = time.monotonic()
    number = page.locator("[data-part=number]")
    page.wait_for_timeout(50)
    for _ in range(3):
        page.keyboard.press("Space")
        page.wait_for_timeout(300)
    page.locator("[data-part=count]").click()
    page.locator("[data-part=count]").click()  # at once: the finger bounced
    expect(number).to_have_text("4")
    page.get_by_role("button", name="One too many").click()
    expect(number).to_have_text("3")
    expect(panel).to_have_attribute("data-beats", re.compile(r"[3-9]"))
    beats, seconds = int(panel.get_attribute("data-beats") or 0), time.monotonic() - started
    assert abs(beats - (1 + seconds)) <= 1  # two beats to each two seconds
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#value-1")).to_have_value("3")
    page.keyboard.press("Space")
    expect(number).to_have_text("3")

    page.goto(page.url.replace("single_leg_heel_raise_reps", "single_leg_hamstring_bridge_reps"))
    assert page.locator("#pace").input_value() == "0"
    expect(page.locator("#pace-hint")).to_contain_text("no pace")
