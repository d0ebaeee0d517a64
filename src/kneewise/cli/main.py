"""`kneewise`: assess, plan and explain from the command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kneewise.cli.bring_in import import_file
from kneewise.cli.export import export
from kneewise.evidence import BadCase

if TYPE_CHECKING:
    from kneewise.pathway import Engine

WRONG_INPUT, OUR_FAULT = 2, 1


def say(message: str) -> None:
    """Talk to the person: standard error, so that standard output stays data."""
    click.echo(message, err=True)


def emit(value: Any) -> None:
    """One JSON document on one line of standard output, keys in the order of the contract."""
    click.echo(json.dumps(value, ensure_ascii=False))


def engine() -> Engine:
    """The engine over the compiled knowledge, loaded when a command needs it."""
    from kneewise.knowledge.artefact import load_knowledge
    from kneewise.pathway import Engine

    return Engine(load_knowledge())


@contextmanager
def at(place: str) -> Iterator[None]:
    """Put the file (and line) before the path of what is wrong in it."""
    try:
        yield
    except BadCase as bad:
        where = bad.where if bad.where.startswith(place) else f"{place}: {bad.where}" if bad.where else place
        raise BadCase(where, bad.what, bad.mend) from None


class Faults(click.Group):
    """The group that turns errors into one clear message and the right exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command: 2 for wrong input, 1 for a fault of ours."""
        from kneewise.knowledge.artefact import KnowledgeMissing

        try:
            return super().invoke(ctx)
        except BadCase as bad:
            say(f"kneewise: {bad}")
            ctx.exit(WRONG_INPUT)
        except KnowledgeMissing as missing:
            say(f"kneewise: {missing}")
            ctx.exit(OUR_FAULT)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  # nobody reads on: end quietly
            ctx.exit(0)


@click.group(cls=Faults, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="kneewise", message="%(prog)s %(version)s")
def main() -> None:
    """From "the back of my knee hurts" to a safe answer, a reason, and a first programme.

    \b
    kneewise assess --text "stiff behind the knees after sitting all day" --age 35
    kneewise assess case.json --json
    kneewise serve

    kneewise supports decisions. It is not a diagnosis, and no clinician has reviewed its content yet.
    """


def _case_from_options(
    text: str | None, age: float | None, sex: str | None, side: str | None
) -> dict[str, Any]:
    person: dict[str, Any] = {}
    if age is not None:
        person["age"] = age
    if sex is not None:
        person["sex"] = sex
    case: dict[str, Any] = {"person": person}
    if text is not None:
        case["text"] = text
    if side is not None:
        case["side"] = side
    return case


def case_options(command: Any) -> Any:
    """The options that describe a case in words instead of a file."""
    for option in (
        click.option("--side", help="left, right or both."),
        click.option("--sex", help="female or male (given at birth)."),
        click.option("--age", type=float, help="Age in years."),
        click.option("--text", help="The complaint in the person's own words."),
    ):
        command = option(command)
    return command


def _cases(file: str | None, options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    from kneewise.cli.files import read_values

    given = any(value is not None for value in options.values())
    if (file is None) == (not given):
        raise BadCase(
            "the command",
            "give a case file or --text, one of the two",
            "For example: kneewise assess --text '…'",
        )
    if file is not None:
        return read_values(file)
    return [("the command line", _case_from_options(**options))]


@main.command()
@click.argument("file", required=False)
@case_options
@click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON.")
def assess(file: str | None, as_json: bool, **options: Any) -> None:
    """How urgent, which causes, what contributes – each with reasons.

    FILE is a case as JSON, or JSON lines; - reads standard input.
    """
    cases = _cases(file, options)
    ready = engine()
    for place, value in cases:
        with at(place):
            assessment = ready.assess(value)
        if as_json or len(cases) > 1:
            emit(assessment)
        else:
            from kneewise.cli.show import show_assessment

            show_assessment(assessment, ready.words, ready.knowledge.red_flags)


@main.command()
@click.argument("file", required=False)
@case_options
@click.option("--preferences", "preferences_file", help="What the person wants and has, as JSON.")
@click.option(
    "--swap",
    "swaps",
    multiple=True,
    metavar="OLD[=NEW]",
    help="OLD=NEW puts one exercise in the place of another; OLD alone lists what could take its place.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the programme (or the alternatives) as JSON.")
def plan(
    file: str | None, preferences_file: str | None, swaps: tuple[str, ...], as_json: bool, **options: Any
) -> None:
    """A first programme for a case, or what to do meanwhile where exercises must wait."""
    from kneewise.cli.files import parse_json, read_text
    from kneewise.cli.plan import plan_case
    from kneewise.plan import parse_preferences

    cases = _cases(file, options)
    ready = engine()
    wanted = None
    if preferences_file:
        with at(preferences_file):
            wanted = parse_json(read_text(preferences_file), preferences_file)
    preferences = parse_preferences(wanted, ready.knowledge)
    for place, value in cases:
        with at(place):
            made = plan_case(value, preferences, swaps, ready)
        if as_json or len(cases) > 1:
            emit(made)
        elif "instead" in made:
            from kneewise.cli.show_programme import show_alternatives

            show_alternatives(made, ready.words)
        else:
            from kneewise.cli.show_programme import show_programme

            show_programme(made, ready.knowledge, ready.words)


def _watched(cases: list[Any], label: str) -> tuple[Any, Any]:
    """A progress bar on standard error, when a person watches."""
    return click.progressbar(length=len(cases), label=label, file=sys.stderr), sys.stderr.isatty() and len(
        cases
    ) > 5


@main.command()
@click.argument("programme_file", metavar="PROGRAMME")
@click.argument("diary_file", metavar="DIARY")
@click.option("--on", "day", required=True, help="The day of the review, as 2026-11-20.")
@click.option("--json", "as_json", is_flag=True, help="Print the review as JSON.")
def review(programme_file: str, diary_file: str, day: str, as_json: bool) -> None:
    """What changes in a programme, and why: PROGRAMME from `plan --json`, DIARY with one entry a line."""
    from kneewise.cli.files import parse_json, read_text, read_values
    from kneewise.pathway.review import review_programme

    ready = engine()
    with at(programme_file):
        programme = parse_json(read_text(programme_file), programme_file)
        if not isinstance(programme, Mapping):
            raise BadCase("", "a programme must be an object", "Give what `kneewise plan --json` prints")
    # A diary begins empty: no entry is not a mistake.
    entries = [value for _, value in read_values(diary_file, may_be_empty=True)]
    if len(entries) == 1 and isinstance(entries[0], list):
        entries = entries[0]
    with at(diary_file):
        made = review_programme(programme, entries, day, ready)
    if as_json:
        emit(made)
        return
    from rich.console import Console

    from kneewise.cli.show_review import show_review

    show_review(made, ready.words, Console(highlight=False))


@main.command()
@click.argument("file")
@click.option(
    "--json", "as_json", is_flag=True, help="Accepted for symmetry: the output is always JSON lines."
)
def interview(file: str, as_json: bool) -> None:
    """Run scripted interviews (JSON lines) to their end; one assessment a line, with the pages asked."""
    from kneewise.cli.files import read_values
    from kneewise.pathway import run_script

    ready = engine()
    values = read_values(file)
    bar, watched = _watched(values, "interviews")
    for place, value in values:
        with at(place):
            if not isinstance(value, Mapping):
                raise BadCase("", "a scripted case must be an object", 'Write it as {"text": …}')
            emit(run_script(value, ready))
        if watched:
            bar.update(1)


@main.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@click.option("--text-alone", is_flag=True, help="Ask nothing: assess the text, age, sex and side alone.")
@click.option("--pictures", help="Write calibration and levels as SVG to this folder.")
def evaluate(file: str, as_json: bool, text_alone: bool, pictures: str | None) -> None:
    """How good are the assessments of scripted cases (JSON lines): causes, safety, length."""
    from kneewise.cli.files import read_values
    from kneewise.pathway import evaluate_lines

    ready = engine()
    values = read_values(file)
    for place, value in values:
        if not isinstance(value, Mapping):
            raise BadCase(place, "a scripted case must be an object", 'Write it as {"text": …}')
    bar, watched = _watched(values, "cases")
    step = (lambda: bar.update(1)) if watched else (lambda: None)
    table = evaluate_lines([value for _, value in values], ready, step, text_alone=text_alone)
    if pictures is not None:
        from pathlib import Path

        from kneewise.cli.pictures import write_pictures

        for path in write_pictures(table, Path(pictures)):
            say(f"wrote {path}")
    if as_json:
        emit(table)
    else:
        from kneewise.cli.show import show_evaluation

        show_evaluation(table)


@main.command()
@case_options
def ask(**options: Any) -> None:
    """Go through the questions in the terminal: one page at a time."""
    from kneewise.cli.ask import run

    run(engine(), _case_from_options(**options))


@main.command()
@click.argument("exercise", required=False)
@click.option("--anatomy", metavar="VIEW", help="The leg instead: back, side or front.")
@click.option("--highlight", metavar="IDS", default="", help="Structures to mark in it, with commas between.")
@click.option("--left", is_flag=True, help="A left leg, as --side left.")
@click.option(
    "--side", type=click.Choice(["right", "left"]), help="The leg that works; left turns the picture round."
)
@click.option(
    "--animated", is_flag=True, help="The exercise moves in a loop; still where less motion is asked."
)
@click.option("--compact", is_flag=True, help="The exercise legible at 120 px: two panels at most, no words.")
@click.option("--dark", is_flag=True, help="The exercise in dark colours, whatever the page.")
@click.option("-o", "--to", "target", help="Write the picture to this file instead of standard output.")
def figure(
    exercise: str | None,
    anatomy: str | None,
    highlight: str,
    left: bool,
    side: str | None,
    animated: bool,
    compact: bool,
    dark: bool,
    target: str | None,
) -> None:
    """The picture of an exercise, or of the leg's anatomy, as SVG."""
    from pathlib import Path

    from kneewise.pathway.figures import exercise_svg
    from kneewise.pathway.pictures import anatomy_svg

    if (exercise is None) == (anatomy is None):
        raise BadCase(
            "the command", "name an exercise or an anatomy picture", "`kneewise figure --anatomy back`"
        )
    if exercise is not None and highlight:
        raise BadCase("the command", "--highlight goes with --anatomy", "Leave it out.")
    if anatomy is not None and (animated or compact or dark):
        raise BadCase(
            "the command", "--animated, --compact and --dark go with an exercise", "Leave them out."
        )
    of_left = left or side == "left"
    if anatomy is not None:
        marked = tuple(part.strip() for part in highlight.split(",") if part.strip())
        svg = anatomy_svg(anatomy, engine(), marked, mirrored=of_left)
    else:
        svg = exercise_svg(
            str(exercise),
            engine(),
            side="left" if of_left else "right",
            animated=animated,
            compact=compact,
            dark=dark,
        )
    if target is None:
        click.echo(svg)
    else:
        Path(target).write_text(svg, encoding="utf-8")
        say(f"wrote {target}")


