"""The opening pages: who it is about, a diagnosis, own words, and what was understood of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase, parse_person
from kneewise.intake import Reading
from kneewise.store.models import Sitting
from kneewise.web.answers import Fault, Filled, as_sent, read_number, read_quantities
from kneewise.web.journey import DIAGNOSIS, UNDERSTOOD, WHO, WORDS, go_on, standing
from kneewise.web.knowledge import words
from kneewise.web.presenters import opening as present
from kneewise.web.presenters import whose
from kneewise.web.presenters.opening import NOT_CHOSEN
from kneewise.web.sittings import with_sitting

MOST_CHARACTERS = 5000
RESPONDENTS = ("self", "carer")
SEXES = ("female", "male", "")
SIDES = ("left", "right", "both", "")


def _finish(sitting: Sitting, page: str, *, change: bool) -> HttpResponse:
    if page not in sitting.done:
        sitting.done = [*sitting.done, page]
    return redirect(go_on(sitting, to_check=change))


# --- who it is about -------------------------------------------------------------------------------


def _read_who(post: Any) -> tuple[dict[str, Any], list[Fault]]:
    typed = {key: post.get(key, NOT_CHOSEN).strip()[:60] for key in ("respondent", "sex", "side")}
    typed["age"] = post.get("age", "").strip()[:60]
    faults = []
    if typed["respondent"] not in RESPONDENTS:
        faults.append(Fault("respondent-self", _("Choose who it is about")))
    if typed["age"]:
        try:
            parse_person({"age": read_number(typed["age"], _("age"))})
        except BadCase:
            faults.append(Fault("age", _("Age must be from 0 to 120")))
        except ValueError:
            faults.append(Fault("age", _("Age must be a number of years, like 34")))
    for key, choices in (("sex", SEXES), ("side", SIDES)):
        if typed[key] not in (*choices, NOT_CHOSEN):
            faults.append(Fault(f"{key}-none", _("Choose one of the answers")))
    return typed, faults


def _keep_who(sitting: Sitting, typed: dict[str, Any]) -> None:
    person: dict[str, Any] = {}
    declined = []
    if typed["age"]:
        person["age"] = read_number(typed["age"], "")
    else:
        declined.append("age_years")
    if typed["sex"] in ("female", "male"):
        person["sex"] = typed["sex"]
    sitting.case = {
        **sitting.case,
        "person": person,
        "respondent": typed["respondent"],
        "declined": declined,
        "side": "" if typed["side"] == NOT_CHOSEN else typed["side"],
    }


@require_http_methods(["GET", "POST"])
@with_sitting
def who(request: HttpRequest, sitting: Sitting, *, change: bool = False) -> HttpResponse:
    """Who it is about: for whom, age, sex, side; all but the first may stay open."""
    typed = present.who_saved(sitting)
    faults: list[Fault] = []
    if request.method == "POST":
        typed, faults = _read_who(request.POST)
        if not faults:
            _keep_who(sitting, typed)
            return _finish(sitting, WHO, change=change)
    return render(
        request,
        "kneewise/who.html",
        {**present.who(sitting, typed, faults), "change": change},
        status=400 if faults else 200,
    )


# --- a diagnosis -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@with_sitting
def diagnosis(request: HttpRequest, sitting: Sitting, *, change: bool = False) -> HttpResponse:
    """Which diagnosis somebody was given."""
    faults: list[Fault] = []
    typed = sitting.diagnosis if DIAGNOSIS in sitting.done else None
    if request.method == "POST":
        typed = request.POST.get("diagnosis", "?")
        if typed == "" or typed in present.diagnoses():
            sitting.diagnosis = typed
            return _finish(sitting, DIAGNOSIS, change=change)
        faults.append(Fault("diagnosis", _("Choose your diagnosis, or “not in this list”")))
    context = {"options": present.diagnosis_options(typed), "faults": faults, "change": change}
    return render(request, "kneewise/diagnosis.html", context, status=400 if faults else 200)


# --- own words -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@with_sitting
def own_words(request: HttpRequest, sitting: Sitting, *, change: bool = False) -> HttpResponse:
    """What is wrong, in the person's own words; may stay empty."""
    faults: list[Fault] = []
    text = sitting.case.get("text", "")
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n").strip().replace("\x00", "")
        if len(text) > MOST_CHARACTERS:
            faults.append(Fault("text", present.too_long(len(text), MOST_CHARACTERS)))
        else:
            _keep_words(sitting, text)
            return _finish(sitting, WORDS, change=change and not text)
    context = {
        "text": text, "faults": faults, "change": change, "most": MOST_CHARACTERS,
        "for_carer": sitting.case.get("respondent") == "carer",
    }  # fmt: skip
    return render(request, "kneewise/words.html", context, status=400 if faults else 200)


def _keep_words(sitting: Sitting, text: str) -> None:
    """New words are read anew: what was corrected in the old ones no longer fits."""
    if text != sitting.case.get("text", ""):
        sitting.done = [page for page in sitting.done if page != UNDERSTOOD]
        kept = {key: value for key, value in sitting.case.items() if key != whose.SETTLED}
        sitting.case = {**kept, "text": text, "corrections": {}}


# --- what was understood ---------------------------------------------------------------------------


def _read_understood(sent: Filled, shown: present.Understood) -> tuple[dict[str, Any], list[Fault]]:
    answers, faults = read_quantities(sent, shown.quantities, empty_is_unsure=True)
    for finding in shown.told:
        answers[finding] = {"state": "present" if finding in sent.ticked else "absent"}
    # What was read as "not so" stays the words of the text, unless the person says that it is so.
    answers |= {finding: {"state": "present"} for finding in shown.denied if finding in sent.ticked}
    return answers, faults


def _keep_understood(sitting: Sitting, reading: Reading, answers: dict[str, Any], who_is_it: str) -> None:
    """Keep what was corrected; whose leg it is may lead back to the page on who it is about."""
    case = {**sitting.case, "corrections": answers}
    if who_is_it:
        case, again = whose.settled(case, reading, who_is_it)
        if again:
            sitting.done = [page for page in sitting.done if page != WHO]
    sitting.case = case


@require_http_methods(["GET", "POST"])
@with_sitting
def understood(request: HttpRequest, sitting: Sitting, *, change: bool = False) -> HttpResponse:
    """What was read in the words, to correct; a danger sign first."""
    if not sitting.case.get("text"):
        return redirect(go_on(sitting))
    now = standing(sitting)
    shown = present.understood(now.turn)
    filled = present.understood_saved(shown, sitting.case.get("corrections", {}))
    faults: list[Fault] = []
    who_is_it, fault = sitting.case.get(whose.SETTLED, ""), ""
    if request.method == "POST":
        filled = as_sent(request.POST, [*shown.told, *shown.denied, *shown.quantities])
        answers, faults = _read_understood(filled, shown)
        who_is_it = request.POST.get("whose", "")
        open_ = whose.disagree(sitting.case, now.turn.reading)
        if open_ and who_is_it not in (whose.GIVEN, whose.WRITTEN):
            fault = _("Choose whose leg it is")
            faults.insert(0, Fault("whose-given", fault))
        if not faults:
            _keep_understood(sitting, now.turn.reading, answers, who_is_it if open_ else "")
            return _finish(sitting, UNDERSTOOD, change=change)
    context = present.understood_page(now.turn, shown, filled, faults)
    context["whose"] = whose.whose(sitting.case, now.turn.reading, who_is_it, fault)
    context |= {"change": change, "emergency_now": now.emergency, "emergency_words": words()}
    return render(request, "kneewise/understood.html", context, status=400 if faults else 200)
