"""Addresses of calendar and archive. The secret part of the feed's is random letters, never an answer."""

from django.urls import path

from kneewise.web.views import archive, calendar

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/download/", calendar.download, name="calendar_download"),
    path("calendar/feed/", calendar.switch, name="calendar_switch"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("your-data/archive/", archive.archive, name="archive"),
    path("your-data/import/", archive.bring_back, name="bring_back"),
    path("your-data/import/done/", archive.brought_back, name="brought_back"),
]
