"""Everything of one person as one Bundle: to look at, to send to a server, or as a document for a clinician.

The same record gives the same ids and the same bytes. References point to entries of the bundle; a server
that takes the transaction puts its own addresses in their place; the same record sent again changes in place.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kneewise.evidence import BadCase
from kneewise.exchange.fhir import flag, goal, observation, procedure, risk_assessment, service_request
from kneewise.exchange.fhir.care_plan import care_plan
from kneewise.exchange.fhir.codes import DOCUMENT_ID, Json
from kneewise.exchange.fhir.composition import composition
from kneewise.exchange.fhir.patient import device, patient, phone
from kneewise.exchange.fhir.provenance import provenance
from kneewise.exchange.fhir.record import Record, key_of
from kneewise.follow.diary import parse_diary
from kneewise.pathway import Engine

BundleKind = Literal["collection", "transaction", "document"]
_NAMESPACE = uuid.UUID("6b1f6f0a-3c59-5b1c-9d0e-6b6e65657769")  # for the addresses of entries, fixed for good
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def record_of(
    case: Mapping[str, Any], engine: Engine, *, on: str | None = None, key: str | None = None
) -> Record:
    """What the mappers share, from a case. `on` is the day where the case has none. Raises `BadCase`.

    `key` names the person and must be theirs alone; without it the case's id does, else what it says.
    """
    parsed = engine.parse(case)
    evidence = engine.look(parsed).evidence
    return Record(key or key_of(case), parsed.on or on, parsed, engine.knowledge, engine.words, evidence)


def resources(
    record: Record,
    *,
    assessment: Mapping[str, Any] | None = None,
    programme: Mapping[str, Any] | None = None,
    diary: Sequence[Mapping[str, Any]] = (),
    review: Mapping[str, Any] | None = None,
) -> list[Json]:
    """All resources of a record, from the published contracts. Raises `BadCase`."""
    entries = parse_diary(diary, record.knowledge).entries
    told = observation.observations(record)
    basis = observation.basis_of(record, told)
    made = [patient(record), device(record), *told]
    if assessment is not None:
        risk = risk_assessment.risk_assessment(record, assessment, basis)
        made += [risk, *flag.flags(record, assessment, basis)]
        referral = service_request.referral(record, assessment, basis, risk)
        made += [referral] if referral else []
    plan, requested = None, {}
    if programme is not None:
        goals = goal.goals(record, programme, review, assessed=assessment is not None)
        requested = service_request.by_exercise(programme)
        made += goals
        made += [
            service_request.exercise(record, programme, id_, planned, goals)
            for id_, planned in requested.items()
        ]
        made.append(care_plan(record, programme, goals, assessed=assessment is not None))
        plan = record.reference("CarePlan", made[-1]["id"])
    made += observation.of_diary(record, entries)
    made += procedure.sessions(record, entries, requested, plan)
    if any("device" in one for one in made if one["resourceType"] == "Observation"):
        made.insert(2, phone(record))
    return made


def _instant(record: Record, made_at: str | None) -> str:
    if made_at is not None:
        if not _INSTANT.fullmatch(made_at):
            raise BadCase("made_at", f"{made_at!r} is no instant", "Write 2026-11-20T08:30:00+00:00")
        return made_at
    if record.on is None:
        raise BadCase("on", "it is not known for which day this is", "Give the case a day, or --on a day")
    return f"{record.on}T00:00:00Z"  # the day is known, the hour is not


def _address(one: Mapping[str, Any]) -> str:
    name = f"{one['resourceType']}/{one['id']}"
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _resolved(value: Any, addresses: Mapping[str, str]) -> Any:
    """A value with its references as the addresses of entries."""
    if isinstance(value, dict):
        return {
            key: addresses.get(inner, inner) if key == "reference" and isinstance(inner, str)
            else _resolved(inner, addresses)
            for key, inner in value.items()
        }  # fmt: skip
    if isinstance(value, list):
        return [_resolved(inner, addresses) for inner in value]
    return value


def bundle_of(record: Record, made: Sequence[Json], kind: BundleKind, at: str) -> Json:
    """Resources as a Bundle whose references point to its own entries."""
    addresses = {f"{one['resourceType']}/{one['id']}": _address(one) for one in made}
    entries = []
    for one in made:
        entry = {"fullUrl": _address(one), "resource": _resolved(one, addresses)}
        if kind == "transaction":
            entry["request"] = {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}
        entries.append(entry)
    id_ = record.id_of("bundle", kind, record.on or "")
    return {
        "resourceType": "Bundle",
        "id": id_,
        "meta": record.meta(),
        "identifier": {"system": DOCUMENT_ID, "value": id_},
        "type": kind,
        "timestamp": at,
        "entry": entries,
    }


def make_bundle(
    case: Mapping[str, Any],
    engine: Engine,
    *,
    assessment: Mapping[str, Any] | None = None,
    programme: Mapping[str, Any] | None = None,
    diary: Sequence[Mapping[str, Any]] = (),
    review: Mapping[str, Any] | None = None,
    kind: BundleKind = "collection",
    on: str | None = None,
    key: str | None = None,
    made_at: str | None = None,
) -> Json:
    """A person's record as a Bundle.

    All but `case` may be left out. `on` is the day where the case has none, `made_at` the instant at which it
    was put together (the start of the day, if left out). Raises `BadCase` with the path of what is wrong.
    """
    record = record_of(case, engine, on=on, key=key)
    at = _instant(record, made_at)
    made = resources(record, assessment=assessment, programme=programme, diary=diary, review=review)
    first = made[2:]
    told = provenance(record, first or made[:1], at)
    if kind == "document":
        by_type: dict[str, list[Json]] = {}
        for one in made:
            by_type.setdefault(one["resourceType"], []).append(one)
        made = [composition(record, by_type, assessment, programme), *made]
    return bundle_of(record, [*made, told], kind, at)


def to_bytes(resource: Mapping[str, Any]) -> bytes:
    """A resource as JSON, a bundle with a line for each entry: the same resource, the same bytes."""

    def text(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    if "entry" not in resource:
        return f"{text(resource)}\n".encode()
    entries = ",\n".join(text(entry) for entry in resource["entry"])
    head = text({key: value for key, value in resource.items() if key != "entry"})
    return f'{head[:-1]}, "entry": [\n{entries}\n]}}\n'.encode()
