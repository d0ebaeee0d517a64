"""Pages to print: what there is, and each as a PDF. Nothing of it goes into an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase
from kneewise.exchange import paper
from kneewise.exchange.paper.since import with_diary
from kneewise.store.models import Sitting
from kneewise.web.following import Following, following_of, stopped_elsewhere
from kneewise.web.journey import OldAnswers, case_of, may_see_result, next_address, standing
from kneewise.web.knowledge import engine
from kneewise.web.planning import nothing_hurts, programme_for
from kneewise.web.presenters.paper import Wanted, choices, read_wanted
from kneewise.web.sittings import with_sitting
from kneewise.web.today import today


def _kinds(following: Following | None, *, emergency: bool) -> tuple[str, ...]:
    """What can be printed now: in an emergency only what tells others."""
    if emergency:
        return ("appointment", "letter")
    return paper.KINDS if following is not None else paper.KINDS[:3]


def _review(following: Following) -> Mapping[str, Any]:
    """The review; without exercises where answers of the sitting, changed since, forbid them now."""
    if stopped_elsewhere(following) is None:
        return following.review
    sitting, started = following.sitting, following.review["started_on"]
    meanwhile = {**programme_for(sitting, standing(sitting).turn), "started_on": started}
    return {**following.review, "programme": meanwhile}


def _about(sitting: Sitting, following: Following | None) -> dict[str, Any]:
    """What the page and the letter are made from: the answers, and what was told since."""
    about: dict[str, Any] = {
        "case": case_of(sitting),
        "diagnosis": sitting.diagnosis or None,
        "nothing_hurts": nothing_hurts(sitting),
    }
    if following is not None:
        # Where the person is it may be tomorrow already: the review's day takes in every entry.
        day, started = date.fromisoformat(following.review["on"]), following.course.started_on
        case = with_diary(about["case"], following.diary, started, day, engine().knowledge)
        about |= {"case": case, "review": following.review}
    return about


def _pdf(sitting: Sitting, following: Following | None, wanted: Wanted) -> bytes:
    """The page as PDF. Raises `BadCase` where what is stored can no longer be read."""
    on = following.on if following is not None else today()
    if wanted.kind == "programme":
        made = (
            _review(following)["programme"] if following else programme_for(sitting, standing(sitting).turn)
        )
        return paper.programme_pdf(made, engine(), on=on, large_print=wanted.large)
    if wanted.kind == "progress" and following is not None:
        return paper.progress_pdf(_review(following), engine(), on=on, large_print=wanted.large)
    make = paper.letter_pdf if wanted.kind == "letter" else paper.appointment_pdf
    about = _about(sitting, following)
    case = about.pop("case")
    return make(case, engine(), on=on, question=wanted.question, large_print=wanted.large, **about)


@require_http_methods(["GET", "POST"])
@with_sitting
def to_print(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """What can be printed; sent, the page comes back as a file."""
    now, following = standing(sitting), following_of(sitting)
    if not (now.emergency or may_see_result(sitting, now)):
        return redirect(next_address(sitting))
    kinds = _kinds(following, emergency=now.emergency)
    wanted, faults = read_wanted(request.POST, kinds) if request.method == "POST" else (None, [])
    if wanted is not None and not faults:
        try:
            made = _pdf(sitting, following, wanted)
        except BadCase as bad:
            raise OldAnswers(bad.where) from None
        response = HttpResponse(made, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="kneewise-{wanted.kind}.pdf"'
        return response
    context = {
        "choices": choices(kinds, wanted),
        "wanted": wanted,
        "faults": faults,
        "messages": {fault.field.partition("-")[0]: fault.message for fault in faults},
        "emergency": now.emergency,
        "followed": following is not None,
        "longest": paper.LONGEST_QUESTION,
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/to_print.html", context, status=400 if faults else 200)
