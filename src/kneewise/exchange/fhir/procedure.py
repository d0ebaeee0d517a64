"""Sessions that were done, as Procedure: one for the session, a part of it for each exercise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kneewise.exchange.fhir.codes import DIARY, EXERCISE, Json, coding, concept
from kneewise.exchange.fhir.narrative import bullets, clean, narrative, paragraph
from kneewise.exchange.fhir.observation import pain
from kneewise.exchange.fhir.record import Record
from kneewise.exchange.fhir.service_request import exercise_id
from kneewise.follow.diary import Done, Entry


def _told(record: Record, one: Done) -> str:
    name = record.words.exercises[one.exercise].name
    if not one.done:
        return f"{name}: left out" + (f" ({one.skipped})" if one.skipped else "")
    amount = [f"{one.sets} sets" if one.sets else "", f"{one.reps} repetitions" if one.reps else ""]
    felt = [
        f"pain {one.pain:g} of 10" if one.pain is not None else "",
        f"effort {one.effort:g} of 10" if one.effort is not None else "",
    ]
    told = ", ".join(part for part in (*amount, *felt) if part)
    return f"{name}: {told or 'done'}"


def _exercise(
    record: Record, entry: Entry, one: Done, nth: int, session: Json, plan: Json | None, asked: bool
) -> list[Json]:
    parts = (entry.id, one.exercise, str(nth))
    told = _told(record, one)
    based = record.reference("ServiceRequest", exercise_id(record, one.exercise)) if asked else plan
    made = record.resource(
        "Procedure",
        record.id_of("done", *parts),
        told,
        basedOn=[based] if based else None,
        partOf=[session],
        status="completed" if one.done else "not-done",
        statusReason=concept(one.skipped) if not one.done and clean(one.skipped) else None,
        code=concept(record.words.exercises[one.exercise].name, coding(EXERCISE, one.exercise)),
        subject=record.patient,
        performedDateTime=entry.on.isoformat(),
        performer=[{"actor": record.patient}],
        note=[{"text": clean(told)}],
    )
    if one.pain is None:
        return [made]
    part_of = record.reference("Procedure", made["id"])
    felt = pain(record, entry, "during_exercise", one.pain, one.exercise, str(nth), part_of=part_of)
    return [made, felt]


def sessions(
    record: Record, entries: Sequence[Entry], requested: Collection[str], plan: Json | None
) -> list[Json]:
    """Every session of a diary with its exercises and pains. `requested` are the programme's exercises."""
    made: list[Json] = []
    for entry in entries:
        if entry.kind != "session":
            continue
        id_ = record.id_of("session", entry.id)
        reference = record.reference("Procedure", id_)
        done = any(one.done for one in entry.items) or not entry.items
        note = entry.raw.get("note") or ""
        session = record.resource(
            "Procedure",
            id_,
            "",
            basedOn=[plan] if plan else None,
            status="completed" if done else "not-done",
            code=concept("Exercise session", coding(DIARY, "session")),
            subject=record.patient,
            performedDateTime=entry.on.isoformat(),
            performer=[{"actor": record.patient}],
            note=[{"text": clean(note)}] if clean(note) else None,
        )
        lines = bullets(_told(record, one) for one in entry.items)
        made.append({**session, "text": narrative(paragraph(f"Session of {entry.on.isoformat()}"), lines)})
        for nth, one in enumerate(entry.items):
            made += _exercise(record, entry, one, nth, reference, plan, one.exercise in requested)
        for kind, score in (("before_session", entry.pain_before), ("after_session", entry.pain_after)):
            if score is not None:
                made.append(pain(record, entry, kind, score, part_of=reference))
    return made
