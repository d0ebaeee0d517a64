"""A page for each topic: something worth knowing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from docs.website import parts
from docs.website.library import Library
from docs.website.markdown import bullets, link, page, plain, sentence, table, unsearched
from kneewise.knowledge.types import Topic

FOLDER, TITLE = "topics", "Worth knowing"
ABOUT = "How the knee and the hamstrings work, how pain comes and goes, daily life, and what a visit brings."


def ids(library: Library) -> list[str]:
    """Every topic."""
    return list(library.knowledge.topics)


def index(library: Library) -> str:
    """All topics by kind, in their order."""
    groups: dict[str, list[Topic]] = defaultdict(list)
    for topic in library.knowledge.topics.values():
        groups[topic.kind].append(topic)
    told = [f"# {TITLE}", ABOUT if groups else f"{ABOUT} None is written yet."]
    told.append(link("Pictures of the leg", "/anatomy.md") + " show where everything lies.")
    for kind, topics in groups.items():
        rows = [
            (parts.topic(library, topic.id), plain(library.words.topics[topic.id].short)) for topic in topics
        ]
        told += [f"## {sentence(kind)}", table(("Topic", "In short"), rows)]
    return page(TITLE, told)


def write(library: Library, id_: str) -> str:
    """The page of one topic."""
    topic, words = library.knowledge.topics[id_], library.words.topics[id_]
    model = library.file(f"topics/{id_}.yaml")
    told = [
        parts.crumb(TITLE, FOLDER, sentence(topic.kind)),
        f"# {parts.named(words.title)}",
        plain(words.short),
    ]
    for section in words.sections:
        told += [f"## {parts.named(section.heading)}", *(plain(text) for text in section.text)]
        told.append(bullets(plain(point) for point in section.points))
    told += [
        parts.both_sides(library, words.both_sides),
        *_read_on(library, topic),
        "## For clinicians",
        parts.notes(library, model.note),
        unsearched("### Sources"),
        parts.source_list(library, topic.sources),
        parts.about(library, f"topics/{id_}.yaml", [f"words/en/topics/{id_}.yaml"]),
    ]
    return page(words.title, told, description=words.short)


def _read_on(library: Library, topic: Topic) -> Iterator[str]:
    rows = [
        f"**{name}:** {parts.all_of(library, kind, found)}"
        for name, kind, found in (
            ("Causes", "conditions", topic.causes),
            ("What may contribute", "factors", topic.factors),
            ("Exercises", "exercises", topic.exercises),
            ("Treatments", "treatments", topic.treatments),
        )
        if found
    ]
    if topic.see_also:
        rows.append("**See also:** " + ", ".join(parts.see(library, id_) for id_ in topic.see_also))
    if rows:
        yield "## Read on"
        yield bullets(rows)
