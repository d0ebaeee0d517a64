"""Compile the content files into the one artefact that run time loads.

`python -m kneewise.knowledge.compile` writes it; a broken content stops it with one line per error.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sized
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import msgspec

from kneewise.knowledge import (
    compile_anatomy,
    compile_measures,
    compile_mechanics,
    compile_training,
    schema,
    types,
)
from kneewise.knowledge.artefact import ARTEFACT
from kneewise.knowledge.check import check
from kneewise.knowledge.load import CONTENT, Content, Problem, load

M = TypeVar("M")


class ContentBroken(ValueError):
    """The content cannot be compiled; `problems` says what is wrong, one entry each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def expression(node: Any) -> types.Expression:
    """A content expression as a rule node."""
    if isinstance(node, str):
        return types.Expression("present", finding=node)
    if isinstance(node, schema.Measure):
        name: Any = next(k for k in ("at_least", "at_most", "over", "under") if getattr(node, k) is not None)
        return types.Expression("measure", finding=node.measure, comparison=name, number=getattr(node, name))
    if isinstance(node, schema.AllOf):
        return types.Expression("all", parts=tuple(expression(part) for part in node.all))
    if isinstance(node, schema.AnyOf):
        return types.Expression("any", parts=tuple(expression(part) for part in node.any))
    return types.Expression("at_least", k=node.at_least, parts=tuple(expression(part) for part in node.of))


def _maybe(node: Any) -> types.Expression | None:
    return None if node is None else expression(node)


def _files(content: Content, kind: type[M]) -> Iterator[tuple[str, M]]:
    for name, model in content.files.items():
        if isinstance(model, kind):
            yield name, model


def _figure(cell: schema.Figure | str, words: dict[Any, schema.ProbabilityFigure]) -> types.Figure:
    figure = words[cell] if isinstance(cell, str) else cell
    return types.Figure(figure.value, figure.low, figure.high, figure.basis, figure.source)


def _scales(content: Content) -> tuple[types.Scales, schema.Scales]:
    model = next(model for _, model in _files(content, schema.Scales))
    errors = {
        name: types.AnswerError(error.false_positive.value, error.false_negative.value)
        for name, error in model.answer_errors.items()
    }
    return (
        types.Scales(
            age_bands=model.age_bands,
            duration_bands_days=model.duration_bands_days,
            pain_bands=model.pain_bands,
            baseline_age=model.baseline_age,
            baseline_male=model.baseline_male,
            baseline_duration=model.baseline_duration,
            baseline_pain=model.baseline_pain,
            answer_errors=errors,
            ratio_cap=model.ratio_cap,
            group_correlation=model.group_correlation.value,
            something_else=_figure(model.something_else, {}),
            posterior_places=model.posterior_places,
            other_places=model.other_places,
            unplaced=model.unplaced,
        ),
        model,
    )


def _finding(topic: str, item: schema.Finding, words: dict[Any, schema.ProbabilityFigure]) -> types.Finding:
    return types.Finding(
        id=item.id,
        topic=topic,
        kind=item.kind,
        who=item.who,
        screens=item.screens or "",
        sided=item.sided,
        group=item.group or "",
        answer_error=item.answer_error,
        baseline=_figure(item.baseline, words).value if item.baseline is not None else 0.5,
        unit=item.unit,
        minimum=item.minimum if item.minimum is not None else 0.0,
        maximum=item.maximum if item.maximum is not None else 0.0,
        implies=item.implies,
        excludes=item.excludes,
        opposite=item.opposite or "",
        sex=item.applies.sex or "",
        min_age=item.applies.min_age if item.applies.min_age is not None else 0.0,
        max_age=item.applies.max_age if item.applies.max_age is not None else 200.0,
        only_after=_maybe(item.applies.only_after),
        derived_from=_maybe(item.derived_from),
    )


