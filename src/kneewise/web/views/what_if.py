"""What if one more thing were so? Worked out from what was sent, shown, and not kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kneewise.evidence import BadCase
from kneewise.pathway.what_if import what_if as work_out
from kneewise.store.models import Sitting
from kneewise.web.answers import Fault
from kneewise.web.journey import may_see_result, next_address, pages_asked, standing
from kneewise.web.knowledge import engine
from kneewise.web.presenters import what_if as present
from kneewise.web.sittings import with_sitting


@require_http_methods(["GET", "POST"])
@with_sitting
def what_if(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Choose a sign, and see what would change if it were so; the answers stay as they are."""
    now = standing(sitting)
    if now.emergency:
        return redirect("emergency")
    if not may_see_result(sitting, now):
        return redirect(next_address(sitting))
    near = present.near_at_hand(engine().write(now.turn, pages_asked(sitting)), now.turn)
    faults: list[Fault] = []
    shown = None
    chosen = request.POST.get("other", "") or request.POST.get("sign", "")
    if request.method == "POST":
        finding, _colon, state = chosen.partition(":")
        try:
            shown = present.shown(work_out(now.turn, finding, engine(), state or "present"))
        except BadCase:
            faults.append(Fault(present.first_field(near), _("Choose one sign from the lists")))
    context = present.page(near, now.turn, chosen) | {
        "shown": shown,
        "faults": faults,
        "causes_told": sitting.door != Sitting.PREVENT,
        "for_carer": sitting.case.get("respondent") == "carer",
    }
    return render(request, "kneewise/what_if.html", context, status=400 if faults else 200)
