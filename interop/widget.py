"""Fills the full Questionnaire in the LHC-Forms widget in a real Chromium, and compares what it gives.

The same answers are given on kneewise's own pages first; the case that they lead to is written as a
QuestionnaireResponse. Every answer of it is then clicked or typed into the widget, which knows nothing of
kneewise. Both responses must have the same linkIds with the same answers, and lead to the same assessment.
Everything is served on the loopback address; a request to any other host is an error.
"""

from __future__ import annotations

import functools
import http.server
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

FOLDER = tempfile.TemporaryDirectory(prefix="kneewise-interop-")
os.environ["KNEEWISE_DATA_FILE"] = str(Path(FOLDER.name) / "private" / "kneewise.sqlite3")

HERE = Path(__file__).parent
Json = dict[str, Any]
# Who it is about, what is wrong, and what is so; everything else is answered with no, or not sure.
PEOPLE: tuple[Json, ...] = (
    {
        "who": {"age": "35", "sex": "female", "side": "left"},
        "text": "stiff behind the knee after sitting all day",
        "present": {"posterior_knee_pain", "posterior_thigh_pain", "stiffness_after_sitting"},
        "values": {"duration_days": "40", "pain_score_0_to_10": "3"},
    },
    {
        "who": {"age": "24", "sex": "male", "side": "right"},
        "text": "",
        "present": {"any_injury_at_onset", "sudden_onset", "pop_or_snap", "unable_to_walk_4_steps"},
        "values": {"duration_days": "1"},
    },
)  # fmt: skip


def on_our_pages(person: Json) -> Json:
    """The QuestionnaireResponse of somebody who answers on kneewise's own pages."""
    from tests.web.conftest import Browser

    import kneewise
    from kneewise.exchange.fhir.questionnaire_response import questionnaire_response
    from kneewise.store.models import Sitting
    from kneewise.web.journey import case_of

    browser = Browser()
    browser.begin(**person["who"])
    browser.write(person["text"])
    for _ in range(40):
        if not browser.path.startswith("/questions/"):
            break
        data = browser.filled("absent")
        ticked = [f for f in browser.names(r'name="tick" value="([^"]+)"') if f in person["present"]]
        if ticked:
            data = {key: value for key, value in data.items() if key != "none"} | {"tick": ticked}
        for finding in set(browser.names(r'name="answer-([^"]+)"')) & person["present"]:
            data[f"answer-{finding}"] = "present"
        for finding in browser.names(r'name="value-([^"]+)"'):
            if finding in person["values"]:
                data[f"value-{finding}"] = person["values"][finding]
                data.pop(f"unsure-{finding}", None)
        browser.post(browser.path, data)
    engine = kneewise.default_engine()
    case = engine.parse(case_of(Sitting.objects.latest("created")))
    return questionnaire_response(case, engine.knowledge, engine.words)


