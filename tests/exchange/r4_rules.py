"""Rules of FHIR R4 (4.0.1) that `fhir.resources` does not check, as plain functions that list what is broken.

Written from the specification's pages of each resource: required bindings, where references may point, unique
addresses, well-formed narratives, and the invariants of Bundle, Observation and RiskAssessment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

Json = dict[str, Any]

REQUEST_STATUS = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
BOUND: dict[str, set[str]] = {
    "Observation.status": {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"},
    "RiskAssessment.status": {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"},
    "Flag.status": {"active", "inactive", "entered-in-error"},
    "CarePlan.status": REQUEST_STATUS,
    "CarePlan.intent": {"proposal", "plan", "order", "option"},
    "CarePlan.activity.detail.status": {"not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped", "unknown", "entered-in-error"},
    "Goal.lifecycleStatus": {"proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "entered-in-error", "rejected"},
    "ServiceRequest.status": REQUEST_STATUS,
    "ServiceRequest.intent": {"proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"},
    "ServiceRequest.priority": {"routine", "urgent", "asap", "stat"},
    "ServiceRequest.occurrenceTiming.repeat.periodUnit": {"s", "min", "h", "d", "wk", "mo", "a"},
    "Procedure.status": {"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"},
    "Composition.status": {"preliminary", "final", "amended", "entered-in-error"},
    "Patient.gender": {"male", "female", "other", "unknown"},
    "Device.status": {"active", "inactive", "entered-in-error", "unknown"},
    "Device.deviceName.type": {"udi-label-name", "user-friendly-name", "patient-reported-name", "manufacturer-name", "model-name", "other"},
    "Provenance.entity.role": {"derivation", "revision", "quotation", "source", "removal"},
    "text.status": {"generated", "extensions", "additional", "empty"},
}  # fmt: skip
MUST: dict[str, tuple[str, ...]] = {
    "Observation": ("status", "code"),
    "RiskAssessment": ("status", "subject"),
    "Flag": ("status", "code", "subject"),
    "CarePlan": ("status", "intent", "subject"),
    "Goal": ("lifecycleStatus", "description", "subject"),
    "ServiceRequest": ("status", "intent", "subject"),
    "Procedure": ("status", "subject"),
    "Composition": ("status", "type", "date", "author", "title"),
    "Provenance": ("target", "recorded", "agent"),
    "Patient": (),
    "Device": (),
}
TARGETS: dict[str, set[str]] = {
    "Observation.subject": {"Patient"},
    "Observation.partOf": {"Procedure"},
    "Observation.performer": {"Patient"},
    "Observation.device": {"Device"},
    "RiskAssessment.subject": {"Patient"},
    "RiskAssessment.performer": {"Device"},
    "RiskAssessment.basis": {"Observation"},
    "Flag.subject": {"Patient"},
    "Flag.author": {"Device"},
    "CarePlan.subject": {"Patient"},
    "CarePlan.author": {"Device"},
    "CarePlan.goal": {"Goal"},
    "CarePlan.activity.reference": {"ServiceRequest"},
    "Goal.addresses": {"RiskAssessment"},
    "ServiceRequest.reasonReference": {"Observation"},
    "ServiceRequest.requester": {"Device"},
    "ServiceRequest.performer": {"Patient"},
    "Procedure.basedOn": {"CarePlan", "ServiceRequest"},
    "Procedure.partOf": {"Procedure"},
    "Procedure.performer.actor": {"Patient"},
    "Composition.author": {"Device"},
}
ID, CODE = re.compile(r"[A-Za-z0-9\-.]{1,64}"), re.compile(r"\S+( \S+)*")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DATES = {
    "effectiveDateTime",
    "occurrenceDateTime",
    "performedDateTime",
    "authoredOn",
    "created",
    "date",
    "start",
    "startDate",
}
XHTML = "{http://www.w3.org/1999/xhtml}"
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value with its path, list positions left out."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)


def _narrative(div: str) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(div)
    except ElementTree.ParseError as error:
        yield f"narrative is not well formed: {error}"
        return
    if root.tag != f"{XHTML}div" or not "".join(root.itertext()).strip():
        yield "narrative is no div with text"
    yield from (
        f"narrative holds {one.tag}"
        for one in root.iter()
        if one.tag.removeprefix(XHTML) not in {"div", "p", "b", "ul", "li"}
    )
    yield from (f"narrative element has attributes {one.attrib}" for one in root.iter() if one.attrib)


def _element(path: str, value: Any) -> Iterator[str]:
    name = path.rsplit(".", 1)[-1]
    if value in (None, "", [], {}):
        yield f"{path} is empty"
    if isinstance(value, str) and UNSEEN.search(value):
        yield f"{path} holds what cannot be seen"
    if name in DATES and isinstance(value, str) and not DATE.fullmatch(value):
        yield f"{path}: {value!r} is no dateTime"
    if name == "code" and isinstance(value, str) and not CODE.fullmatch(value):
        yield f"{path}: {value!r} is no code"
    short = path if path in BOUND else ".".join(path.split(".")[-2:])
    if short in BOUND and isinstance(value, str) and value not in BOUND[short]:
        yield f"{path}: {value!r} is not in its required value set"
    if name == "value" and isinstance(value, float) and value != value:
        yield f"{path} is not a number"
    if (
        isinstance(value, dict)
        and "value" in value
        and "unit" in value
        and value.get("system") != "http://unitsofmeasure.org"
    ):
        yield f"{path} has a unit that is not of UCUM"


def broken_resource(resource: Json) -> Iterator[str]:
    """What of one resource breaks a rule."""
    kind = resource["resourceType"]
    yield from (f"{kind}.{key} is missing" for key in MUST[kind] if key not in resource)
    if not ID.fullmatch(resource["id"]):
        yield f"{resource['id']!r} is no id"
    for path, value in leaves(resource, kind):
        yield from _element(path, value)
        if path.endswith(".div"):
            yield from _narrative(value)
    if kind == "Observation":
        values = [key for key in resource if key.startswith("value")]
        if len(values) > 1 or bool(values) == ("dataAbsentReason" in resource):
            yield "obs-6: either a value or a reason why there is none"
    if kind == "RiskAssessment":
        for one in resource["prediction"]:
            if not 0 < one["probabilityDecimal"] <= 100:
                yield "ras-2: a likelihood is a percentage"
    if kind == "ServiceRequest" and "orderDetail" in resource and "code" not in resource:
        yield "prr-1: details need a code"
    if kind == "CarePlan":
        yield from (
            "cpl-3: an activity is a reference or a detail"
            for one in resource["activity"]
            if ("detail" in one) == ("reference" in one)
        )


def broken(bundle: Json) -> list[str]:
    """What of a Bundle and of all its resources breaks a rule."""
    entries = bundle["entry"]
    found = [f"{one['fullUrl']}: {rule}" for one in entries for rule in broken_resource(one["resource"])]
    addresses = [one["fullUrl"] for one in entries]
    kinds = {one["fullUrl"]: one["resource"]["resourceType"] for one in entries}
    if len(set(addresses)) < len(addresses):
        found.append("bdl-7: addresses are not unique")
    if len({(one["resource"]["resourceType"], one["resource"]["id"]) for one in entries}) < len(entries):
        found.append("ids are not unique")
    for one in entries:
        for path, value in leaves(one["resource"], one["resource"]["resourceType"]):
            if path.endswith(".reference") and isinstance(value, str):
                where = path.removesuffix(".reference")
                if value not in kinds:
                    found.append(f"{path}: {value} is not in the bundle")
                elif where in TARGETS and kinds[value] not in TARGETS[where]:
                    found.append(f"{path} may not point to {kinds[value]}")
    if not INSTANT.fullmatch(bundle["timestamp"]):
        found.append("bdl-10: the bundle has no instant")
    if not bundle["identifier"]["system"] or not bundle["identifier"]["value"]:
        found.append("bdl-9: the bundle has no identifier")
    if bundle["type"] == "document" and entries[0]["resource"]["resourceType"] != "Composition":
        found.append("bdl-11: a document begins with a Composition")
    if (bundle["type"] == "transaction") != all("request" in one for one in entries):
        found.append("bdl-3: requests belong to transactions")
    return found
