"""Check the content as a whole: ids, references, ranges, duplicates, unreachable rules, words, sources.

Each function looks at one kind of fault and yields `Problem`s; `check` gathers them, file by file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from kneewise.knowledge import compile_anatomy, compile_mechanics, schema, schema_measures, schema_training
from kneewise.knowledge.load import Content, Problem

M = TypeVar("M", bound=BaseModel)
LEVELS = ("self_care", "routine", "within_days", "same_day", "emergency")


def _files(content: Content, kind: type[M]) -> Iterator[tuple[str, M]]:
    for name, model in content.files.items():
        if isinstance(model, kind):
            yield name, model


@dataclass
class _Index:
    """All ids of the content, by kind."""

    findings: dict[str, schema.Finding] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    conditions: set[str] = field(default_factory=set)
    factors: set[str] = field(default_factory=set)
    red_flags: set[str] = field(default_factory=set)
    exercises: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    protocols: set[str] = field(default_factory=set)
    advice: set[str] = field(default_factory=set)
    treatments: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    phrases: set[str] = field(default_factory=set)
    answer_errors: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


def _index(content: Content) -> tuple[_Index, list[Problem]]:
    index = _Index()
    problems: list[Problem] = []
    places: dict[tuple[str, str], str] = {}

    def add(kind: str, id_: str, name: str, path: str) -> None:
        first = places.setdefault((kind, id_), f"{name}:{path}")
        if first != f"{name}:{path}":
            problems.append(Problem(name, path, f"{kind} {id_!r} is there twice (also at {first}); keep one"))

    for name, findings in _files(content, schema.FindingFile):
        for i, item in enumerate(findings.findings):
            add("finding", item.id, name, f"findings/{i}")
            index.findings[item.id] = item
            for alias in item.aliases:
                add("finding", alias.id, name, f"findings/{i}/aliases/{alias.id}")
                index.aliases.add(alias.id)
    for name, condition in _files(content, schema.Condition):
        add("condition", condition.id, name, "id")
        index.conditions.add(condition.id)
        index.groups.add(condition.group)
        if PurePosixPath(name).stem != condition.id:
            problems.append(Problem(name, "id", f"the file is named for another id than {condition.id!r}"))
    for name, factor in _files(content, schema.Factor):
        add("factor", factor.id, name, "id")
        index.factors.add(factor.id)
    for name, exercise in _files(content, schema.Exercise):
        add("exercise", exercise.id, name, "id")
        index.exercises.add(exercise.id)
    for name, protocol in _files(content, schema.Protocol):
        add("protocol", protocol.id, name, "id")
        index.protocols.add(protocol.id)
    for name, advice in _files(content, schema.AdviceFile):
        for i, piece in enumerate(advice.advice):
            add("advice", piece.id, name, f"advice/{i}")
            index.advice.add(piece.id)
    for name, treatment in _files(content, schema.Treatment):
        add("treatment", treatment.id, name, "id")
        index.treatments.add(treatment.id)
    for name, topic in _files(content, schema.Topic):
        add("topic", topic.id, name, "id")
        index.topics.add(topic.id)
    for name, flags in _files(content, schema.RedFlagFile):
        for i, flag in enumerate(flags.red_flags):
            add("red flag", flag.id, name, f"red_flags/{i}")
            add("red flag code", flag.code, name, f"red_flags/{i}/code")
            index.red_flags.add(flag.id)
    for name, sources in _files(content, schema.SourceFile):
        for i, source in enumerate(sources.sources):
            add("source", source.id, name, f"sources/{i}")
            index.sources.add(source.id)
    for name, words in _files(content, schema.WordsFile):
        for i, phrase in enumerate(words.phrases):
            add("phrase", phrase.id, name, f"phrases/{i}")
            index.phrases.add(phrase.id)
    for _, scales in _files(content, schema.Scales):
        index.answer_errors |= set(scales.answer_errors)
    return index, problems


def _leaves(node: Any, path: str) -> Iterator[tuple[str, str, schema.Measure | None]]:
    """(path, finding, measure or None) of every leaf of a content expression."""
    if isinstance(node, str):
        yield path, node, None
    elif isinstance(node, schema.Measure):
        yield path, node.measure, node
    elif node is not None:
        key = "all" if isinstance(node, schema.AllOf) else "any" if isinstance(node, schema.AnyOf) else "of"
        for i, part in enumerate(getattr(node, key)):
            yield from _leaves(part, f"{path}/{key}/{i}")


def _expression(node: Any, name: str, path: str, index: _Index) -> Iterator[Problem]:
    for where, finding, measure in _leaves(node, path):
        known = index.findings.get(finding)
        if known is None:
            yield Problem(name, where, f"there is no finding {finding!r}")
        elif measure is None and known.kind == "quantity":
            yield Problem(
                name, where, f"{finding!r} is a quantity: compare it (measure: {finding}, at_least: …)"
            )
        elif measure is not None:
            yield from _measure(known, measure, name, where)


def _measure(known: schema.Finding, measure: schema.Measure, name: str, where: str) -> Iterator[Problem]:
    if known.kind != "quantity" or known.minimum is None or known.maximum is None:
        yield Problem(name, where, f"{known.id!r} is not a quantity and cannot be compared")
        return
    never = {
        "at_least": measure.at_least is not None and measure.at_least > known.maximum,
        "over": measure.over is not None and measure.over >= known.maximum,
        "at_most": measure.at_most is not None and measure.at_most < known.minimum,
        "under": measure.under is not None and measure.under <= known.minimum,
    }
    for key, unreachable in never.items():
        if unreachable:
            limits = f"{known.id} runs {known.minimum:g} to {known.maximum:g}"
            yield Problem(name, where, f"{key} {getattr(measure, key):g} can never hold: {limits}")


def _references(ids: Any, known: set[str], kind: str, name: str, path: str) -> Iterator[Problem]:
    for id_ in ids:
        if id_ not in known:
            yield Problem(name, path, f"there is no {kind} {id_!r}")


def _check_findings(content: Content, index: _Index) -> Iterator[Problem]:
    for name, file in _files(content, schema.FindingFile):
        for i, item in enumerate(file.findings):
            path = f"findings/{i}({item.id})"
            for key in ("implies", "excludes", "covers"):
                yield from _references(
                    getattr(item, key), set(index.findings), "finding", name, f"{path}/{key}"
                )
            if item.opposite and item.opposite not in index.findings:
                yield Problem(name, f"{path}/opposite", f"there is no finding {item.opposite!r}")
            if item.id in item.implies or item.id in item.excludes:
                yield Problem(name, path, "a finding cannot imply or exclude itself")
            if item.answer_error not in index.answer_errors:
                yield Problem(
                    name, f"{path}/answer_error", f"scales.yaml has no answer error {item.answer_error!r}"
                )
            yield from _expression(item.derived_from, name, f"{path}/derived_from", index)
            yield from _expression(item.applies.only_after, name, f"{path}/applies/only_after", index)
    for name, derivations in _files(content, schema.Derivations):
        for i, derived in enumerate(derivations.derivations):
            path = f"derivations/{i}({derived.finding})"
            known = index.findings.get(derived.finding)
            if known is None or known.kind != "yes_no":
                yield Problem(name, path, f"{derived.finding!r} is not a yes_no finding")
            yield from _expression(derived.present_if, name, f"{path}/present_if", index)
            yield from _expression(derived.absent_if, name, f"{path}/absent_if", index)


def _check_conditions(content: Content, index: _Index) -> Iterator[Problem]:
    bands = {"age": 6, "duration": 4, "pain": 3}
    for _, scales in _files(content, schema.Scales):
        bands = {
            "age": len(scales.age_bands) + 1,
            "duration": len(scales.duration_bands_days) + 1,
            "pain": len(scales.pain_bands) + 1,
        }
    for name, item in _files(content, schema.Condition):
        for finding in item.likelihoods:
            known = index.findings.get(finding)
            if known is None:
                yield Problem(name, f"likelihoods/{finding}", f"there is no finding {finding!r}")
            elif known.kind == "quantity":
                yield Problem(
                    name, f"likelihoods/{finding}", "a quantity has no likelihood; name its yes_no finding"
                )
        for key, count in bands.items():
            if len(getattr(item, key).shares) != count:
                yield Problem(name, key, f"{count} shares are needed, one for each band of scales.yaml")
        yield from _references(
            (o.id for o in item.goes_with), index.conditions, "condition", name, "goes_with"
        )
        yield from _references(item.sources, index.sources, "source", name, "sources")
        for finding, cell in item.likelihoods.items():
            if isinstance(cell, schema.Figure):
                yield from _references(
                    cell.source, index.sources, "source", name, f"likelihoods/{finding}/source"
                )
    for name, factor in _files(content, schema.Factor):
        for key in ("measured", "reported", "suspected"):
            yield from _expression(getattr(factor, key), name, key, index)
        if not (factor.measured or factor.reported or factor.suspected):
            yield Problem(name, "", "a factor needs at least one of measured, reported, suspected")
        yield from _references(
            (act.cause for act in factor.acts_on), index.conditions, "condition", name, "acts_on"
        )
        yield from _references(factor.sources, index.sources, "source", name, "sources")
        for act in factor.acts_on:
            yield from _references(act.sources, index.sources, "source", name, f"acts_on/{act.cause}/sources")


def _check_red_flags(content: Content, index: _Index) -> Iterator[Problem]:
    for name, file in _files(content, schema.RedFlagFile):
        for i, flag in enumerate(file.red_flags):
            path = f"red_flags/{i}({flag.id})"
            yield from _expression(flag.when, name, f"{path}/when", index)
            yield from _references(flag.points_to, index.conditions, "condition", name, f"{path}/points_to")
            yield from _references(flag.sources, index.sources, "source", name, f"{path}/sources")
            if flag.if_unsure != "nothing" and LEVELS.index(flag.if_unsure) > LEVELS.index(flag.care_level):
                yield Problem(name, f"{path}/if_unsure", "not sure cannot give a higher level than yes")
            if flag.programme == "allowed" and LEVELS.index(flag.care_level) >= LEVELS.index("within_days"):
                yield Problem(
                    name, f"{path}/programme", "from within_days up the programme is none or relative_rest"
                )


def _check_interview(content: Content, index: _Index) -> Iterator[Problem]:
    placed: dict[str, str] = {}
    for name, interview in _files(content, schema.Interview):
        for i, page in enumerate(interview.pages):
            path = f"pages/{i}({page.id})"
            yield from _references(page.findings, set(index.findings), "finding", name, f"{path}/findings")
            yield from _expression(page.only_after, name, f"{path}/only_after", index)
            for finding in page.findings:
                if finding in placed:
                    yield Problem(
                        name, f"{path}/findings", f"{finding!r} is on the page {placed[finding]!r} too"
                    )
                placed[finding] = page.id
        for finding, item in index.findings.items():
            if item.who in ("person", "home_test") and item.kind != "derived" and finding not in placed:
                yield Problem(name, "pages", f"{finding!r} is on no page: nobody could be asked about it")


def _check_contraindication(
    entry: schema.Contraindication, name: str, path: str, index: _Index
) -> Iterator[Problem]:
    yield from _references(entry.causes, index.conditions, "condition", name, f"{path}/causes")
    yield from _references(entry.factors, index.factors, "factor", name, f"{path}/factors")
    yield from _expression(entry.when, name, f"{path}/when", index)


def _check_shared_contraindications(content: Content, index: _Index) -> Iterator[Problem]:
    for name, file in _files(content, schema.ContraindicationFile):
        for group, exercises in file.groups.items():
            yield from _references(exercises, index.exercises, "exercise", name, f"groups/{group}")
            if group in index.exercises or group == "all":
                yield Problem(name, f"groups/{group}", f"{group!r} is the name of an exercise or means all")
        known = {*file.groups, *index.exercises, "all"}
        groups = {**file.groups, "all": tuple(index.exercises)}
        seen: set[str] = set()
        for entry in file.entries:
            path = f"entries({entry.id})"
            if entry.id in seen:
                yield Problem(name, path, "this entry is there twice; keep one")
            seen.add(entry.id)
            yield from _check_contraindication(entry, name, path, index)
            yield from _references(entry.on, known, "group or exercise", name, f"{path}/on")
            meant = {one for word in entry.on for one in groups.get(word, (word,))}
            yield from _references(entry.spare, meant, "exercise of these groups", name, f"{path}/spare")


def _check_programme(content: Content, index: _Index) -> Iterator[Problem]:
    for name, item in _files(content, schema.Exercise):
        for key in ("easier", "harder"):
            yield from _references(getattr(item, key), index.exercises, "exercise", name, key)
        for i, entry in enumerate(item.contraindications):
            yield from _check_contraindication(entry, name, f"contraindications/{i}", index)
    for name, protocol in _files(content, schema.Protocol):
        yield from _references(protocol.causes, index.conditions, "condition", name, "causes")
        yield from _references(protocol.factors, index.factors, "factor", name, "factors")
        yield from _references(protocol.not_beside, index.protocols, "protocol", name, "not_beside")
        phases = {phase.id for phase in protocol.phases}
        for i, (when, phase) in enumerate(protocol.start_phase):
            yield from _expression(when, name, f"start_phase/{i}", index)
            yield from _references((phase,), phases, "phase", name, f"start_phase/{i}")
        for i, step in enumerate(protocol.phases):
            for need in step.needs:
                path = f"phases/{i}/needs/{need.quality}"
                yield from _references(need.exercises, index.exercises, "exercise", name, path)
        for key in ("advice", "avoid", "come_back"):
            yield from _references(getattr(protocol, key), index.phrases, "phrase", name, key)
        yield from _references(protocol.sources, index.sources, "source", name, "sources")
    for name, advice in _files(content, schema.AdviceFile):
        for i, piece in enumerate(advice.advice):
            path = f"advice/{i}({piece.id})"
            yield from _references((piece.id,), index.phrases, "phrase", name, path)
            yield from _references(piece.causes, index.conditions, "condition", name, f"{path}/causes")
            yield from _references(piece.factors, index.factors, "factor", name, f"{path}/factors")
            yield from _references(piece.red_flags, index.red_flags, "red flag", name, f"{path}/red_flags")
            yield from _references(piece.groups, index.groups, "group of conditions", name, f"{path}/groups")
            yield from _references(piece.sources, index.sources, "source", name, f"{path}/sources")
            yield from _expression(piece.when, name, f"{path}/when", index)
            yield from _expression(piece.never_if, name, f"{path}/never_if", index)


def _check_doses(content: Content, index: _Index) -> Iterator[Problem]:
    criteria = {
        item.id for _, file in _files(content, schema_training.CriterionFile) for item in file.criteria
    }
    schemes: set[str] = set()
    for name, file in _files(content, schema_training.DoseFile):
        for scheme in file.schemes:
            path = f"schemes({scheme.id})"
            if scheme.id in schemes:
                yield Problem(name, path, "this dose scheme is there twice; keep one")
            schemes.add(scheme.id)
            yield from _references(scheme.exercises, index.exercises, "exercise", name, path)
            yield from _references(scheme.entry, criteria, "criterion", name, f"{path}/entry")
            yield from _references(scheme.source, index.sources, "source", name, f"{path}/source")
            for i, step in enumerate(scheme.steps):
                phrases = [phrase for phrase in (step.effort, step.load, step.say) if phrase]
                yield from _references(phrases, index.phrases, "phrase", name, f"{path}/steps/{i}")
    for name, protocol in _files(content, schema.Protocol):
        for i, phase in enumerate(protocol.phases):
            doses = [need.dose for need in phase.needs if need.dose]
            yield from _references(doses, schemes, "dose scheme", name, f"phases/{i}/needs")
            exits = [criterion.id for criterion in phase.exit]
            yield from _references(exits, criteria, "criterion", name, f"phases/{i}/exit")


def _check_following(content: Content, index: _Index) -> Iterator[Problem]:
    findings = set(index.findings)
    for name, file in _files(content, schema_training.CriterionFile):
        for criterion in file.criteria:
            path = f"criteria({criterion.id})"
            yield from _references((criterion.id,), index.phrases, "phrase", name, path)
            named = [one for one in (criterion.finding, criterion.measure) if one]
            yield from _references(named, findings, "finding", name, path)
            if criterion.exercise_pain:
                yield from _references((criterion.exercise_pain,), index.exercises, "exercise", name, path)
            yield from _references(criterion.source, index.sources, "source", name, f"{path}/source")
    for name, rules in _files(content, schema_training.PainRuleFile):
        for rule in rules.rules:
            path = f"rules({rule.id})"
            yield from _references(rule.causes, index.conditions, "condition", name, path)
            yield from _references(rule.protocols, index.protocols, "protocol", name, path)
            yield from _references(rule.red_signs, findings, "finding", name, path)
            yield from _references(rule.source, index.sources, "source", name, path)
    for name, courses in _files(content, schema_training.CourseFile):
        for course in courses.courses:
            path = f"courses({course.id})"
            yield from _references(course.causes, index.conditions, "condition", name, path)
            yield from _references(course.protocols, index.protocols, "protocol", name, path)
            yield from _references(course.source, index.sources, "source", name, path)
            yield from _expression(course.severe, name, f"{path}/severe", index)
    for name, check_ins in _files(content, schema_training.CheckInFile):
        for entry in check_ins.check_ins:
            path = f"check_ins({entry.id})"
            yield from _references(entry.findings, findings, "finding", name, path)
            yield from _references(entry.causes, index.conditions, "condition", name, path)
            yield from _references(entry.factors, index.factors, "factor", name, path)
            yield from _references(entry.source, index.sources, "source", name, path)
            yield from _expression(entry.when, name, f"{path}/when", index)


def _sources_of(model: BaseModel) -> Iterator[str]:
    """Every source id below a model, wherever a figure, a norm or a rule names one."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        if key in ("source", "sources"):
            yield from value
        elif isinstance(value, BaseModel):
            yield from _sources_of(value)
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, BaseModel):
                    yield from _sources_of(part)


