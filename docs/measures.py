"""The table of measures and questionnaires with their errors, norms, rules and licences: docs/reference/measures.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kneewise.knowledge.artefact import load_knowledge
from kneewise.knowledge.types import Knowledge
from kneewise.knowledge.types_measures import Instrument, Measure, Norm, Scale, Threshold

NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"
UNITS = {"deg": "°", "{reps}": "times", "{score}": "points", "{ratio}": "", "N.m/kg": "N·m/kg", "%": "%"}
RULES = {
    "value": "the answer",
    "sum": "sum",
    "prorated_sum": "sum, missing answers by the mean",
    "mean": "mean",
    "percent_of_best": "100 − the mean answer as a percentage of the highest",
    "table": "raw sum by table",
    "mean_of_scales": "mean of the scales",
}


def _unit(unit: str) -> str:
    return UNITS.get(unit, unit)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _cited(basis: str, source: tuple[str, ...]) -> str:
    return ", ".join((f"*{basis}*", *source))


def _threshold(threshold: Threshold | None, unit: str) -> str:
    if threshold is None:
        return "not known"
    figure = threshold.figure
    sign = "%" if threshold.percent else _unit(unit)
    span = f" ({_number(figure.low)}–{_number(figure.high)})" if figure.low != figure.high else ""
    return f"{_number(figure.value)} {sign}{span} {_cited(figure.basis, figure.source)}".replace("  ", " ")


def _measure_rows(measure: Measure, knowledge: Knowledge) -> Iterator[str]:
    words = knowledge.words["en"].measures[measure.id]
    for i, method in enumerate(measure.methods):
        cells = [
            f"{words.name} `{measure.id}`" if i == 0 else "",
            f"{words.methods[method.id]} `{method.id}`",
            method.by,
            _threshold(method.standard_error, measure.unit),
            _threshold(method.detectable_change, measure.unit),
            _threshold(measure.matters, measure.unit) if i == 0 else "",
            measure.better if i == 0 else "",
            ("each leg" if measure.sided else "one value") if i == 0 else "",
            f"{measure.stale_after_days} days" if i == 0 else "",
        ]
        yield f"| {' | '.join(cells)} |"


def _span(norm: Norm, unit: str) -> str:
    sign = f" {_unit(unit)}".rstrip()
    if norm.low is not None and norm.high is not None:
        return f"{_number(norm.low)} to {_number(norm.high)}{sign}"
    if norm.low is not None:
        return f"at least {_number(norm.low)}{sign}"
    return f"at most {_number(norm.high or 0)}{sign}"


def _norm_rows(measure: Measure, knowledge: Knowledge) -> Iterator[str]:
    name = knowledge.words["en"].measures[measure.id].name
    for norm in measure.norms:
        whom = f"{norm.sex or 'anybody'}, {norm.min_age:g} to {norm.max_age:g}"
        cells = [
            name,
            norm.kind.replace("_", " "),
            _span(norm, measure.unit),
            whom,
            norm.whom,
            ", ".join(norm.methods) or "any",
            _cited(norm.basis, norm.source),
        ]
        yield f"| {' | '.join(cells)} |"


def _how_to(measure: Measure, knowledge: Knowledge) -> Iterator[str]:
    words = knowledge.words["en"].measures[measure.id]
    yield from ("", f"### {words.name[0].upper()}{words.name[1:]}", "", words.what_it_shows, "")
    if words.needs:
        yield f"*Needs:* {'; '.join(words.needs)}."
        yield ""
    yield from (f"{i}. {step}" for i, step in enumerate(words.steps, 1))
    yield from ("", f"*Write down:* {words.write_down}")
    if words.stop_if:
        yield from ("", f"*Stop if:* {words.stop_if}")
    if words.never_when:
        yield from ("", f"*Never when:* {' '.join(words.never_when)}")
    yield from ("", words.limits)
    if measure.note:
        yield from ("", f"*For professionals:* {measure.note}")


def _scale_row(instrument: Instrument, scale: Scale, first: bool, knowledge: Knowledge) -> str:
    words = knowledge.words["en"].instruments[instrument.id]
    made_of = len(scale.items or scale.parts)
    changes = instrument.use == "change"
    cells = [
        f"{words.name} `{instrument.id}`" if first else "",
        f"{words.scales[scale.id]} `{scale.id}`",
        RULES[scale.rule],
        f"{scale.least_answered} of {made_of}",
        f"{_number(scale.minimum)} to {_number(scale.maximum)}",
        scale.better,
        _threshold(scale.detectable_change, "{score}") if changes else "no score of change",
        _threshold(scale.matters, "{score}") if changes else "",
        _cited(scale.basis, scale.source),
    ]
    return f"| {' | '.join(cells)} |"


def _instrument_lines(knowledge: Knowledge) -> Iterator[str]:
    yield from ("", "## Questionnaires", "")
    yield "Items are entered by key. Which wording is shipped, and why the rest is not, stands below the table."
    yield from (
        "",
        "| Questionnaire | Scale | Rule | Answers needed | Range | Better | Smallest real change | Change that matters | Rule from |",
        "|---|---|---|---:|---|---|---|---|---|",
    )
    for instrument in knowledge.instruments.values():
        for i, scale in enumerate(instrument.scales):
            yield _scale_row(instrument, scale, i == 0, knowledge)
    yield from ("", "| Questionnaire | Edition | Wording shipped | Terms | Note |", "|---|---|---|---|---|")
    for instrument in knowledge.instruments.values():
        licence = instrument.licence
        terms = f"{licence.terms} ({_cited(licence.basis, licence.source)})"
        shipped = "yes, our own words" if licence.wording else "no"
        yield f"| `{instrument.id}` | {instrument.edition} | {shipped} | {terms} | {instrument.note} |"


def _sources(knowledge: Knowledge) -> Iterator[str]:
    used: dict[str, None] = {}
    for measure in knowledge.measures.values():
        thresholds = [measure.matters]
        for method in measure.methods:
            thresholds += [method.standard_error, method.detectable_change]
        used |= dict.fromkeys(measure.sources)
        used |= dict.fromkeys(one for part in thresholds if part for one in part.figure.source)
        used |= dict.fromkeys(one for norm in measure.norms for one in norm.source)
    for instrument in knowledge.instruments.values():
        used |= dict.fromkeys((*instrument.sources, *instrument.licence.source))
        for scale in instrument.scales:
            used |= dict.fromkeys(scale.source)
            for threshold in (scale.detectable_change, scale.matters):
                used |= dict.fromkeys(threshold.figure.source if threshold else ())
    yield from ("", "## Sources", "")
    yield from (f"- {id_}: {knowledge.sources[id_].citation}" for id_ in sorted(used))


def measures_page(knowledge: Knowledge) -> str:
    """Every measure and questionnaire: how it is taken, its error, what is usual, whose it is."""
    measures = sorted(knowledge.measures.values(), key=lambda measure: measure.order)
    lines = [
        NOTICE,
        "# Measures and questionnaires",
        "",
        f"{len(knowledge.measures)} measures and {len(knowledge.instruments)} questionnaires. No clinician has reviewed them yet.",
        "",
        "Values are compared only within one measure, leg and method. A change is *real* if it is at least the",
        "smallest real change of that method (the error of two measurements, at 90 or 95 in 100). It is *improved* if",
        "it is also at least the change that matters and the person, where asked, feels better by 3 or more on a scale",
        "of −7 to +7. Worse by the numbers is worse, felt or not. Where nobody knows the error, no change is called",
        "real. *found*: read in the source; *recalled*: quoted from memory of it; *estimate*: judged, from the source",
        "that is named, if one is. No norm was made from people with pain at the back of the knee: the other leg",
        "tells more, and a norm is told only to people of its age and sex.",
        "",
        "## Errors",
        "",
        "| Measure | Method | Taken by | Standard error | Smallest real change | Change that matters | Better | Of | Old after |",
        "|---|---|---|---|---|---|---|---|---|",
        *(row for measure in measures for row in _measure_rows(measure, knowledge)),
        "",
        "## Norms",
        "",
        "| Measure | Kind | Value | Told to | Made from | Methods | From |",
        "|---|---|---|---|---|---|---|",
        *(row for measure in measures for row in _norm_rows(measure, knowledge)),
        *_instrument_lines(knowledge),
        "",
        "## How each is taken",
        *(line for measure in measures for line in _how_to(measure, knowledge)),
        *_sources(knowledge),
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The page by file name."""
    return {"measures.md": measures_page(load_knowledge())}
