"""Plain data and a template in, a tagged PDF out: always the same bytes for the same data and day.

Everything a person wrote goes in as data (JSON) and never as markup, so no text can run as a command. The
fonts come with packages, never from the machine. The PDF follows PDF/UA-1: what cannot follow it is an error.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import font_source_sans_pro
import typst

TEMPLATES = Path(__file__).parent / "templates"
NOT_PRINTABLE = "◊"  # stands for a character that no shipped font can show; the page says so
PICTURE = "svg"  # the key under which a picture of ours stands; it is drawn, not printed as text
UA: Literal["ua-1"] = "ua-1"
NOT_SHOWN = "could not be displayed"  # what Typst says of a sign that no font has
MOST_PROBED = 64  # different characters looked up in one document; a text with more is no text of a person

_SURE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) - {"\u00ad"} | frozenset(
    "–—‘’“”…•→✓◊≥≤"
)
_PROBE = b'#set document(title: "x")\n#set text(font: "Source Sans Pro")\n#sys.inputs.text'


@cache
def fonts() -> typst.Fonts:
    """The fonts of the package, then those that Typst carries for signs which the first does not have."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


# --- what can be printed -----------------------------------------------------------------------------

_shows: dict[str, bool] = {}


def _all_shown(characters: list[str]) -> bool:
    try:
        typst.compile(_PROBE, font_paths=fonts(), sys_inputs={"text": " ".join(characters)}, pdf_standards=UA)
    except typst.TypstError:
        return False
    return True


def _look_up(characters: list[str]) -> None:
    """Find out which characters a font can show, halving what fails."""
    if _all_shown(characters):
        _shows.update(dict.fromkeys(characters, True))
    elif len(characters) == 1:
        _shows[characters[0]] = False
    else:
        half = len(characters) // 2
        _look_up(characters[:half])
        _look_up(characters[half:])


def _plain(text: str) -> str:
    """Text in composed form; line ends kept; other control and formatting signs, which nobody sees, left out.

    Formatting signs could turn the order of words round ("not" before or after), and a reader of the PDF
    would hear another text than the one that is seen.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")
    )


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != PICTURE:
                yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: part if key == PICTURE else _mapped(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(part, change) for part in value]
    return value


def printable(data: Mapping[str, Any], *, plainest: bool = False) -> dict[str, Any]:
    """The data with every text as it can be printed; `unprintable` says if some sign had to be replaced.

    With `plainest` only Latin letters and common signs stay.
    """
    plain = _mapped(data, _plain)
    used = {sign for text in _strings(plain) for sign in text} - _SURE - {"\n"}
    probed = [] if plainest else sorted(used)[:MOST_PROBED]
    unknown = [sign for sign in probed if sign not in _shows]
    if unknown:
        _look_up(unknown)
    # A mark that has no letter of its own with its base may fail in one place and not in another.
    marks = {sign for sign in used if unicodedata.category(sign).startswith("M")}
    gone = marks | used - {sign for sign in probed if _shows[sign]}
    table = str.maketrans({sign: "" if sign in marks else NOT_PRINTABLE for sign in gone})
    shown = _mapped(plain, lambda text: text.translate(table)) if gone else plain
    return cast(dict[str, Any], shown | {"unprintable": bool(gone)})


# --- documents ---------------------------------------------------------------------------------------


_compile: Any = typst.compile  # its overloads do not know several pages as PNG


@dataclass(frozen=True)
class Paper:
    """A document: its template, the data that fills it, and its day."""

    template: str
    data: Mapping[str, Any]
    on: date

    def _parts(self, *, plainest: bool = False) -> dict[str, Any]:
        shown = printable(self.data, plainest=plainest)
        return {
            "input": TEMPLATES / f"{self.template}.typ",
            "root": TEMPLATES,
            "font_paths": fonts(),
            "sys_inputs": {"data": json.dumps(shown, ensure_ascii=False)},
        }

    def pdf(self) -> bytes:
        """The document as tagged PDF (PDF/UA-1)."""
        made = datetime.combine(self.on, time(), UTC)
        how = {"format": "pdf", "pdf_standards": UA, "timestamp": made}
        try:
            return cast(bytes, _compile(**self._parts(), **how))
        except typst.TypstError as error:
            if NOT_SHOWN not in str(error):
                raise
            # Signs that can be shown alone and not beside each other: rather plain than no page.
            return cast(bytes, _compile(**self._parts(plainest=True), **how))

    def pages(self) -> int:
        """How many pages it has."""
        return int(typst.query(**self._parts(), selector="<pages>", field="value", one=True))

    def pictures(self, ppi: float = 100.0) -> list[bytes]:
        """Each page as PNG."""
        made = _compile(**self._parts(), format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else list(made)