def _check_measures(content: Content, index: _Index) -> Iterator[Problem]:
    known: dict[str, schema_measures.Measure] = {}
    for name, file in _files(content, schema_measures.MeasureFile):
        for item in file.measures:
            path = f"measures({item.id})"
            if item.id in known:
                yield Problem(name, path, "this measure is there twice; keep one")
            known[item.id] = item
            finding = index.findings.get(item.finding or "")
            if item.finding and (finding is None or finding.kind != "quantity"):
                yield Problem(name, f"{path}/finding", f"{item.finding!r} is no finding that is a quantity")
            elif finding and (finding.unit, item.finding) != (item.unit, item.id):
                yield Problem(name, path, f"id and unit must be those of the finding: {finding.unit!r}")
            elif not item.finding and item.id in index.findings:
                yield Problem(name, path, "a finding has this id: name it as finding")
            figures = (item.figure,) if item.figure else ()
            yield from _references(figures, index.exercises, "exercise", name, f"{path}/figure")
            yield from _references(_sources_of(item), index.sources, "source", name, path)
            yield from _expression(item.never_if, name, f"{path}/never_if", index)
    told: set[str] = set()
    for name, words in _files(content, schema_measures.MeasureWordsFile):
        for entry in words.measures:
            told.add(entry.id)
            path = f"measures({entry.id})"
            yield from _references((entry.id,), set(known), "measure", name, path)
            methods = {method.id for method in known[entry.id].methods} if entry.id in known else set()
            if methods and methods != set(entry.methods):
                yield Problem(name, f"{path}/methods", f"the methods are {', '.join(sorted(methods))}")
            if entry.id in known and known[entry.id].never_if and not entry.never_when:
                yield Problem(name, f"{path}/never_when", "say in words what never_if says")
    for id_ in sorted(set(known) - told):
        yield Problem("words/en", "", f"the measure {id_!r} has no words")