def _findings(
    content: Content, words: dict[Any, schema.ProbabilityFigure]
) -> tuple[dict[str, types.Finding], dict[str, types.Alias]]:
    findings: dict[str, types.Finding] = {}
    aliases: dict[str, types.Alias] = {}
    for name, file in _files(content, schema.FindingFile):
        for item in file.findings:
            findings[item.id] = _finding(PurePosixPath(name).stem, item, words)
            for alias in item.aliases:
                aliases[alias.id] = types.Alias(alias.id, item.id, alias.factor)
    for _, file in _files(content, schema.FindingFile):
        for item in file.findings:
            for covered in item.covers:
                data = findings[covered]
                findings[covered] = replace(data, implies=tuple(dict.fromkeys((*data.implies, item.id))))
    return findings, aliases


def _condition(item: schema.Condition, words: dict[Any, schema.ProbabilityFigure]) -> types.Condition:
    return types.Condition(
        id=item.id,
        kind=item.kind,
        group=item.group,
        harmless=item.harmless,
        usual_care_level=item.usual_care_level,
        icd10=item.codes.icd10,
        snomed_ct=item.codes.snomed_ct,
        prior_posterior_knee=_figure(item.priors.posterior_knee, words),
        prior_any_knee=_figure(item.priors.any_knee, words),
        age=item.age.shares,
        male=item.male.value,
        duration=item.duration.shares,
        pain=item.pain.shares,
        goes_with=tuple((other.id, other.probability.value) for other in item.goes_with),
        likelihoods={finding: _figure(cell, words) for finding, cell in item.likelihoods.items()},
        sources=item.sources,
    )


def _factor(item: schema.Factor) -> types.Factor:
    return types.Factor(
        id=item.id,
        measured=_maybe(item.measured),
        reported=_maybe(item.reported),
        suspected=_maybe(item.suspected),
        acts_on=tuple(types.ActsOn(act.cause, act.strength, act.note, act.sources) for act in item.acts_on),
        sources=item.sources,
    )


def _red_flag(item: schema.RedFlag) -> types.RedFlag:
    return types.RedFlag(
        id=item.id,
        code=item.code,
        care_level=item.care_level,
        programme=item.programme,
        points_to=item.points_to,
        when=expression(item.when),
        if_unsure=item.if_unsure,
        universal=item.universal,
        sources=item.sources,
        decided=item.decided,
    )


def _leg(side: schema.Side) -> types.Leg:
    return types.Leg(side.hip, side.knee, side.ankle, side.hip_abduction)


def _drawing(item: schema.Figure2D) -> types.Drawing:
    poses = tuple(
        types.KeyPose(
            trunk=pose.trunk,
            working=_leg(pose.working),
            other=_leg(pose.other),
            arms=tuple(types.Arm(arm.shoulder, arm.elbow, arm.abduction, arm.to) for arm in pose.arms),
            contacts=pose.contacts,
            seconds=pose.seconds,
            label=pose.label,
            neck=pose.neck,
            lean=pose.lean,
            arrow=pose.arrow,
        )
        for pose in item.poses
    )
    return types.Drawing(
        view=item.view,
        orientation=item.orientation,
        poses=poses,
        props=tuple(types.Prop(prop.kind, prop.at, prop.to) for prop in item.props),
        pictogram=item.pictogram or "",
        spine_share_of_hip=item.spine_share_of_hip,
        also=item.also,
    )


def _contraindication(entry: schema.Contraindication) -> types.Contraindication:
    return types.Contraindication(
        causes=entry.causes,
        factors=entry.factors,
        when=_maybe(entry.when),
        action=entry.action,
        phase=types.LAST_PHASE if entry.phase == "last" else entry.phase or 0,
        why=entry.why,
        source=entry.source,
        basis=entry.basis,
        if_unsure=entry.if_unsure,
    )


def _shared(content: Content) -> tuple[types.SharedContraindication, ...]:
    """What many exercises have held against them, with the exercises that its groups mean."""
    every = [item.id for _, item in _files(content, schema.Exercise)]
    found = []
    for _, file in _files(content, schema.ContraindicationFile):
        groups = {**file.groups, "all": tuple(every)}
        for item in file.entries:
            meant = [one for name in item.on for one in groups.get(name, (name,)) if one not in item.spare]
            found.append(
                types.SharedContraindication(item.id, tuple(sorted(set(meant))), _contraindication(item))
            )
    return tuple(found)


