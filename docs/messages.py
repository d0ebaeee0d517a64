"""Gather every string of the interface into one catalogue template for translators: `make messages`.

Python files are read by Babel; a Django template is first turned by Django's own `templatize` into a source
that Babel can read. Words about health are not in it: they are content, by language, under
src/kneewise/knowledge/content/words. A line of the template names the file and not the line in it, so that
it changes only when a string does.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "kneewise" / "web"
TEMPLATE = WEB / "locale" / "django.pot"
# Which arguments of a call are strings: "c" is the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "_p": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, str | tuple[str, str], str | None]


def _as_source(template: str) -> str:
    """A Django template as a source whose calls are its strings; no line is indented."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def _in_source(source: str) -> Iterator[Message]:
    found = extract_python(io.BytesIO(source.encode()), list(KEYWORDS), [], {"encoding": "utf-8"})
    for _line, call, given, _comments in found:
        parts = list(given) if isinstance(given, tuple) else [given]
        context = parts.pop(0) if call in {"pgettext", "_p", "npgettext"} else None
        texts = [part for part in parts if isinstance(part, str)]
        if not texts or (context is None and call in {"pgettext", "_p", "npgettext"}):
            raise ValueError(f"{call} is called with something that is no string: {given}")
        plural = call.startswith(("ngettext", "npgettext"))
        yield call, (texts[0], texts[1]) if plural else texts[0], context


def messages() -> Iterator[tuple[str, Message]]:
    """Every string with the file that it stands in. Raises `ValueError` for a call without a string."""
    for file in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        text = file.read_text(encoding="utf-8")
        name = file.relative_to(ROOT).as_posix()
        for message in _in_source(_as_source(text) if file.suffix == ".html" else text):
            yield name, message


def catalogue() -> Catalog:
    """All strings, each once."""
    made = Catalog(project="kneewise", charset="utf-8", fuzzy=False)
    for file, (_call, text, context) in messages():
        made.add(text, locations=[(file, 0)], context=context)
    return made


def template() -> str:
    """The catalogue as a .pot file, without dates: the same strings give the same file."""
    out = io.BytesIO()
    made = catalogue()
    for message in made:
        message.locations = sorted(set(message.locations))
    write_po(out, made, width=110, omit_header=True, include_lineno=False, sort_output=True)
    head = (
        "# The strings of the interface. Made by `make messages`; do not edit.\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return head + out.getvalue().decode()


def main() -> int:
    """Write the template."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
    print(f"{TEMPLATE.relative_to(ROOT)}: {len(catalogue())} strings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