def _check_instruments(content: Content, index: _Index) -> Iterator[Problem]:
    known: dict[str, schema_measures.Instrument] = {}
    for name, file in _files(content, schema_measures.InstrumentFile):
        for item in file.instruments:
            if item.id in known:
                yield Problem(name, f"instruments({item.id})", "this instrument is there twice; keep one")
            known[item.id] = item
            yield from _references(
                _sources_of(item), index.sources, "source", name, f"instruments({item.id})"
            )
    told: set[str] = set()
    for name, words in _files(content, schema_measures.MeasureWordsFile):
        for entry in words.instruments:
            told.add(entry.id)
            path = f"instruments({entry.id})"
            yield from _references((entry.id,), set(known), "instrument", name, path)
            if entry.id not in known:
                continue
            item = known[entry.id]
            items = {one.id for one in item.items} if item.licence.wording else set()
            if items != set(entry.items):
                why = "every item needs its words" if items else "its wording may not be shipped"
                yield Problem(name, f"{path}/items", why)
            if {scale.id for scale in item.scales} != set(entry.scales):
                yield Problem(name, f"{path}/scales", "every scale needs a name, and no other")
            if {band.id for scale in item.scales for band in scale.bands} != set(entry.bands):
                yield Problem(name, f"{path}/bands", "every band needs a name, and no other")
    for id_ in sorted(set(known) - told):
        yield Problem("words/en", "", f"the instrument {id_!r} has no words")


