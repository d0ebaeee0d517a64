"""The addresses: none of them ever carries an answer."""

from django.urls import path

from kneewise.web.api import api
from kneewise.web.views import (
    following,
    look,
    opening,
    outcome,
    people,
    phone,
    programme,
    questions,
    start,
    yours,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("carry-on/", start.carry_on, name="carry_on"),
    path("who/", opening.who, name="who"),
    path("who/change/", opening.who, {"change": True}, name="who_change"),
    path("diagnosis/", opening.diagnosis, name="diagnosis"),
    path("diagnosis/change/", opening.diagnosis, {"change": True}, name="diagnosis_change"),
    path("words/", opening.own_words, name="words"),
    path("words/change/", opening.own_words, {"change": True}, name="words_change"),
    path("understood/", opening.understood, name="understood"),
    path("understood/change/", opening.understood, {"change": True}, name="understood_change"),
    path("questions/back/", questions.back_to_opening, name="back_to_opening"),
    path("questions/last/", questions.back_to_last, name="back_to_last"),
    path("questions/<int:number>/", questions.question, name="question"),
    path("questions/<int:number>/change/", questions.question, {"change": True}, name="question_change"),
    path("questions/<int:number>/not-sure/", questions.which_unsure, name="which_unsure"),
    path("questions/<int:number>/one-by-one/", questions.one_by_one, name="one_by_one"),
    path("check/", outcome.check, name="check"),
    path("result/", outcome.result, name="result"),
    path("emergency/", outcome.emergency, name="emergency"),
    path("programme/", programme.programme, name="programme"),
    path("programme/day/<int:number>/", programme.day, name="day"),
    path("programme/swap/", programme.swap, name="swap"),
    path("programme/before/", programme.before, name="before"),
    path("programme/around/", programme.around, name="around"),
    path("programme/pain-relief/", programme.pain_relief, name="pain_relief"),
    path("programme/start/", following.start_course, name="start_course"),
    path("today/", following.today, name="today"),
    path("today/day/<int:number>/", following.another_day, name="another_day"),
    path("today/morning/", following.morning, name="morning"),
    path("check-in/", following.check_in, name="check_in"),
    path("check-in/sign/", following.sign, name="sign"),
    path("progress/", following.progress, name="progress"),
    path("history/", following.history, name="history"),
    path("history/<int:number>/", following.correct, name="correct"),
    path("measure/", following.measures, name="measures"),
    path("measure/<slug:name>/", following.measure, name="measure"),
    path("seen/", following.seen, name="seen"),
    path("figures.css", programme.figures_style, name="figures_style"),
    path("your-data/", yours.your_data, name="your_data"),
    path("your-data/download/", yours.download, name="download"),
    path("your-data/erase/", yours.erase, name="erase"),
    path("your-data/erased/", yours.erased, name="erased"),
    path("people/", people.people, name="people"),
    path("people/be/", people.be, name="be"),
    path("people/you/", people.you, name="you"),
    path("people/you/first/", people.you, {"first": True}, name="you_first"),
    path("on-your-phone/", phone.on_your_phone, name="on_your_phone"),
    path("on-your-phone/certificate/", phone.certificate, name="certificate"),
    path("pair/<str:code>/", phone.pair, name="pair"),
    path("settings/", look.look_and_sound, name="settings"),
    path("look.css", look.look_sheet, name="look_sheet"),
    path("about/", yours.about, name="about"),
    path("accessibility/", yours.accessibility, name="accessibility"),
    path("api/v1/", api.urls),
]

handler400 = "kneewise.web.views.errors.bad_request"
handler403 = "kneewise.web.views.errors.forbidden"
handler404 = "kneewise.web.views.errors.not_found"
handler500 = "kneewise.web.views.errors.our_fault"