def answers_of(items: list[Json]) -> Iterator[tuple[str, Any]]:
    """Every answer as linkId and value: a code, a number with its unit, a text, yes or no."""
    for item in items:
        for answer in item.get("answer", []):
            if "valueCoding" in answer:
                yield item["linkId"], (answer["valueCoding"]["system"], answer["valueCoding"]["code"])
            elif "valueQuantity" in answer:
                yield (
                    item["linkId"],
                    (float(answer["valueQuantity"]["value"]), answer["valueQuantity"]["code"]),
                )
            else:
                yield item["linkId"], next(v for k, v in answer.items() if k.startswith("value"))
        yield from answers_of(item.get("item", []))


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves this folder and says nothing."""

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """This folder on a free port of the loopback address."""
    handler = functools.partial(QuietHandler, directory=str(HERE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def questions(items: list[Json]) -> dict[str, Json]:
    """All items of a Questionnaire by linkId."""
    found = {}
    for item in items:
        found[item["linkId"]] = item
        found |= questions(item.get("item", []))
    return found


def fill(page: Page, form: dict[str, Json], link_id: str, value: Any) -> None:
    """Click or type one answer as a person would."""
    item = form[link_id]
    if item["type"] in ("choice", "boolean"):
        codes = [option["valueCoding"]["code"] for option in item.get("answerOption", [])] or [True, False]
        at = codes.index(value[1] if item["type"] == "choice" else value)
        page.locator(f'label:has(input[name="radiogroup_{link_id}/1/1"])').nth(at).click()
        return
    box = page.locator(f'[id="{link_id}/1/1"]')
    box.fill(str(value) if item["type"] in ("text", "string") else f"{value[0]:g}")
    box.press("Tab")


def in_the_widget(page: Page, questionnaire: Json, told: Json) -> Json:
    """What the widget gives when the same answers are put into it."""
    page.evaluate("q => LForms.Util.addFormToPage(q, 'form', { prepopulate: false })", questionnaire)
    form = questions(questionnaire["item"])
    answers = list(answers_of(told["item"]))
    # Numbers and yes before what depends on them.
    order = sorted(answers, key=lambda one: one[0].endswith("/unsure"))
    page.locator('[id="age_years/1/1"]').wait_for()
    for link_id, value in order:
        fill(page, form, link_id, value)
    page.wait_for_timeout(300)
    made: Json = page.evaluate("LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")
    return made


def compare(ours: Json, theirs: Json) -> list[str]:
    """What differs between two responses, one line each."""
    mine, other = dict(answers_of(ours["item"])), dict(answers_of(theirs.get("item", [])))
    lines = [f"only ours: {link_id} = {mine[link_id]}" for link_id in mine.keys() - other.keys()]
    lines += [f"only the widget's: {link_id} = {other[link_id]}" for link_id in other.keys() - mine.keys()]
    return lines + [
        f"{link_id}: {mine[link_id]} is not {other[link_id]}"
        for link_id in mine.keys() & other.keys()
        if mine[link_id] != other[link_id]
    ]


def assessed(response: Json) -> tuple[str, list[str]]:
    """The care level and the causes that a response leads to."""
    import kneewise
    from kneewise.exchange.fhir.questionnaire_response import read_response

    engine = kneewise.default_engine()
    told = engine.assess({**read_response(response, engine.knowledge).case, "on": "2026-11-20", "id": None})
    return told["care_level"], [cause["id"] for cause in told["causes"]]


def main() -> int:
    """Compare for each person; 0 when nothing differs."""
    from tests.browser.find_chromium import find

    import kneewise
    from kneewise.exchange.fhir.questionnaire import full_questionnaire
    from kneewise.web.server import prepare

    prepare(None)
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    engine = kneewise.default_engine()
    questionnaire = full_questionnaire(engine.knowledge, engine.words)
    told = [on_our_pages(person) for person in PEOPLE]
    wrong, elsewhere = 0, []
    with served() as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for n, ours in enumerate(told, start=1):
            page = chromium.new_page(viewport={"width": 1000, "height": 1400})
            page.on(
                "request",
                lambda r: elsewhere.append(r.url) if not r.url.startswith((base, "data:")) else None,
            )
            page.goto(f"{base}/lforms.html")
            page.wait_for_function("window.LForms && LForms.Util && LForms.FHIR")
            theirs = in_the_widget(page, questionnaire, ours)
            lines = compare(ours, theirs)
            if assessed(ours) != assessed(theirs):
                lines.append(f"the assessment differs: {assessed(ours)}, {assessed(theirs)}")
            answers = len(dict(answers_of(ours["item"])))
            print(f"person {n}: {answers} answers, {len(lines)} differences", *lines, sep="\n  ")
            wrong += len(lines)
            page.close()
        chromium.close()
    if elsewhere:
        print("the widget asked other hosts:", *elsewhere, sep="\n  ")
    return 1 if wrong or elsewhere else 0


if __name__ == "__main__":
    sys.exit(main())