def _check_mechanics(content: Content, index: _Index) -> Iterator[Problem]:
    yield from compile_mechanics.problems(content, index.exercises, set(index.findings), index.sources)


def _check_anatomy(content: Content, index: _Index) -> Iterator[Problem]:
    yield from compile_anatomy.problems(
        content, index.conditions, index.factors, index.findings, index.sources
    )


def _check_goals(content: Content, index: _Index) -> Iterator[Problem]:
    for name, file in _files(content, schema_training.GoalFile):
        for goal in file.goals:
            path = f"goals({goal.id})"
            yield from _references(goal.favours, index.exercises, "exercise", name, f"{path}/favours")
            yield from _expression(goal.shown_by, name, f"{path}/shown_by", index)


def _check_treatments_and_topics(content: Content, index: _Index) -> Iterator[Problem]:
    either = index.treatments | index.topics
    for name, item in _files(content, schema.Treatment):
        for key in ("causes", "not_for"):
            yield from _references(getattr(item, key), index.conditions, "condition", name, key)
        yield from _references(item.groups, index.groups, "group of conditions", name, "groups")
        yield from _references(item.factors, index.factors, "factor", name, "factors")
        yield from _references(item.exercises, index.exercises, "exercise", name, "exercises")
        yield from _references(item.see_also, either, "treatment or topic", name, "see_also")
        yield from _references(item.sources, index.sources, "source", name, "sources")
        yield from _expression(item.never_if, name, "never_if", index)
        for i, entry in enumerate(item.evidence):
            path = f"evidence/{i}"
            yield from _references(entry.causes, index.conditions, "condition", name, f"{path}/causes")
            yield from _references(entry.groups, index.groups, "group of conditions", name, f"{path}/groups")
            yield from _references(entry.sources, index.sources, "source", name, f"{path}/sources")
    for name, topic in _files(content, schema.Topic):
        yield from _references(topic.causes, index.conditions, "condition", name, "causes")
        yield from _references(topic.factors, index.factors, "factor", name, "factors")
        yield from _references(topic.exercises, index.exercises, "exercise", name, "exercises")
        yield from _references(topic.treatments, index.treatments, "treatment", name, "treatments")
        yield from _references(topic.see_also, either, "treatment or topic", name, "see_also")
        yield from _references(topic.sources, index.sources, "source", name, "sources")
    told: dict[str, list[tuple[str, schema.TreatmentWords | schema.TopicWords]]] = {
        "treatment": list(_files(content, schema.TreatmentWords)),
        "topic": list(_files(content, schema.TopicWords)),
    }
    for what, ids in (("treatment", index.treatments), ("topic", index.topics)):
        for name, words in told[what]:
            yield from _references((words.id,), ids, what, name, "id")
            for i, sides in enumerate(words.both_sides):
                cited = (sides.article, *sides.sources)
                yield from _references(cited, index.sources, "source", name, f"both_sides/{i}")
        for id_ in sorted(ids - {words.id for _, words in told[what]}):
            yield Problem("words/en", "", f"the {what} {id_!r} has no words")


