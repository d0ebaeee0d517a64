"""The first page: what is here, how to read it, what it is not."""

from __future__ import annotations

from docs.website.library import Library
from docs.website.markdown import box, bullets, link, page, table


def write(library: Library) -> str:
    """The first page."""
    known = library.knowledge
    cells = [figure for cause in known.conditions.values() for figure in cause.likelihoods.values()]
    sourced = sum(1 for figure in cells if figure.basis != "estimate")
    rows = [
        (link("Causes and dangers", "/conditions/index.md"), str(len(known.conditions)), "what it is, how it shows, what tells it apart, its figures"),
        (link("What may contribute", "/factors/index.md"), str(len(known.factors)), "how it acts, how to check it, how good the evidence is"),
        (link("Findings", "/findings/index.md"), str(len(known.findings)), "the questions, and what each answer changes"),
        (link("Red flags", "/red-flags/index.md"), str(len(known.red_flags)), "when it is urgent, by which sign, and what to do"),
        (link("Exercises", "/exercises/index.md"), str(len(known.exercises)), "drawn, with dose and who must not do them"),
        (link("Programmes", "/protocols/index.md"), str(len(known.protocols)), "phases, and what must be true to move on"),
        (link("Treatments", "/treatments/index.md"), str(len(known.treatments)), "what else is done, and how good the evidence is"),
        (link("Worth knowing", "/topics/index.md"), str(len(known.topics)), "anatomy, daily life, visits, recovery"),
        (link("Advice", "/advice.md"), str(len(known.advice)), "every sentence, for whom, when never"),
        (link("Sources", "/sources.md"), str(len(known.sources)), "every paper, and where it is used"),
        (link("Hazard log", "/hazards.md"), str(len(library.hazards)), "what could harm, and what controls it"),
    ]  # fmt: skip
    told = [
        "# What kneewise knows",
        "Everything that kneewise says about pain behind or around the knee and along the hamstring, "
        "to be read, doubted and corrected. Made from the same files the program runs on.",
        box(
            "warning",
            "Not reviewed, not a diagnosis",
            "kneewise supports decisions and explains. It is not a diagnosis and not a medical device. "
            + ("" if known.reviewed else "**No clinician has reviewed its content yet.** ")
            + "In an emergency call your emergency number.",
        ),
        "## What is here",
        table(("Pages", "How many", "What they say"), rows, right=(1,)),
        "## How to read a page",
        "Each page begins in plain words. *For clinicians* below holds the figures, the rules and the sources. "
        "Its last part names the author, the reviewer and the file to correct.",
        bullets(
            [
                f"**Basis of a figure:** *found* was read in its source; *recalled* is quoted from memory of it; *estimate* is "
                f"judgement. Of {len(cells):,} likelihoods, {sourced} have a source; the rest are estimates.",
                "**A range** says how far off the figure may be.",
                "**Not filled** means: taken as ordinary, as common as in all people with such pain. It speaks neither for nor "
                "against.",
                f"**What the words mean:** the {link('glossary', '/glossary.md')}.",
            ]
        ),
        "## The project",
        bullets(
            [
                link("How to write or correct content", "/how-to/index.md"),
                link("Decisions and why they were taken", "/adr/index.md"),
                link("Tables worked out from the content", "/reference/index.md"),
                " · ".join(
                    [
                        link("Intended use", "/project/intended-use.md"),
                        link("report harm", "/project/safety.md"),
                        link("security and privacy", "/project/security.md"),
                        link("contributing", "/project/contributing.md"),
                        link("changes", "/project/changes.md"),
                    ]
                ),
            ]
        ),
        f"Knowledge version `{known.version}`.",
    ]
    return page(
        "What kneewise knows", told, description="Everything kneewise knows about knee and hamstring pain"
    )
