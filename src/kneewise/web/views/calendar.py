"""Sessions in the person's own calendar: a file to take, or an address that the calendar asks by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kneewise.store.models import SessionCalendar
from kneewise.web.answers import Fault
from kneewise.web.calendar_form import Typed, form_page, read_wishes, typed_in, typed_of
from kneewise.web.following import Following, with_course
from kneewise.web.sessions_told import calendar_of, feed_of, file_of, switch_feed, wishes_of

CALENDAR = "text/calendar; charset=utf-8"


def _page(
    request: HttpRequest,
    following: Following,
    calendar: SessionCalendar,
    typed: Typed | None = None,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    token = calendar.token
    context = form_page(typed or typed_of(wishes_of(calendar)), faults or []) | {
        "kept": not calendar._state.adding,
        "locked": following.locked,
        "feed": request.build_absolute_uri(reverse("calendar_feed", args=[token])) if token else "",
    }
    return render(request, "kneewise/calendar.html", context, status=400 if faults else 200)


@require_http_methods(["GET", "POST"])
@with_course
def calendar(request: HttpRequest, following: Following) -> HttpResponse:
    """How the sessions shall stand in the calendar."""
    kept = calendar_of(following)
    if request.method != "POST":
        return _page(request, following, kept)
    typed = typed_in(request.POST)
    wishes, faults = read_wishes(typed, wishes_of(kept))
    if faults:
        return _page(request, following, kept, typed, faults)
    kept.wishes = wishes.data()
    kept.save()
    return redirect("calendar")


@require_http_methods(["POST"])
@with_course
def download(request: HttpRequest, following: Following) -> HttpResponse:
    """The sessions as a file. Its name says nothing."""
    response = HttpResponse(file_of(following, calendar_of(following), feed=False), content_type=CALENDAR)
    response.headers["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response


@require_http_methods(["POST"])
@with_course
def switch(request: HttpRequest, following: Following) -> HttpResponse:
    """Switch the feed on or off, or give it a new address; the old one ends at once."""
    kept = calendar_of(following)
    switch_feed(kept, on=request.POST.get("feed") in ("on", "renew"))
    return redirect(reverse("calendar") + "#feed")


@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions for a calendar that asks by itself; it knows the address and nothing else."""
    found = feed_of(token)
    if found is None:
        raise Http404
    return HttpResponse(file_of(*found, feed=True), content_type=CALENDAR)