def _exercise(item: schema.Exercise) -> types.Exercise:
    return types.Exercise(
        id=item.id,
        qualities=item.qualities,
        type=item.type,
        level=item.level,
        one_leg=item.one_leg,
        equipment=item.equipment,
        minutes=item.minutes,
        dose=types.Dose(**item.dose.model_dump()),
        easier=item.easier,
        harder=item.harder,
        contraindications=tuple(_contraindication(entry) for entry in item.contraindications),
        figure=_drawing(item.figure),
        length_class=item.length_class or "",
        load_class=item.load_class,
        sources=item.sources,
    )


def _protocol(item: schema.Protocol) -> types.Protocol:
    return types.Protocol(
        id=item.id,
        causes=item.causes,
        factors=item.factors,
        start_phase=tuple((expression(when), phase) for when, phase in item.start_phase),
        phases=tuple(
            types.Phase(
                id=phase.id,
                needs=tuple(
                    types.Need(need.quality, need.exercises, need.required, need.dose or "")
                    for need in phase.needs
                ),
                days_per_week=phase.days_per_week,
                weeks=phase.weeks,
                exit=tuple(criterion.id for criterion in phase.exit),
                pain_allowed=phase.pain_allowed,
            )
            for phase in item.phases
        ),
        merge_rank=item.merge_rank,
        after_clinician=item.after_clinician,
        not_beside=item.not_beside,
        maintenance_days=item.maintenance_days,
        advice=item.advice,
        avoid=item.avoid,
        come_back=item.come_back,
        sources=item.sources,
    )


def _advice(item: schema.Advice) -> types.Advice:
    return types.Advice(
        id=item.id,
        kind=item.kind,
        causes=item.causes,
        groups=item.groups,
        factors=item.factors,
        red_flags=item.red_flags,
        care_levels=item.care_levels,
        when=_maybe(item.when),
        never_if=_maybe(item.never_if),
        order=item.order,
        sources=item.sources,
        basis=item.basis,
    )


def _treatment(item: schema.Treatment) -> types.Treatment:
    evidence = tuple(types.TreatmentEvidence(**entry.model_dump()) for entry in item.evidence)
    return types.Treatment(
        id=item.id,
        kind=item.kind,
        given_by=item.given_by,
        causes=item.causes,
        groups=item.groups,
        factors=item.factors,
        not_for=item.not_for,
        never_if=_maybe(item.never_if),
        evidence=evidence,
        exercises=item.exercises,
        see_also=item.see_also,
        sources=item.sources,
    )


def _topic(item: schema.Topic) -> types.Topic:
    return types.Topic(
        id=item.id,
        kind=item.kind,
        order=item.order,
        causes=item.causes,
        factors=item.factors,
        exercises=item.exercises,
        treatments=item.treatments,
        see_also=item.see_also,
        sources=item.sources,
    )