def _check_words(content: Content, index: _Index) -> Iterator[Problem]:
    have: dict[str, set[str]] = defaultdict(set)
    for name, file in _files(content, schema.FindingWordsFile):
        for i, entry in enumerate(file.words):
            have["finding"].add(entry.id)
            states = [option.state for option in entry.answers]
            if entry.id not in index.findings:
                yield Problem(name, f"words/{i}", f"there is no finding {entry.id!r}")
            if entry.answers and not {"present", "absent", "unsure"} <= set(states):
                yield Problem(
                    name,
                    f"words/{i}({entry.id})/answers",
                    "the answers must offer present, absent and unsure",
                )
    for name, condition in _files(content, schema.ConditionWords):
        have["condition"].add(condition.id)
        yield from _references((condition.id,), index.conditions, "condition", name, "id")
    pages = {page.id for _, interview in _files(content, schema.Interview) for page in interview.pages}
    kinds = (
        ("factors", "factor", index.factors),
        ("red_flags", "red flag", index.red_flags),
        ("exercises", "exercise", index.exercises),
        ("pages", "page", pages | {"said"}),
    )
    for name, words in _files(content, schema.WordsFile):
        for key, kind, known in kinds:
            for i, item in enumerate(getattr(words, key)):
                have[kind].add(item.id)
                yield from _references((item.id,), known, kind, name, f"{key}/{i}")
    needed = (
        ("finding", set(index.findings)),
        ("condition", index.conditions),
        *((k, v) for _, k, v in kinds),
    )
    for kind, ids in needed:
        for id_ in sorted(ids - have[kind]):
            yield Problem("words/en", "", f"the {kind} {id_!r} has no words")


