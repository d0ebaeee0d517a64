"""One file with everything of one person: written the same to the byte each time, read as if it were hostile.

The files under data/ whose names stand in `STATE` are the state itself, and an import reads only those; all
others are made from them, for people and for other programs. Pure: bytes in, bytes out, the day passed in.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from kneewise.evidence import BadCase
from kneewise.exchange.stored import (
    STORED_CONTRACTS,
    Stored,
    case_of,
    check_stored,
    from_download,
    plan_of,
    preferences_of,
    review_now,
)
from kneewise.exchange.tables import diary_table, measures_table, pain_table
from kneewise.pathway.contracts import CONTRACTS
from kneewise.pathway.engine import ENGINE_VERSION, Engine
from kneewise.pathway.schemas import contract_schema

FORMAT, FORMAT_VERSION = "kneewise-archive", 1
MANIFEST, README = "manifest.json", "README.txt"
STATE = ("person", "sitting", "course", "programme", "diary", "calendar")

MB = 1024 * 1024
MOST_BYTES = 16 * MB  # of the archive
MOST_UNPACKED = 64 * MB
MOST_JSON = 24 * MB
MOST_FILES = 200
MOST_DIRECTORY = 64 * 1024  # of the list of files at a zip's end
MOST_VALUES, DEEPEST = 1_000_000, 40
LARGEST_NUMBER = 2**53
AGAIN = "Take the archive anew where it was made"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.(json|csv|pdf|txt|ics)|README\.txt")
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the oldest day that a zip can tell: archives of one state are equal

ABOUT = {
    "data/person.json": "The name and the mark you chose, if you did.",
    "data/sitting.json": "What you told, page by page, as the app keeps it.",
    "data/course.json": "When you began your programme, and when each diary entry was kept.",
    "data/programme.json": "Your programme as it was on its first day.",
    "data/diary.json": "Your diary, every entry in order. A correction is an entry of its own.",
    "data/calendar.json": "How you wanted the calendar, and what it was told.",
    "data/case.json": "What you told, in the form that other programs read.",
    "data/assessment.json": "What kneewise makes of it: how urgent, which causes are likely, and why.",
    "data/preferences.json": "Your wishes for the programme.",
    "data/review.json": "Where your programme stands now, and what changed and why.",
    "csv/diary.csv": "Your diary for a spreadsheet.",
    "csv/measures.csv": "Your tests for a spreadsheet.",
    "csv/pain.csv": "Your worst pain day by day for a spreadsheet.",
    "fhir/": "The same for the computer of a clinic (HL7 FHIR R4).",
    "paper/": "Pages to print.",
    "schemas/": "The rules that the file of the same name under data/ keeps to (JSON Schema).",
}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def about(name: str) -> str:
    """What a file of an archive is, in one sentence."""
    return ABOUT.get(name) or next((told for start, told in ABOUT.items() if name.startswith(start)), "")


def archive_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a file under data/."""
    if name in CONTRACTS:
        return contract_schema(name)
    (reference,), definitions = msgspec.json.schema_components(
        [STORED_CONTRACTS[name]], ref_template="#/$defs/{name}"
    )
    schema = "https://json-schema.org/draft/2020-12/schema"
    told = {"$schema": schema, "$id": f"urn:kneewise:schema:{name}", "title": f"kneewise {name}"}
    return {**told, **reference, "$defs": definitions}


# --- writing -----------------------------------------------------------------------------------------


def _derived(stored: Stored, on: date, engine: Engine) -> dict[str, Any]:
    """What follows from the state today; empty where today's knowledge cannot read it any more."""
    try:
        sitting = stored["sitting"]
        case = case_of(sitting)
        made: dict[str, Any] = {"case": case, "assessment": engine.assess(case)}
        review = review_now(stored, on, engine)
        if stored["programme"] is not None and review is not None:
            return made | {"preferences": stored["programme"]["origin"]["preferences"], "review": review}
        preferences = preferences_of(sitting, engine.knowledge)
        return made | {"preferences": preferences, "programme": plan_of(sitting, engine)}
    except BadCase:
        return {}


