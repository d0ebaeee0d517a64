"""What a clinician orders for a programme: always with a reason, never past a contraindication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kneewise.evidence import BadCase
from kneewise.knowledge.types import Knowledge

CLINICIANS = ("physiotherapist", "doctor", "nurse")
KEYS = ("by", "on", "reason", "pin", "ban", "dose", "protocol", "phase", "pain_rule")
DOSE_KEYS = {
    "sets": (1, 10), "reps": (1, 60), "hold_seconds": (0, 3600), "rest_seconds": (0, 600),
    "times_per_week": (1, 14),
}  # fmt: skip
MOST_ORDERS = 100


@dataclass(frozen=True)
class Order:
    """One order. `dose` maps an exercise to the parts of its prescription that are set by hand."""

    by: str
    reason: str
    on: str | None = None
    pin: tuple[str, ...] = ()
    ban: tuple[str, ...] = ()
    dose: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    protocol: str | None = None
    phase: str | None = None
    pain_rule: str | None = None


def _ids(value: Any, where: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise BadCase(where, "this must be a list of exercise ids", 'Write it as ["nordic"]')
    for entry in value:
        if entry not in known:
            raise BadCase(
                where, f"there is no exercise {entry!r}", "`kneewise knowledge show exercises` lists them"
            )
    return tuple(value)


def _parts(value: Any, where: str) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping) or not value:
        raise BadCase(where, "this must be an object with what is set", 'Write it as {"sets": 2}')
    for key, number in value.items():
        if key not in DOSE_KEYS:
            raise BadCase(f"{where}/{key}", f"unknown key {key!r}", f"The keys are {', '.join(DOSE_KEYS)}")
        low, high = DOSE_KEYS[key]
        if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
            raise BadCase(
                f"{where}/{key}", f"{number!r} cannot be", f"Give a whole number from {low} to {high}"
            )
    return tuple(sorted(value.items()))


def _named(value: Any, where: str, known: Any, what: str) -> str | None:
    if value is None:
        return None
    if value not in known:
        raise BadCase(where, f"there is no {what} {value!r}", f"One of {', '.join(sorted(known))}")
    return str(value)


def _order(data: Any, where: str, knowledge: Knowledge) -> Order:
    if not isinstance(data, Mapping):
        raise BadCase(where, "this must be an object", 'Write it as {"by": "physiotherapist", …}')
    for key in data:
        if key not in KEYS:
            raise BadCase(f"{where}/{key}", f"unknown key {key!r}", f"The keys are {', '.join(KEYS)}")
    if data.get("by") not in CLINICIANS:
        raise BadCase(
            f"{where}/by", "say who orders this", f"One of {', '.join(CLINICIANS)}; others set wishes instead"
        )
    reason = data.get("reason")
    if not isinstance(reason, str) or not reason.strip() or len(reason) > 500:
        raise BadCase(f"{where}/reason", "an order needs its reason", "A sentence of up to 500 characters")
    dose = data.get("dose", {})
    if not isinstance(dose, Mapping):
        raise BadCase(f"{where}/dose", "this must be an object", 'Write it as {"nordic": {"sets": 2}}')
    _ids(list(dose), f"{where}/dose", knowledge.exercises)
    protocol = _named(data.get("protocol"), f"{where}/protocol", knowledge.protocols, "protocol")
    phases = {phase.id for phase in knowledge.protocols[protocol].phases} if protocol else set()
    if data.get("phase") is not None and protocol is None:
        raise BadCase(f"{where}/phase", "a phase needs its protocol", "Add protocol, or leave phase out")
    return Order(
        by=data["by"],
        reason=reason.strip(),
        on=data.get("on") if isinstance(data.get("on"), str) else None,
        pin=_ids(data.get("pin", []), f"{where}/pin", knowledge.exercises),
        ban=_ids(data.get("ban", []), f"{where}/ban", knowledge.exercises),
        dose=tuple((one, _parts(parts, f"{where}/dose/{one}")) for one, parts in sorted(dose.items())),
        protocol=protocol,
        phase=_named(data.get("phase"), f"{where}/phase", phases, "phase"),
        pain_rule=_named(
            data.get("pain_rule"),
            f"{where}/pain_rule",
            {rule.id for rule in knowledge.pain_rules},
            "pain rule",
        ),
    )


def parse_orders(data: Any, knowledge: Knowledge, where: str = "preferences/clinician") -> tuple[Order, ...]:
    """Orders from their JSON value, a list of objects. Raises `evidence.BadCase`."""
    if not isinstance(data, list | tuple) or len(data) > MOST_ORDERS:
        raise BadCase(
            where,
            f"this must be a list of at most {MOST_ORDERS} orders",
            'Write it as [{"by": "physiotherapist"}]',
        )
    return tuple(_order(entry, f"{where}/{i}", knowledge) for i, entry in enumerate(data))