def _check_lexicon(content: Content, index: _Index) -> Iterator[Problem]:
    for name, file in _files(content, schema.LexiconFile):
        for i, entry in enumerate(file.entries):
            if entry.finding not in index.findings:
                yield Problem(name, f"entries/{i}", f"there is no finding {entry.finding!r}")


def _check_seeds(content: Content, index: _Index) -> Iterator[Problem]:
    """What the articles say: each item once, what answers it is there, and content names only known items."""
    items: dict[str, str] = {}
    known = {
        "conditions": index.conditions,
        "factors": index.factors,
        "findings": set(index.findings),
        "red_flags": index.red_flags,
        "exercises": index.exercises,
        "protocols": index.protocols,
        "advice": index.advice,
        "treatments": index.treatments,
        "topics": index.topics,
    }
    for name, file in _files(content, schema.SeedItems):
        for i, item in enumerate(file.items):
            path = f"items/{i}({item.id})"
            if item.id in items:
                yield Problem(name, path, f"the item {item.id!r} is there twice; keep one")
            items[item.id] = item.article
            yield from _references((item.article,), index.sources, "source", name, f"{path}/article")
            yield from _references(item.features, set(file.features), "feature", name, f"{path}/features")
            for entry in item.answered_by:
                kind, _, id_ = entry.partition("/")
                if kind not in known:
                    kinds = ", ".join(known)
                    yield Problem(name, f"{path}/answered_by", f"{kind!r} is no kind; the kinds are {kinds}")
                else:
                    yield from _references((id_,), known[kind], kind, name, f"{path}/answered_by")
    if not items:
        return
    for name, model in content.files.items():
        kind = name.split("/", 1)[0]
        listed = getattr(model, kind, None)
        for part in listed if isinstance(listed, tuple) else (model,):
            seeds = getattr(part, "seeds", ())
            where = "seeds" if part is model else f"{kind}/{part.id}/seeds"
            either = set(items) | set(items.values())
            yield from _references(seeds, either, "article or item of seed_items.yaml", name, where)


def check(content: Content) -> list[Problem]:
    """Every problem of the content, those of reading it first; an empty list means it is sound."""
    index, problems = _index(content)
    problems = [*content.problems, *problems]
    for kind in (schema.Scales, schema.Interview):
        if not any(True for _ in _files(content, kind)) and not content.problems:
            problems.append(Problem("", "", f"the content has no {kind.__name__} file"))
    for look in (
        _check_findings,
        _check_conditions,
        _check_red_flags,
        _check_interview,
        _check_shared_contraindications,
        _check_programme,
        _check_doses,
        _check_following,
        _check_goals,
        _check_measures,
        _check_instruments,
        _check_anatomy,
        _check_mechanics,
        _check_treatments_and_topics,
        _check_words,
        _check_lexicon,
        _check_seeds,
    ):
        problems.extend(look(content, index))
    return problems