@main.command()
@click.argument("name")
def schema(name: str) -> None:
    """The JSON Schema of a contract: case, assessment, preferences, programme, diary or review."""
    from kneewise.pathway.schemas import contract_schema

    emit(contract_schema(name))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--data", "data_file", help="The private SQLite file; by default one in your data folder.")
@click.option("--for-my-phone", is_flag=True, help="Serve the home network too, encrypted, to paired phones.")
@click.option("--forget-phones", is_flag=True, help="With --for-my-phone: all phones have to pair anew.")
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    data_file: str | None,
    for_my_phone: bool,
    forget_phones: bool,
) -> None:
    """Serve the app on this machine only, with its private SQLite file.

    With --for-my-phone it serves the home network as well, over HTTPS and only to phones that scanned the
    code shown in the terminal; --host then chooses one of this machine's addresses.
    """
    from kneewise.web import server

    if for_my_phone:
        chosen = context.get_parameter_source("host") == click.core.ParameterSource.COMMANDLINE
        server.run_for_my_phone(host if chosen else None, port, data_file, forget_phones=forget_phones)
        return
    if forget_phones:
        raise BadCase("the command", "--forget-phones goes with --for-my-phone", "Give both")
    server.run(host, port, data_file)


@main.group()
def knowledge() -> None:
    """Look at and check what kneewise knows."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path())
def check(folder: str | None) -> None:
    """Check all content files; one line per error with its file and the path inside it."""
    from pathlib import Path

    from kneewise.cli.lexicon import lexicon_problems
    from kneewise.knowledge.check import check as check_content
    from kneewise.knowledge.load import CONTENT, load

    root = Path(folder) if folder else CONTENT
    if not root.is_dir():
        raise BadCase(str(root), "there is no such folder", "Give the folder that holds the content files")
    content = load(root)
    problems = [*check_content(content), *lexicon_problems(content)]
    for problem in problems:
        click.echo(str(problem))
    say(f"{len(content.files)} files, {len(problems)} problems")
    if problems:
        sys.exit(WRONG_INPUT)


@knowledge.command()
@click.argument("kind", required=False)
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "--provenance", is_flag=True, help="How much rests on sourced figures, estimates and empty cells."
)
@click.option(
    "--sensitivity",
    "sensitivity_cases",
    metavar="[CASES]",
    is_flag=False,
    flag_value="",
    help="The likelihoods that move results most over scripted cases (JSON lines; else the shipped stories).",
)
def show(
    kind: str | None, id_: str | None, as_json: bool, provenance: bool, sensitivity_cases: str | None
) -> None:
    """What is known: `show`, `show conditions`, `show conditions sciatica`, `show --provenance`."""
    from kneewise.cli import show as printing

    ready = engine()
    if provenance or sensitivity_cases is not None:
        _show_figures(ready, sensitivity_cases, as_json=as_json)
    else:
        printing.show_knowledge(ready.knowledge, kind, id_, as_json=as_json)


def _show_figures(ready: Engine, cases_file: str | None, *, as_json: bool) -> None:
    """Provenance, or with a file of cases (an empty name: the shipped stories) what moves results most."""
    from kneewise.cli import figures
    from kneewise.cli.fixed_cases import stories
    from kneewise.pathway import sensitivity

    cases = stories(cases_file or None)
    bar, watched = _watched(cases, "stories")
    turns = sensitivity.final_turns(cases, ready, (lambda: bar.update(1)) if watched else (lambda: None))
    if cases_file is not None:
        rows = sensitivity.sensitivity(turns, ready.knowledge)
        if as_json:
            emit(rows)
        else:
            figures.show_sensitivity(rows, len(turns), ready.words)
        return
    groups = sensitivity.cells_by_group(ready.knowledge)
    rests_on = sensitivity.weight_by_basis(turns, ready.knowledge)
    if as_json:
        whole = {key: count for key, count in groups["all"].items() if key != "causes"}
        emit({**whole, "by_group": groups, "rests_on": rests_on})
    else:
        figures.show_provenance(groups, rests_on)


@knowledge.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--cases", "cases_file", help="Scripted cases (JSON lines) instead of the fixed ones.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def diff(old: str, new: str | None, cases_file: str | None, as_json: bool) -> None:
    """What changed between OLD and NEW, and what that does to a fixed set of cases.

    Each is a folder of content, a compiled artefact, or a commit, branch or tag of this checkout; NEW is the
    content as it lies here, if left out.
    """
    from kneewise.cli import difference
    from kneewise.cli.fixed_cases import people_of_the_tests, stories
    from kneewise.knowledge.difference import differences, differences_of_files
    from kneewise.knowledge.load import CONTENT
    from kneewise.knowledge.revisions import CHECKOUT, ContentOfAnotherProgram, NoSuchKnowledge, version_of
    from kneewise.pathway import Engine
    from kneewise.pathway.compare import compare, look_at

    try:
        after = version_of(new or str(CONTENT))
        before = version_of(old)
    except ContentOfAnotherProgram as other:
        if other.name == old and not as_json:  # the files can be compared all the same
            difference.show_files(differences_of_files(other.files, after.files))
            say("What it does to cases cannot be told, because this program cannot work with OLD:")
        raise BadCase(other.name, other.what, other.mend) from None
    except NoSuchKnowledge as none:
        raise BadCase(none.name, none.what, none.mend) from None
    cases = stories(cases_file) + ([] if cases_file else people_of_the_tests(CHECKOUT))
    bar, watched = _watched(cases * 2, "cases")
    step = (lambda: bar.update(1)) if watched else (lambda: None)
    results = [look_at(cases, Engine(version.knowledge), step) for version in (before, after)]
    changed = differences(before.knowledge, after.knowledge)
    found = compare(*results)
    signed = (before.signed, after.signed)
    if as_json:
        emit(difference.as_json(changed, found, signed, len(cases)))
    else:
        difference.show_difference(changed, found, signed, len(cases), after.knowledge.words["en"])


@knowledge.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--tests", "tests_file", help="The outcomes of the tests, as `make test` writes them.")
def coverage(as_json: bool, tests_file: str | None) -> None:
    """Everything the articles say: what answers it, and the test that shows it. Fails on a hole."""
    from kneewise.cli.coverage import read_outcomes, show_coverage
    from kneewise.knowledge.artefact import load_knowledge
    from kneewise.knowledge.coverage import coverage as rows_of
    from kneewise.knowledge.coverage import holes

    known = load_knowledge()
    outcomes = read_outcomes(tests_file) if tests_file else None
    if as_json:
        emit(rows_of(known))
    else:
        show_coverage(known, outcomes)
    found = list(holes(known, outcomes))
    for hole in found:
        say(hole)
    looked = "each test ran and passed" if outcomes is not None else "tests not looked at (--tests FILE)"
    say(f"{len(known.seed_items)} items, {len(found)} holes" + ("" if found else f"; {looked}"))
    if found:
        sys.exit(OUR_FAULT)


@knowledge.command()
@click.argument("names", nargs=-1, metavar="[PROPERTY]...")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "-o", "folder", default="counter-examples", show_default=True, help="Folder for counter-examples."
)
def prove(names: tuple[str, ...], folder: str, as_json: bool) -> None:
    """Prove the rules over everything anybody could answer; a broken property is shown as a case file."""
    from kneewise.cli.prove import prove as run_proofs
    from kneewise.knowledge.artefact import load_knowledge

    if not run_proofs(load_knowledge(), names, folder, as_json=as_json):
        sys.exit(OUR_FAULT)


@knowledge.command("over-triage")
@click.option(
    "--people", default=4000, show_default=True, type=click.IntRange(100, 1_000_000), help="People per cause."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the simulated people.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def over_triage(people: int, seed: int, as_json: bool) -> None:
    """The share of each harmless cause that the red flags send to same-day care or above."""
    from kneewise.pathway.simulate import over_triage as table

    rows = table(engine().knowledge, people, seed)
    if as_json:
        emit(rows)
    else:
        from kneewise.cli.show import show_over_triage

        show_over_triage(rows)


main.add_command(export)
main.add_command(import_file)

if __name__ == "__main__":
    main()
