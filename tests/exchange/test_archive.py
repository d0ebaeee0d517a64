"""One file with everything of one person: nothing is lost on the way, and no file that comes in does harm."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kneewise.evidence import BadCase
from kneewise.exchange.archive import (
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    MOST_UNPACKED,
    contents,
    read_archive,
    write_archive,
)
from kneewise.exchange.parts import parts_of
from kneewise.exchange.stored import Stored, from_programme, meet
from kneewise.exchange.tables import cell, diary_table
from kneewise.pathway import Engine
from kneewise.pathway.review import review
from tests.exchange.conftest import followed, only_told

ON = date(2026, 11, 21)
SOME_SECONDS, SOME_MEMORY = 5, 200 * 1024 * 1024
OLD_DOWNLOAD = Path(__file__).parent / "download_format_0.json"


def _files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _packed(files: dict[str, bytes], *, listed: bool = True) -> bytes:
    """Files as an archive, with a list that is right."""
    if listed:
        manifest = json.loads(files[MANIFEST])
        manifest["files"] = [
            {"name": name, "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
            if name != MANIFEST
        ]
        files = files | {MANIFEST: json.dumps(manifest).encode()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


# --- nothing is lost ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_back_is_what_went_out_and_goes_out_the_same(seed: int, engine: Engine) -> None:
    stored, on = followed(seed)
    archive = write_archive(stored, on, engine)
    back = read_archive(archive, on, engine)
    assert back == stored
    assert [entry["id"] for entry in back["diary"]] == [entry["id"] for entry in stored["diary"]]
    assert write_archive(back, on, engine) == archive
    assert stored["programme"] is not None
    assert back["programme"] is not None
    assert review(back["programme"], back["diary"], on, engine) == review(
        stored["programme"], stored["diary"], on, engine
    )


def test_people_who_only_told_come_back_too(engine: Engine) -> None:
    drawn = [stored for seed in range(10) if (stored := only_told(seed)) is not None]
    assert len(drawn) > 4
    for stored in drawn:
        archive = write_archive(stored, ON, engine)
        assert read_archive(archive, ON, engine) == stored
        files = _files(archive)
        programme = json.loads(files["data/programme.json"])
        assert programme["locked_by"] is None or programme["week"] == []


def test_each_file_keeps_to_its_schema_and_is_in_the_list_and_the_readme(engine: Engine) -> None:
    for stored, on in (followed(0), followed(5)):
        archive = write_archive(
            stored, on, engine, {"fhir/bundle.json": b"{}", "paper/programme.pdf": b"%PDF-"}
        )
        files = _files(archive)
        told = json.loads(files[MANIFEST])
        assert {one["name"] for one in told["files"]} == set(files) - {MANIFEST}
        for one in told["files"]:
            assert hashlib.sha256(files[one["name"]]).hexdigest() == one["sha256"]
            assert one["about"] or one["name"] == "README.txt"
            if not one["name"].startswith(("schemas/", "README")):
                assert one["name"] in files["README.txt"].decode()
        data = [name for name in files if name.startswith("data/")]
        assert len(data) == 10
        for name in data:
            schema = json.loads(files[name.replace("data/", "schemas/")])
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(json.loads(files[name]), schema)
        assert read_archive(archive, on, engine) == stored
    assert engine.words.phrases["no_clinician_review"].text in files["README.txt"].decode()


def test_it_holds_a_bundle_for_a_clinic_and_pages_to_print(engine: Engine) -> None:
    stored, on = followed(0)
    parts = parts_of(stored, on, engine)
    assert set(parts) == {
        "fhir/bundle.json", "paper/appointment.pdf", "paper/letter.pdf", "paper/programme.pdf", "paper/progress.pdf",
    }  # fmt: skip
    assert json.loads(parts["fhir/bundle.json"])["resourceType"] == "Bundle"
    assert all(data.startswith(b"%PDF-") for name, data in parts.items() if name.endswith(".pdf"))
    archive = write_archive(stored, on, engine, parts)
    assert archive == write_archive(stored, on, engine, parts_of(stored, on, engine))  # to the byte
    assert read_archive(archive, on, engine) == stored


def test_nothing_is_printed_while_questions_about_danger_are_open(engine: Engine) -> None:
    stored = copy.deepcopy(followed(0)[0])
    stored["sitting"]["case"]["corrections"] = {}
    stored["course"] = stored["programme"] = None
    stored["diary"] = []
    assert not [name for name in parts_of(stored, ON, engine) if name.endswith(".pdf")]


def test_a_part_that_an_import_would_refuse_is_not_written(engine: Engine) -> None:
    stored, on = followed(0)
    with pytest.raises(ValueError, match="name"):
        write_archive(stored, on, engine, {"../out.pdf": b""})


def test_answers_that_todays_knowledge_cannot_read_are_given_out_all_the_same(engine: Engine) -> None:
    stored = copy.deepcopy(followed(0)[0])
    stored["sitting"]["case"]["corrections"]["a_finding_of_the_past"] = {"state": "present"}
    files = _files(write_archive(stored, ON, engine))
    assert "a_finding_of_the_past" in files["data/sitting.json"].decode()
    assert "older version" in files["README.txt"].decode()
    with pytest.raises(BadCase, match="another version"):
        read_archive(_packed(files), ON, engine)


# --- older formats -----------------------------------------------------------------------------------


def test_the_download_from_before_archives_comes_in_whole(engine: Engine) -> None:
    old = json.loads(OLD_DOWNLOAD.read_bytes())
    stored = read_archive(OLD_DOWNLOAD.read_bytes(), ON, engine)
    course = old["stored"]["course"]
    assert stored["diary"] == course["diary"]
    assert stored["programme"] == course["programme"]
    assert stored["sitting"]["steps"] == old["stored"]["steps"]
    assert stored["sitting"]["done"] == ["who", "words", "understood"]
    again = read_archive(OLD_DOWNLOAD.read_bytes(), ON, engine)
    assert meet(stored, again) == "same"
    # From here on it is an archive like any other.
    archive = write_archive(stored, ON, engine)
    assert read_archive(archive, ON, engine) == stored
    assert json.loads(_files(archive)["data/case.json"]) == old["case"]


def test_a_newer_format_asks_for_a_newer_kneewise(engine: Engine) -> None:
    files = _files(write_archive(followed(0)[0], ON, engine))
    files[MANIFEST] = files[MANIFEST].replace(b'"format_version": 1', b'"format_version": 2')
    with pytest.raises(BadCase, match="newer"):
        read_archive(_packed(files), ON, engine)


# --- what an import does ------------------------------------------------------------------------------


def test_what_taking_in_does_is_known_before_it_is_done() -> None:
    stored, _ = followed(0)
    shorter: Stored = copy.deepcopy(stored)
    shorter["diary"] = shorter["diary"][:-3]
    other: Stored = copy.deepcopy(stored)
    other["diary"][-1]["note"] = "another"
    stranger: Stored = copy.deepcopy(stored)
    stranger["sitting"]["id"] = "s" * 32
    assert meet(None, stored) == "new"
    assert meet(stored, stored) == "same"
    assert meet(stored, shorter) == "same"  # nothing is taken away by an older archive
    assert meet(shorter, stored) == "adds"
    assert meet(other, stored) == "replaces"
    assert meet(stranger, stored) == "replaces"


# --- tables ------------------------------------------------------------------------------------------

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_no_cell_runs_as_a_formula_and_every_text_comes_back(text: str) -> None:
    diary = [{"id": "1", "on": "2026-11-20", "kind": "morning", "pain": 2, "note": text}]
    rows = list(csv.DictReader(io.StringIO(diary_table(diary).decode("utf-8-sig"), newline="")))
    assert len(rows) == 1
    note = rows[0]["note"]
    assert note.removeprefix("'") == text.removeprefix("'")
    assert not note.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_numbers() -> None:
    assert (cell(-3.5), cell(4), cell(None), cell(True), cell(False)) == (-3.5, 4, "", "yes", "no")
    assert cell("-3.5") == "'-3.5"


def test_the_table_of_the_diary_has_every_entry() -> None:
    stored, _ = followed(1)
    rows = list(csv.DictReader(io.StringIO(diary_table(stored["diary"]).decode("utf-8-sig"), newline="")))
    assert list(dict.fromkeys(row["id"] for row in rows)) == [entry["id"] for entry in stored["diary"]]
    exercises = sum(len(entry.get("items", [])) for entry in stored["diary"])
    assert sum(bool(row["exercise"]) for row in rows) == exercises


# --- hostile archives ----------------------------------------------------------------------------------


def _with(name: str, data: bytes) -> Callable[[dict[str, bytes]], bytes]:
    return lambda files: _packed(files | {name: data})


def _in(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, bytes]], bytes]:
    def changed(files: dict[str, bytes]) -> bytes:
        value = json.loads(files[f"data/{name}.json"])
        made = change(value)
        return _packed(files | {f"data/{name}.json": json.dumps(value if made is None else made).encode()})

    return changed


def _twice(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO(_packed(files))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("data/diary.json", b"[]")
    return target.getvalue()


def _bomb(files: dict[str, bytes]) -> bytes:
    return _packed(files | {f"paper/p{i}.pdf": b"\0" * (8 * 1024 * 1024) for i in range(12)}, listed=False)


def _lying_size(files: dict[str, bytes]) -> bytes:
    """A file of 50 MB that says it has 100 bytes."""
    packed = bytearray(_packed(files | {"paper/p.pdf": b"\0" * (50 * 1024 * 1024)}))
    size = (50 * 1024 * 1024).to_bytes(4, "little")
    place = packed.find(size)
    while place >= 0:
        packed[place : place + 4] = (100).to_bytes(4, "little")
        place = packed.find(size)
    return bytes(packed)


def _many(files: dict[str, bytes]) -> bytes:
    return _packed(files | {f"paper/p{i}.pdf": b"" for i in range(9_000)}, listed=False)


def _encrypted(files: dict[str, bytes]) -> bytes:
    packed = bytearray(_packed(files))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.find(sign) + offset] |= 1
    return bytes(packed)


def _lzma(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def _item(key: str, value: Any) -> Callable[[Any], None]:
    return lambda whole: whole.update({key: value})


HOSTILE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "nothing": lambda _: b"",
    "not_a_zip": lambda _: b"%PDF-1.7 hello",
    "half": lambda files: _packed(files)[:-900],
    "the_end_only": lambda files: _packed(files)[-3000:],
    "a_changed_byte": lambda files: _packed(files).replace(b"README.txt", b"README.tXt", 1),
    "too_large": lambda _: b"PK" + b"\0" * MOST_BYTES,
    "bomb": _bomb,
    "a_size_that_lies": _lying_size,
    "many_files": _many,
    "the_same_name_twice": _twice,
    "encrypted": _encrypted,
    "another_packing": _lzma,
    "up_the_tree": _with("../../etc/cron.d/evil.txt", b"x"),
    "from_the_root": _with("/etc/evil.json", b"x"),
    "a_drive": _with("C:\\evil.json", b"x"),
    "a_folder": _with("data/", b""),
    "a_script": _with("paper/evil.html", b"<script>"),
    "a_wrong_fingerprint": lambda files: _packed(files | {"data/diary.json": b"[]"}, listed=False),
    "a_file_missing": lambda files: _packed({n: d for n, d in files.items() if n != "csv/pain.csv"}, listed=False),
    "a_file_too_many": lambda files: _packed(files | {"paper/more.pdf": b"x"}, listed=False),
    "no_list": lambda files: _packed({n: d for n, d in files.items() if n != MANIFEST}, listed=False),
    "no_sitting": lambda files: _packed({n: d for n, d in files.items() if n != "data/sitting.json"}),
    "a_list_of_another": _with(MANIFEST, b'{"format": "other", "files": []}'),
    "a_list_that_is_none": lambda files: _packed(files | {MANIFEST: b"[]"}, listed=False),
    "no_json": _with("data/sitting.json", b"{"),
    "not_utf_8": _with("data/sitting.json", b'"\xff\xfe"'),
    "a_key_twice": _with("data/sitting.json", b'{"id": 1, "id": 2}'),
    "deep_json": _with("data/diary.json", b"[" * 300_000 + b"]" * 300_000),
    "rather_deep_json": _with("data/diary.json", b"[" * 500 + b"]" * 500),
    "wide_json": _with("data/diary.json", b"[" + b"[],"  * 1_500_000 + b"[]]"),
    "not_a_number": _with("data/diary.json", b"[NaN]"),
    "an_endless_number": _in("diary", lambda d: d[0].update({"pain": float("inf")})),
    "a_number_that_overflows": _with("data/diary.json", b'[{"id": "1", "on": "2026-01-05", "kind": "morning", "pain": 1e999}]'),
    "a_number_of_9000_digits": _with("data/diary.json", b"[" + b"9" * 9000 + b"]"),
    "half_a_letter": _in("sitting", lambda s: s["case"].update({"text": "\ud800"})),
    "the_end_of_text": _in("sitting", lambda s: s["case"].update({"text": "a\0b"})),
    "a_list_for_a_sitting": _with("data/sitting.json", b"[]"),
    "a_word_for_a_diary": _with("data/diary.json", b'"x"'),
    "a_diary_of_numbers": _with("data/diary.json", b"[1, 2]"),
    "no_door": _in("sitting", _item("door", "window")),
    "a_key_of_the_future": _in("sitting", _item("colour", "red")),
    "an_id_like_a_path": _in("sitting", _item("id", "../../etc/passwd-and-more")),
    "a_page_that_is_none": _in("sitting", _item("steps", [{"page": "x", "findings": ["calf_pain"], "why": "y", "stage": "open", "answers": {}, "unsure_about": []}])),
    "an_answer_that_is_none": _in("sitting", lambda s: s["case"].update({"corrections": {"calf_pain": {"state": "perhaps"}}})),
    "a_value_for_a_yes_or_no": _in("sitting", lambda s: s["case"].update({"corrections": {"calf_pain": {"state": "present", "value": 3}}})),
    "an_age_of_900": _in("sitting", lambda s: s["case"].update({"person": {"age": 900}})),
    "a_finding_of_html": _in("sitting", lambda s: s["case"].update({"declined": ["<img src=x>"]})),
    "created_never": _in("sitting", _item("created", "yesterday")),
    "a_swap_with_nothing": _in("sitting", _item("preferences", {"swaps": [["squat"]]})),
    "minutes_of_fear": _in("sitting", _item("preferences", {"minutes": -1})),
    "a_programme_without_origin": _with("data/programme.json", b"{}"),
    "a_list_for_a_diagnosis": _in("programme", lambda p: p["origin"].update({"diagnosis": ["x"]})),
    "a_week_of_words": _in("programme", _item("week", ["x"])),
    "another_first_day": _in("course", _item("started_on", "2026-01-09")),
    "begun_in_the_year_1": _in("course", _item("started_on", "0001-01-01")),
    "not_one_moment_each": _in("course", _item("kept", [])),
    "a_diary_without_a_course": lambda files: _packed({n: d for n, d in files.items() if n != "data/course.json"}),
    "the_same_entry_id": _in("diary", lambda d: d[1].update({"id": d[0]["id"]})),
    "an_entry_of_the_future": _in("diary", lambda d: d[0].update({"on": "2999-01-01"})),
    "an_entry_of_another_kind": _in("diary", lambda d: d[0].update({"kind": "party"})),
    "a_correction_of_itself": _in("diary", lambda d: d[0].update({"kind": "correction", "of": d[0]["id"], "becomes": None})),
    "an_unhashable_exercise": _in("diary", lambda d: d[0].update({"kind": "session", "items": [{"exercise": {}}]})),
    "a_zone_like_a_path": _in("calendar", lambda c: c["wishes"].update({"zone": "../../../etc/passwd"})),
    "a_calendar_of_words": _in("calendar", lambda c: c.update({"told": ["x"]})),
    "a_name_too_long": _in("person", _item("name", "x" * 10_000)),
    "a_name_that_turns_round": _in("person", _item("name", "a\u202eb")),
}  # fmt: skip


@pytest.fixture(scope="module")
def files(engine: Engine) -> dict[str, bytes]:
    stored, on = followed(0)
    return _files(write_archive(stored, on, engine))


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_archive_ends_in_one_kind_error_within_bounds(
    attack: str, files: dict[str, bytes], engine: Engine
) -> None:
    data = HOSTILE[attack](dict(files))
    heavy = attack in ("bomb", "a_size_that_lies", "many_files", "deep_json", "wide_json", "too_large")
    if heavy:
        tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(BadCase) as refused:
        read_archive(data, ON, engine)
    assert time.monotonic() - begun < SOME_SECONDS
    if heavy:
        assert tracemalloc.get_traced_memory()[1] < SOME_MEMORY
        tracemalloc.stop()
    assert refused.value.what
    assert refused.value.mend
    assert len(str(refused.value)) < 600


@given(st.integers(0, 10**9), st.integers(0, 255), st.integers(1, 40))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_archive_is_refused_or_the_same(
    files: dict[str, bytes], engine: Engine, place: int, byte: int, length: int
) -> None:
    stored, on = followed(0)
    archive = bytearray(_packed(files))
    place %= len(archive)
    archive[place : place + length] = bytes([byte]) * len(archive[place : place + length])
    with suppress(BadCase):
        assert read_archive(bytes(archive), on, engine) == stored


def test_the_limits_fit_ten_years_of_a_diary(engine: Engine) -> None:
    assert MOST_UNPACKED > MOST_BYTES
    assert MOST_FILES > 50
    stored, on = followed(0)
    day = len(write_archive(stored, on, engine)) / 24
    assert day * 3650 < MOST_BYTES
    assert contents(stored, on + timedelta(days=1), engine)


def test_a_programme_and_a_diary_from_files_make_an_archive(engine: Engine) -> None:
    examples = Path(__file__).parents[2] / "docs" / "examples"
    programme = json.loads((examples / "programme.json").read_text(encoding="utf-8"))
    diary = [json.loads(line) for line in (examples / "diary.jsonl").read_text(encoding="utf-8").splitlines()]
    stored = from_programme(programme, diary, date(2026, 12, 30))
    assert (
        read_archive(write_archive(stored, date(2026, 12, 30), engine), date(2026, 12, 30), engine) == stored
    )
