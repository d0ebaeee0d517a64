"""What there is to read: every page opens and leads on, and a search finds it whatever it is called."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.web.conftest import Browser

ASKED = """
stretching | stretching_well
streching | stretching_well
tight hamstrings | how_tightness_hurts_the_knee
tigth hamstrng | tight_hamstrings
hammy strain | hamstring_strain_grade_1
pulled muscle | hamstring_strain_grade_1
torn hamstring | hamstring_rupture
runner's knee | patellofemoral_pain
runners knee | patellofemoral_pain
jumpers knee | patellar_tendinopathy
bakers cyst | bakers_cyst
backers cyst | bakers_cyst
Baker’s cyst | bakers_cyst
ACL | anterior_cruciate_ligament_rupture
MCL | medial_collateral_ligament_sprain
wear and tear | knee_osteoarthritis
osteoarthritus | knee_osteoarthritis
arthritis | knee_osteoarthritis
siatica | sciatica
trapped nerve | sciatica
pins and needles | how_nerves_hurt_behind_the_knee
blood clot | deep_vein_thrombosis
dvt | deep_vein_thrombosis
cramp | hamstring_or_calf_cramp
growing pains | children_and_teenagers
ice or heat | heat
ice or heat | ice
cold pack | ice
hot water bottle | heat
nurofen | ibuprofen_and_naproxen
painkillers | paracetamol
tylenol | paracetamol
cortisone | corticosteroid_injection
dry needling | acupuncture
acupunture | acupuncture
physio | physiotherapy
crutches | walking_aid
do I need surgery | surgery
operation | surgery
insoles | insoles_and_shoes
high heels | shoes_and_walking
mri scan | examination_and_scans
foam roller | foam_rolling
sitting all day at a desk | sitting_and_posture
stairs | stairs_and_squatting
how can I sleep | sleep_and_rest
what should I eat | food_and_fluids
pregnant | pregnancy_and_knee_pain
driving | driving_and_travel
when can I run again | coming_back_to_sport
how long does it take | how_recovery_goes
warm up before running | warming_up_well
weak glutes | weak_hip_abductors
water on the knee | bakers_cyst
nordic curl | nordic
bridge | glute_bridge
calf raises | calf_raise
"""
QUERIES = [tuple(part.strip() for part in line.split("|")) for line in ASKED.strip().splitlines()]
NEAR_THE_TOP = 5
DANGER = (
    "can't breathe", "cant breath", "chest pain", "numb between legs", "numbness between my legs", "I cant pee",
    "my calf is swollen and warm", "leg is blue", "hot swollen knee with fever",
)  # fmt: skip


def _links(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="(/[^"#]*)', page)))


def _search(browser: Browser, query: str) -> Any:
    return browser.post("/learn/search/", {"query": query})


def _found(browser: Browser) -> list[str]:
    listed = re.search(r'<ol class="found">(.*?)</ol>', browser.html, re.DOTALL)
    return re.findall(r'href="/learn/([a-z0-9_]+)/"', listed.group(1)) if listed else []


def test_every_page_opens_and_every_link_leads_somewhere(browser: Browser) -> None:
    from kneewise.web.knowledge import engine

    known = engine().knowledge
    browser.get("/learn/")
    listed = set(re.findall(r'href="/learn/([a-z0-9_]+)/"', browser.html))
    everything = {*known.topics, *known.treatments, *known.conditions, *known.exercises, *known.factors}
    assert everything <= listed
    pages = 0
    elsewhere: set[str] = set()
    for name in sorted(everything):
        response = browser.get(f"/learn/{name}/")
        assert response.status_code == 200, name
        assert "No clinician has reviewed" in browser.text, name
        for link in _links(browser.html):
            inside = re.fullmatch(r"/learn/([a-z0-9_]+)/", link)
            if inside is None:
                elsewhere.add(link)
            else:
                assert inside.group(1) in everything | {"search"}, (name, link)
        pages += 1
    assert pages > 150
    for link in sorted(elsewhere):
        assert browser.get(link).status_code == 200, link


def test_a_topic_says_both_sides_with_sources(browser: Browser) -> None:
    browser.get("/learn/how_tightness_hurts_the_knee/")
    assert "What is known That tight" not in browser.text
    assert browser.text.index("Often said") < browser.text.index("What is known")
    assert "is not proven" in browser.text
    assert 'class="anatomy-figure"' in browser.html
    assert 'class="exercise-figure"' in browser.html
    assert "Neal" in browser.text
    assert 'href="/learn/stretching/"' in browser.html


def test_a_danger_says_first_how_soon_to_be_seen(browser: Browser) -> None:
    browser.get("/learn/deep_vein_thrombosis/")
    text = browser.text
    assert text.index("Urgent – today") < text.index("How it shows")
    browser.get("/learn/cauda_equina_syndrome/")
    assert browser.text.index("Emergency") < browser.text.index("How it shows")


def test_a_page_reads_well_as_text_alone(browser: Browser) -> None:
    for name in ("when_to_worry", "ice", "knee_osteoarthritis", "glute_bridge", "tight_hamstrings"):
        browser.get(f"/learn/{name}/")
        headings = re.findall(
            r"<h([1-4])", re.sub(r"<(?:header|footer).*?</(?:header|footer)>", "", browser.html)
        )
        steps = [int(after) - int(before) for before, after in pairwise(headings)]
        assert headings[0] == "1"
        assert headings.count("1") == 1
        assert max(steps, default=0) <= 1, name
        empty = re.findall(r"<(p|li|h[1-4]|ul)[^>]*>\s*</\1>", browser.html)
        assert empty == [], name


@pytest.mark.parametrize(("query", "wanted"), QUERIES)
def test_a_search_finds_it_whatever_it_is_called(browser: Browser, query: str, wanted: str) -> None:
    _search(browser, query)
    assert wanted in _found(browser)[:NEAR_THE_TOP]


def test_enough_is_asked_to_trust_the_search() -> None:
    assert len(QUERIES) >= 40


@pytest.mark.parametrize("query", DANGER)
def test_words_of_danger_lead_to_help_first(browser: Browser, query: str) -> None:
    _search(browser, query)
    card = browser.html.index('class="care ')
    assert card < browser.html.index('name="query"')
    assert "Emergency" in browser.text or "Urgent" in browser.text


@pytest.mark.parametrize(
    "query", ["ice", "stretching", "how is a blood clot treated", "gout", "no chest pain"]
)
def test_a_calm_search_shows_no_alarm(browser: Browser, query: str) -> None:
    _search(browser, query)
    assert 'class="care ' not in browser.html


def test_a_slip_is_mended_and_said_so(browser: Browser) -> None:
    _search(browser, "osteoarthritus")
    assert "You may have meant: osteoarthritis" in browser.text
    _search(browser, "osteoarthritis")
    assert "You may have meant" not in browser.text


def test_nothing_found_says_what_to_do(browser: Browser) -> None:
    _search(browser, "qqqq <b>zzzz")
    assert "Nothing found" in browser.text
    assert "<b>zzzz" not in browser.html
    assert 'href="/learn/when_to_worry/"' in browser.html
    assert 'value="qqqq &lt;b&gt;zzzz"' in browser.html  # nothing typed is lost


@pytest.mark.parametrize("typed", ["", "   ", "x" * 5000])
def test_a_search_that_cannot_be_says_why(browser: Browser, typed: str) -> None:
    response = _search(browser, typed)
    assert response.status_code == 400
    assert "There is a problem" in browser.text
    assert 'href="#query"' in browser.html


def test_what_is_looked_up_is_in_no_address_and_not_kept(browser: Browser) -> None:
    from kneewise.store.models import Sitting

    before = Sitting.objects.count()
    _search(browser, "tingling between my legs")
    assert browser.path == "/learn/search/"
    assert Sitting.objects.count() == before
    assert dict(browser.client.session) == {}


def test_an_unknown_page_is_not_there(browser: Browser) -> None:
    assert browser.get("/learn/no_such_thing/").status_code == 404


def test_pages_lead_to_what_there_is_to_read_where_it_matters(browser: Browser) -> None:
    browser.begin()
    browser.write("stiff behind the knees after sitting all day, no injury, no swelling")
    browser.to_check()
    browser.to_result()
    cause = re.findall(r'href="/learn/([a-z0-9_]+)/"', browser.html)
    assert "how_tightness_hurts_the_knee" in cause
    assert "hamstring_tightness_pain" in cause
    browser.get("/programme/")
    assert "/learn/strengthening_well/" in browser.html or "/learn/stretching_well/" in browser.html
    browser.get("/programme/around/")
    assert 'href="/learn/ice/"' in browser.html or 'href="/learn/heat/"' in browser.html
    browser.get("/")
    assert 'href="/learn/"' in browser.html


def test_words_of_danger_lead_to_pages_about_that_danger(browser: Browser) -> None:
    _search(browser, "can't breathe")
    assert _found(browser)[:3] == ["pulmonary_embolism", "deep_vein_thrombosis", "when_to_worry"]
    assert "You may have meant" not in browser.text
