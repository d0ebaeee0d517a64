"""The HTTP API: stateless, the same contracts as the command line, every error problem+json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kneewise import __version__
from kneewise.evidence import BadCase
from kneewise.pathway.contracts import CONTRACTS
from kneewise.pathway.engine import ENGINE_VERSION, Turn
from kneewise.pathway.figures import exercise_svg
from kneewise.pathway.plan import known_diagnosis
from kneewise.pathway.plan import plan as make_plan
from kneewise.pathway.review import review_programme
from kneewise.pathway.schemas import contract_schema
from kneewise.pathway.swap import alternatives_of, parse_swaps, preferences_after, swaps_of
from kneewise.pathway.what_if import what_if_of_case
from kneewise.plan import Preferences, parse_preferences
from kneewise.web.api_docs import answer_docs, body_docs
from kneewise.web.json_body import WrongBody, read_json
from kneewise.web.knowledge import engine, phrase, words
from kneewise.web.problems import problem, problem_of

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PLAN_KEYS = ("case", "preferences", "diagnosis", "nothing_hurts", "swaps")
ALTERNATIVES_KEYS = (*PLAN_KEYS, "exercise")
REVIEW_KEYS = ("programme", "diary", "on")
NEXT_KEYS = ("case", "pages_asked")
WHAT_IF_KEYS = ("case", "finding", "state")

api = NinjaAPI(
    title="kneewise",
    version=__version__,
    description="How urgent, which causes, what contributes, a first programme. Nothing sent is kept.",
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(BadCase)
def wrong_input(request: HttpRequest, error: BadCase) -> HttpResponse:
    """400: what, where, why and how to mend it."""
    return problem_of(error)


@api.exception_handler(WrongBody)
def wrong_body(request: HttpRequest, error: WrongBody) -> HttpResponse:
    """400, 413 or 415: a body that cannot be read at all."""
    return problem(error.status, f"{error.what}. {error.mend}", what=error.what, mend=error.mend)


@api.exception_handler(HttpError)
@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """What the framework refuses by itself."""
    return problem(getattr(error, "status_code", 400), "The request cannot be read.")


def _object(value: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCase("", f"the body must be an object, not {type(value).__name__}", 'Write {"case": {}}')
    for key in value:
        if key not in keys:
            raise BadCase(key[:60], f"unknown key {key[:60]!r}", f"The keys are {', '.join(keys)}")
    return value


@api.post("/assess", summary="Assess a case", openapi_extra=body_docs("case") | answer_docs("assessment"))
def assess(request: HttpRequest) -> Any:
    """How urgent, which causes and what contributes, each with its reasons."""
    return engine().assess(read_json(request))


@api.post(
    "/what-if",
    summary="What one sign more would change",
    openapi_extra=body_docs("what_if") | answer_docs("what_if"),
)
def what_if(request: HttpRequest) -> Any:
    """What one sign would change: level and causes as they are, and as they would be; never a lower level."""
    body = _object(read_json(request), WHAT_IF_KEYS)
    case = body.get("case") or {}
    return what_if_of_case(case, body.get("finding"), engine(), body.get("state", "present"))


@api.post("/plan", summary="A first programme", openapi_extra=body_docs("plan") | answer_docs("programme"))
def plan(request: HttpRequest) -> Any:
    """A first programme for a case, or what to do meanwhile where the gate is shut."""
    asked = _to_plan(_object(read_json(request), PLAN_KEYS))
    return make_plan(
        asked.turn, asked.preferences, engine(), asked.diagnosis, nothing_hurts=asked.nothing_hurts
    )


@api.post(
    "/plan/alternatives",
    summary="What could take the place of an exercise",
    openapi_extra=body_docs("alternatives") | answer_docs("alternatives"),
)
def plan_alternatives(request: HttpRequest) -> Any:
    """What could take the place of an exercise of the programme so that it stays valid."""
    body = _object(read_json(request), ALTERNATIVES_KEYS)
    exercise = body.get("exercise")
    if not isinstance(exercise, str):
        raise BadCase("exercise", "say which exercise should be swapped", 'Give its id, such as "squat"')
    asked = _to_plan(body)
    swaps = swaps_of(
        asked.turn, asked.preferences, engine(), asked.diagnosis, nothing_hurts=asked.nothing_hurts
    )
    return alternatives_of(swaps, exercise, engine())


@api.post(
    "/review",
    summary="A programme reviewed on a day",
    openapi_extra=body_docs("review") | answer_docs("review"),
)
def review(request: HttpRequest) -> Any:
    """What changes in a programme now, and why: the programme, all entries of its diary, the day."""
    body = _object(read_json(request), REVIEW_KEYS)
    if not isinstance(body.get("programme"), dict):
        raise BadCase("programme", "the programme is missing", "Give what /plan or /review answered")
    return review_programme(body["programme"], body.get("diary", []), body.get("on", ""), engine())


@dataclass(frozen=True)
class _ToPlan:
    """What a body asks to plan: the case looked at, the wishes with all swaps made."""

    turn: Turn
    preferences: Preferences
    diagnosis: str | None
    nothing_hurts: bool


def _to_plan(body: dict[str, Any]) -> _ToPlan:
    ready = engine()
    diagnosis, nothing_hurts = body.get("diagnosis"), body.get("nothing_hurts", False)
    if not (diagnosis is None or isinstance(diagnosis, str)):
        raise BadCase("diagnosis", "this must be the id of a cause", "Put it in quotes, or leave it out")
    if not isinstance(nothing_hurts, bool):
        raise BadCase("nothing_hurts", "this must be true or false", "Leave it out where something hurts")
    turn = ready.look(ready.parse(body.get("case") or {}))
    preferences = parse_preferences(body.get("preferences"), ready.knowledge)
    swaps = parse_swaps(body.get("swaps"), ready.knowledge)
    known_diagnosis(diagnosis, ready.knowledge)
    if swaps:
        preferences = preferences_after(
            turn, preferences, ready, swaps, diagnosis, nothing_hurts=nothing_hurts
        )
    return _ToPlan(turn, preferences, diagnosis, nothing_hurts)


@api.post("/interview/next", summary="The next page to ask", openapi_extra=body_docs("next"))
def interview_next(request: HttpRequest) -> Any:
    """The next page worth asking with its words, or null; send all answers each time."""
    body = _object(read_json(request), NEXT_KEYS)
    asked = body.get("pages_asked", [])
    if not isinstance(asked, list) or not all(isinstance(page, str) for page in asked):
        raise BadCase("pages_asked", "this must be a list of page ids", 'Write it as ["urgent_screen"]')
    ready = engine()
    turn = ready.look(ready.parse(body.get("case") or {}))
    question = ready.next_question(turn, tuple(asked))
    return {
        "care_level": turn.triage.care_level,
        "screen_complete": turn.triage.screen_complete,
        "next_question": None if question is None else _page(question),
        "knowledge_version": ready.knowledge.version,
    }


def _page(question: Any) -> dict[str, Any]:
    told = words().pages.get(question.page)
    return {
        "page": question.page,
        "why": question.why,
        "title": told.title if told else "",
        "lead": told.lead if told else "",
        "none": told.none if told else "",
        "findings": [_finding(finding) for finding in question.findings],
    }


def _finding(finding: str) -> dict[str, Any]:
    known, told = engine().knowledge.findings[finding], words().findings[finding]
    entry: dict[str, Any] = {
        "id": finding,
        "kind": known.kind,
        "question": told.question,
        "tick": told.tick,
        "help": told.help,
        "why": told.why,
        "answers": [{"label": answer.label, "state": answer.state} for answer in told.answers],
    }
    if known.kind == "quantity":
        entry |= {"unit": known.unit, "minimum": known.minimum, "maximum": known.maximum}
    return entry


@api.get("/schema/{name}", summary="The JSON Schema of a contract")
def schema(request: HttpRequest, name: str) -> Any:
    """case, assessment, preferences, programme or alternatives."""
    if name not in CONTRACTS:
        return problem(404, f"There is no contract {name[:60]!r}. The contracts are {', '.join(CONTRACTS)}.")
    return contract_schema(name)


@api.get("/figures/{exercise}.svg", summary="The picture of an exercise")
def figure(request: HttpRequest, exercise: str) -> HttpResponse:
    """The picture of an exercise as SVG."""
    try:
        svg = exercise_svg(exercise, engine())
    except BadCase as bad:
        return problem_of(bad, 404)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


@api.get("/about", summary="What this is and is not")
def about(request: HttpRequest) -> Any:
    """Versions, review state and intended use."""
    knowledge = engine().knowledge
    return {
        "name": "kneewise",
        "version": __version__,
        "engine_version": ENGINE_VERSION,
        "knowledge_version": knowledge.version,
        "reviewed_by_a_clinician": knowledge.reviewed,
        "intended_use": phrase("not_a_diagnosis").text,
        "limits": phrase("not_a_diagnosis").more,
        "review": "" if knowledge.reviewed else phrase("no_clinician_review").text,
        "contracts": list(CONTRACTS),
        "licence": {"code": "Apache-2.0", "content": "CC-BY-4.0"},
    }


@api.get("/health", summary="Whether the app is up and its knowledge loaded")
def health(request: HttpRequest) -> Any:
    """Up, and with which knowledge."""
    return {"status": "ok", "knowledge_version": engine().knowledge.version}