def contents(
    stored: Stored, on: date, engine: Engine, parts: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The files of an archive by name, without its list; `parts` are those that others made (FHIR, paper)."""
    state: dict[str, Any] = {name: stored[name] for name in STATE}  # type: ignore[literal-required]
    derived = _derived(stored, on, engine)
    told = {name: value for name, value in {**derived, **state}.items() if value is not None}
    if stored["programme"] is None and "programme" in derived:
        told["programme"] = derived["programme"]
    files = {f"data/{name}.json": _json(value) for name, value in told.items()}
    files |= {f"schemas/{name}.json": _json(archive_schema(name)) for name in told}
    if stored["course"] is not None:
        files["csv/diary.csv"] = diary_table(stored["diary"])
        files["csv/measures.csv"] = measures_table(stored["diary"])
        if "review" in derived:
            files["csv/pain.csv"] = pain_table(derived["review"]["pains"])
    return files | dict(parts or {})


def _readme(files: Mapping[str, bytes], on: date, engine: Engine) -> bytes:
    lines = [
        "Everything that kneewise keeps about you",
        f"Made on {on.isoformat()}. Format {FORMAT_VERSION}.",
        "",
        "This file tells about your health. Keep it where only you can read it.",
        "To put it back: open kneewise, “Your data”, “Bring it back”, or run: kneewise import ARCHIVE",
        engine.words.phrases["not_a_diagnosis"].text,
        "" if engine.knowledge.reviewed else engine.words.phrases["no_clinician_review"].text,
        "",
    ]
    if "data/case.json" not in files:
        lines += [
            "Your answers are from an older version. What kneewise makes of them could not be added.",
            "",
        ]
    schemas = [name for name in files if name.startswith("schemas/")]
    lines += [f"{name}\n    {about(name)}" for name in sorted(files) if name not in schemas]
    lines += [f"schemas/ ({len(schemas)} files)\n    {about('schemas/')}"]
    lines += [f"{MANIFEST}\n    This list for programs, with a fingerprint (SHA-256) of each file."]
    # Lines end as every system's plainest editor wants them.
    return "".join(f"{line}\n" for line in lines).replace("\n", "\r\n").encode("utf-8")


def _zip(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, files[name], compresslevel=6)
    return target.getvalue()


def write_state(stored: Stored, on: date, engine: Engine) -> bytes:
    """The smallest archive that an import takes: the state alone, without what follows from it."""
    state: dict[str, Any] = {name: stored[name] for name in STATE}  # type: ignore[literal-required]
    files = {f"data/{name}.json": _json(value) for name, value in state.items() if value is not None}
    return _listed_and_packed(files, stored, on, engine)


def write_archive(
    stored: Stored, on: date, engine: Engine, parts: Mapping[str, bytes] | None = None
) -> bytes:
    """The archive of one person: the same state, day, knowledge and parts give the same bytes.

    Raises `ValueError` for a part whose name an import would refuse.
    """
    return _listed_and_packed(contents(stored, on, engine, parts), stored, on, engine)


def _listed_and_packed(files: dict[str, bytes], stored: Stored, on: date, engine: Engine) -> bytes:
    for name in files:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a file of an archive")
    files[README] = _readme(files, on, engine)
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_on": on.isoformat(),
        "engine_version": ENGINE_VERSION,
        "knowledge_version": engine.knowledge.version,
        "follows_programme": stored["course"] is not None,
        "files": [
            {
                "name": name,
                "about": about(name),
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for name, data in sorted(files.items())
        ],
    }
    return _zip(files | {MANIFEST: _json(manifest)})


# --- reading -----------------------------------------------------------------------------------------


def _refused(where: str, what: str, mend: str = AGAIN) -> BadCase:
    return BadCase(where, what, mend)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _refused("", "a key is there twice")
    return made


def _no_constant(word: str) -> Any:
    raise _refused("", f"{word} is not a number in JSON")


def _shown(text: str) -> bool:
    """Whether a text can be kept and shown: no half letters (surrogates), no end-of-text sign."""
    return (text.isascii() and "\x00" not in text) or not re.search("[\x00\ud800-\udfff]", text)


def _plain(value: Any, where: str) -> None:
    """Refuse what no page could show: too deep, numbers without end, letters that are none."""
    level = [value]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += [*one.keys(), *one.values()]
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str) and not _shown(one):
                raise _refused(where, "a text in it has letters that are none")
            elif isinstance(one, int | float) and not abs(one) <= LARGEST_NUMBER:
                raise _refused(where, "a number in it is too large")
        if not below:
            return
        level = below
    raise _refused(where, "it is nested too deeply")


def read_json(data: bytes, where: str) -> Any:
    """JSON that somebody else wrote, within bounds. Raises `BadCase`."""
    if len(data) > MOST_JSON:
        raise _refused(where, f"it is larger than {MOST_JSON // MB} MB")
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MOST_VALUES:
        raise _refused(where, "there is too much in it")
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_no_constant)
    except BadCase as bad:
        raise _refused(where, bad.what) from None
    except RecursionError:
        raise _refused(where, "it is nested too deeply") from None
    except ValueError:  # not UTF-8, not JSON, a number of thousands of digits
        raise _refused(where, "it is not JSON") from None
    _plain(value, where)
    return value


def _directory(data: bytes) -> None:
    """Look at a zip's last record before anything reads its list of files: a huge one is refused unread."""
    end = data[-22:]
    if len(data) < 22 or not end.startswith(b"PK\x05\x06") or end[20:] != b"\0\0":
        raise _refused("archive", "this is not an archive of kneewise", "Give the .zip as kneewise made it")
    files, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if data[-42:-38] == b"PK\x06\x07" or files > MOST_FILES or size > MOST_DIRECTORY:
        raise _refused("archive", f"there are more than {MOST_FILES} files in it")


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        shown = entry.filename[:60]
        if not _NAME.fullmatch(entry.filename):
            raise _refused("archive", f"{shown!r} is no name of a file that kneewise writes")
        if entry.filename in entries:
            raise _refused(shown, "it is there twice")
        if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(shown, "it is packed in a way that kneewise does not use")
        entries[entry.filename] = entry
    if sum(entry.file_size for entry in entries.values()) > MOST_UNPACKED:
        raise _refused("archive", f"unpacked it would be larger than {MOST_UNPACKED // MB} MB")
    return entries


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file; never more than it says that it is."""
    try:
        with archive.open(entry) as file:
            data = file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise _refused(entry.filename, "it is damaged") from None
    if len(data) != entry.file_size:
        raise _refused(entry.filename, "it is damaged")
    return data


def _listed(manifest: Any) -> dict[str, str]:
    """The fingerprints by name, of a list that is of a format we know."""
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _refused(MANIFEST, "this is not an archive of kneewise", "Give the .zip as kneewise made it")
    version = manifest.get("format_version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _refused(MANIFEST, "it does not say its format")
    if version > FORMAT_VERSION:
        raise _refused(
            MANIFEST, f"it has format {version}, which is newer", "Bring kneewise up to date first"
        )
    files = manifest.get("files")
    if not isinstance(files, list) or not all(
        isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("sha256"), str)
        for one in files
    ):
        raise _refused(MANIFEST, "its list of files cannot be read")
    return {one["name"]: one["sha256"] for one in files}


def _read_zip(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The list, and the values of the state by name. Every file is held against its fingerprint."""
    _directory(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise _refused("archive", "it is damaged or not whole") from None
    with archive:
        entries = _entries(archive)
        if MANIFEST not in entries:
            raise _refused(
                "archive", "this is not an archive of kneewise", "Give the .zip as kneewise made it"
            )
        manifest = read_json(_unpack(archive, entries[MANIFEST]), MANIFEST)
        listed = _listed(manifest)
        if set(listed) != set(entries) - {MANIFEST}:
            raise _refused(MANIFEST, "its list and its files are not the same")
        state = {}
        for name, entry in entries.items():
            if name == MANIFEST:
                continue
            file = _unpack(archive, entry)
            if hashlib.sha256(file).hexdigest() != listed[name]:
                raise _refused(name, "it was changed after the archive was made")
            key = name.removeprefix("data/").removesuffix(".json")
            if name.startswith("data/") and key in STATE:
                state[key] = read_json(file, name)
    return manifest, state


def read_archive(data: bytes, today: date, engine: Engine) -> Stored:
    """All of one person from an archive, or from the older download (format 0). Raises `BadCase`.

    Whatever the bytes are, this ends within bounds of time and memory; what it returns every page can show.
    """
    if len(data) > MOST_BYTES:
        raise _refused(
            "archive", f"it is larger than {MOST_BYTES // MB} MB", "Give the .zip as kneewise made it"
        )
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return check_stored(from_download(read_json(data, "archive")), today, engine)
    manifest, state = _read_zip(data)
    if "sitting" not in state:
        raise _refused("archive", "what you told is not in it")
    stored: dict[str, Any] = {name: state.get(name) for name in STATE}
    if stored["diary"] is None:
        stored["diary"] = []
    if stored["course"] is None:
        stored["programme"] = None  # one that was planned and not begun: it follows from the rest
    if manifest.get("follows_programme") is not (stored["course"] is not None):
        raise _refused(MANIFEST, "it does not say whether a programme is followed")
    return check_stored(stored, today, engine)