def _seeded(content: Content) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(kind, id, seeds) of every piece of content that says which item of the articles it answers."""
    for name, model in content.files.items():
        kind = name.split("/", 1)[0]
        listed = getattr(model, kind, None)
        for item in listed if isinstance(listed, tuple) else (model,):
            seeds = getattr(item, "seeds", ())
            if seeds:
                yield kind, item.id, seeds


def _seed_items(content: Content) -> tuple[types.SeedItem, ...]:
    """Every item with all that answers it: the content that names it, and what the item names itself."""
    answers: dict[str, dict[tuple[str, str], None]] = {}
    for kind, id_, seeds in _seeded(content):
        for seed in seeds:
            answers.setdefault(seed, {})[(kind, id_)] = None
    items = []
    for _, file in _files(content, schema.SeedItems):
        for item in file.items:
            kinds = [tuple(entry.split("/", 1)) for entry in item.answered_by]
            named = dict.fromkeys([*answers.get(item.id, {}), *((kind, id_) for kind, id_ in kinds)])
            test = item.test or file.test.format(id=item.id)
            items.append(
                types.SeedItem(item.id, item.article, item.kind, item.says, tuple(named), item.features, test)
            )
    return tuple(items)


def _both_sides(entries: Iterable[schema.BothSides]) -> tuple[types.BothSides, ...]:
    return tuple(types.BothSides(**entry.model_dump()) for entry in entries)


def _treatment_words(model: schema.TreatmentWords) -> types.TreatmentWords:
    plain = model.model_dump(exclude={"both_sides"})
    return types.TreatmentWords(**plain, both_sides=_both_sides(model.both_sides))


def _topic_words(model: schema.TopicWords) -> types.TopicWords:
    sections = tuple(types.Section(**section.model_dump()) for section in model.sections)
    return types.TopicWords(model.id, model.title, model.short, sections, _both_sides(model.both_sides))


def _words(content: Content) -> types.Words:
    findings: dict[str, types.FindingWords] = {}
    for _, file in _files(content, schema.FindingWordsFile):
        for entry in file.words:
            answers = tuple(types.AnswerOption(option.label, option.state) for option in entry.answers)
            findings[entry.id] = types.FindingWords(**entry.model_dump(exclude={"answers"}), answers=answers)
    conditions = {
        model.id: types.ConditionWords(**model.model_dump())
        for _, model in _files(content, schema.ConditionWords)
    }
    words = types.Words(
        findings=findings,
        conditions=conditions,
        factors={},
        red_flags={},
        exercises={},
        pages={},
        phrases={},
        treatments={},
        topics={},
        anatomy=compile_anatomy.anatomy_words(content),
        measures=compile_measures.measure_words(content),
        instruments=compile_measures.instrument_words(content),
    )
    words.treatments.update(
        {model.id: _treatment_words(model) for _, model in _files(content, schema.TreatmentWords)}
    )
    words.topics.update({model.id: _topic_words(model) for _, model in _files(content, schema.TopicWords)})
    for _, listed in _files(content, schema.WordsFile):
        words.factors.update({entry.id: types.FactorWords(**entry.model_dump()) for entry in listed.factors})
        words.red_flags.update(
            {entry.id: types.RedFlagWords(**entry.model_dump()) for entry in listed.red_flags}
        )
        words.exercises.update(
            {entry.id: types.ExerciseWords(**entry.model_dump()) for entry in listed.exercises}
        )
        words.pages.update({entry.id: types.PageWords(**entry.model_dump()) for entry in listed.pages})
        words.phrases.update({entry.id: types.Phrase(**entry.model_dump()) for entry in listed.phrases})
    return words


def _lexicon(content: Content) -> types.Lexicon:
    entries: list[types.LexiconEntry] = []
    classes: dict[str, tuple[str, ...]] = {}
    for _, file in _files(content, schema.LexiconFile):
        classes.update(file.classes)
        entries.extend(
            types.LexiconEntry(entry.finding, entry.says, entry.denies, entry.not_if)
            for entry in file.entries
        )
    return types.Lexicon(tuple(entries), classes)


def _reviewed(content: Content) -> bool:
    return all(model.reviewer for _, model in _files(content, schema.Reviewed))


def build(content: Content) -> types.Knowledge:
    """The compiled knowledge of a content without problems; its version is the hash of all it holds."""
    scales, scale_model = _scales(content)
    words = dict(scale_model.likelihood_words)
    findings, aliases = _findings(content, words)
    interview = next(model for _, model in _files(content, schema.Interview))
    knowledge = types.Knowledge(
        version="",
        reviewed=_reviewed(content),
        scales=scales,
        sources={
            source.id: types.Source(source.id, source.citation, source.doi, source.pmid, source.status)
            for _, file in _files(content, schema.SourceFile)
            for source in file.sources
        },
        findings=findings,
        aliases=aliases,
        derivations=tuple(
            types.Derivation(item.finding, expression(item.present_if), _maybe(item.absent_if))
            for _, file in _files(content, schema.Derivations)
            for item in file.derivations
        ),
        conditions={model.id: _condition(model, words) for _, model in _files(content, schema.Condition)},
        factors={model.id: _factor(model) for _, model in _files(content, schema.Factor)},
        red_flags=tuple(
            _red_flag(item) for _, file in _files(content, schema.RedFlagFile) for item in file.red_flags
        ),
        pages=tuple(
            sorted(
                (
                    types.Page(
                        page.id,
                        page.screen,
                        page.style,
                        page.findings,
                        page.at_most,
                        page.order,
                        _maybe(page.only_after),
                        page.home_test,
                    )
                    for page in interview.pages
                ),
                key=lambda page: page.order,
            )
        ),
        exercises={model.id: _exercise(model) for _, model in _files(content, schema.Exercise)},
        protocols={model.id: _protocol(model) for _, model in _files(content, schema.Protocol)},
        advice=tuple(_advice(item) for _, file in _files(content, schema.AdviceFile) for item in file.advice),
        dose_schemes=compile_training.dose_schemes(content),
        criteria=compile_training.criteria(content),
        pain_rules=compile_training.pain_rules(content),
        courses=compile_training.courses(content, expression),
        check_ins=compile_training.check_ins(content, expression),
        goals=compile_training.goals(content, expression),
        measures=compile_measures.measures(content, expression),
        instruments=compile_measures.instruments(content),
        anatomy=compile_anatomy.anatomy(content),
        contraindications=_shared(content),
        mechanics=compile_mechanics.mechanics(content),
        treatments={model.id: _treatment(model) for _, model in _files(content, schema.Treatment)},
        topics={
            model.id: _topic(model)
            for model in sorted((m for _, m in _files(content, schema.Topic)), key=lambda m: (m.order, m.id))
        },
        words={"en": _words(content)},
        lexicons={"en": _lexicon(content)},
        seed_items=_seed_items(content),
        features={
            name: what
            for _, file in _files(content, schema.SeedItems)
            for name, what in file.features.items()
        },
    )
    digest = hashlib.sha256(msgspec.json.encode(knowledge, order="deterministic")).hexdigest()
    return replace(knowledge, version=digest[:16])


def compile_content(root: Path = CONTENT) -> types.Knowledge:
    """Load, check and build. Raises `ContentBroken` with every problem."""
    content = load(root)
    problems = check(content)
    if problems:
        raise ContentBroken(problems)
    return build(content)


def _with_index(lexicon: types.Lexicon) -> types.Lexicon:
    """The lexicon with its index. Raises `ContentBroken` for a pattern that cannot be read."""
    # The one arrow that runs up: only the room that reads patterns can say what each of them needs.
    from kneewise.intake import PatternError, Reader

    entries = ((entry.finding, entry.says, entry.denies, entry.not_if) for entry in lexicon.entries)
    try:
        reader = Reader(entries, lexicon.classes)
        reader.prove()
    except PatternError as error:
        raise ContentBroken([Problem("lexicon/en", "", str(error))]) from None
    return replace(lexicon, index=reader.index())


def compile_ready(root: Path = CONTENT) -> types.Knowledge:
    """The compiled knowledge with what is worked out once for run time. Raises `ContentBroken`."""
    knowledge = compile_content(root)
    lexicons = {language: _with_index(lexicon) for language, lexicon in knowledge.lexicons.items()}
    return replace(knowledge, lexicons=lexicons)


def write_artefact(path: Path = ARTEFACT, root: Path = CONTENT) -> types.Knowledge:
    """Compile the content and write the artefact. Raises `ContentBroken` with every problem."""
    knowledge = compile_ready(root)
    path.write_bytes(msgspec.json.encode(knowledge, order="deterministic"))
    return knowledge


def main() -> int:
    """Write the artefact; 2 and one line per error if the content is broken."""
    try:
        knowledge = write_artefact()
    except ContentBroken as broken:
        print(broken, file=sys.stderr)
        return 2
    counts: dict[str, Sized] = {
        "causes": knowledge.conditions,
        "findings": knowledge.findings,
        "red flags": knowledge.red_flags,
        "exercises": knowledge.exercises,
    }
    told = ", ".join(f"{len(entries)} {name}" for name, entries in counts.items())
    print(f"knowledge {knowledge.version}: {told}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
