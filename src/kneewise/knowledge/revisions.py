"""Knowledge from a compiled artefact, a folder of content files, or a git revision of a checkout."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kneewise.knowledge import schema
from kneewise.knowledge.artefact import KnowledgeMissing, load_knowledge
from kneewise.knowledge.check import check
from kneewise.knowledge.compile import ContentBroken, build
from kneewise.knowledge.load import CONTENT, Content, load
from kneewise.knowledge.types import Knowledge

CHECKOUT = CONTENT.parents[3]
CONTENT_IN_CHECKOUT = "src/kneewise/knowledge/content"


Files = dict[str, Any]  # a content file's path below content/ -> what it holds


class NoSuchKnowledge(ValueError):
    """What was named cannot be read as knowledge: says what is wrong and how to mend it."""

    def __init__(self, name: str, what: str, mend: str) -> None:
        self.name, self.what, self.mend = name, what, mend
        super().__init__(f"{name}: {what}. {mend}")


class ContentOfAnotherProgram(NoSuchKnowledge):
    """The content was read, but this program cannot work with it; `files` is what it holds."""

    def __init__(self, name: str, what: str, mend: str, files: Files) -> None:
        super().__init__(name, what, mend)
        self.files = files


@dataclass(frozen=True)
class Version:
    """One state of the knowledge, and who signed which file (empty where only an artefact is at hand)."""

    name: str
    knowledge: Knowledge
    signed: dict[str, str]
    files: Files


def _files(root: Path) -> Files:
    """Every content file as plain values; one that is no YAML as its text."""
    reader, found = YAML(typ="safe", pure=True), {}
    for path in sorted(root.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            found[str(path.relative_to(root))] = reader.load(text)
        except YAMLError:
            found[str(path.relative_to(root))] = text
    return found


def _signed(content: Content) -> dict[str, str]:
    return {
        name: f"{model.reviewer} on {model.reviewed_on}"
        for name, model in content.files.items()
        if isinstance(model, schema.Reviewed) and model.reviewer
    }


def _from_folder(name: str, root: Path) -> Version:
    content = load(root)
    problems = check(content)
    if not problems:
        try:
            return Version(name, build(content), _signed(content), _files(root))
        except ContentBroken as broken:
            problems = list(broken.problems)
    first = "; ".join(str(problem) for problem in problems[:3])
    raise ContentOfAnotherProgram(
        name,
        f"its content has {len(problems)} problems ({first})",
        "Mend them (`kneewise knowledge check`), or, for an old revision, compare nearer ones: "
        "its content may be written for an older program",
        _files(root),
    )


def _from_git(name: str, checkout: Path) -> Version:
    if name.startswith("-"):
        raise NoSuchKnowledge(name, "this is no revision", "Give a commit, a branch or a tag")
    command = ["git", "-C", str(checkout), "archive", "--format=tar", name, "--", CONTENT_IN_CHECKOUT]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # a fixed program, no shell
    except FileNotFoundError:
        raise NoSuchKnowledge(name, "git is not installed", "Give two folders or artefacts") from None
    if done.returncode:
        raise NoSuchKnowledge(
            name,
            "it is no folder, no artefact and no revision of this checkout with content in it",
            "Give a folder of content files, a compiled artefact, or a commit, branch or tag",
        )
    with tempfile.TemporaryDirectory(prefix="kneewise-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return _from_folder(name, Path(folder) / CONTENT_IN_CHECKOUT)


def version_of(name: str, checkout: Path = CHECKOUT) -> Version:
    """The knowledge that a name stands for. Raises `NoSuchKnowledge`."""
    path = Path(name)
    if path.is_dir():
        return _from_folder(name, path)
    if path.is_file():
        try:
            return Version(name, load_knowledge(path), {}, {})
        except KnowledgeMissing as missing:
            raise NoSuchKnowledge(name, str(missing), "Or give the content folder") from None
    return _from_git(name, checkout)
