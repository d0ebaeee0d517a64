"""What the store keeps of a course: entries once, in order, never changed, erased for real."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ON = date(2026, 11, 21)


def _course() -> Any:
    from kneewise.store.models import Course, Sitting

    return Course.start(Sitting.objects.create(door="hurts"), {"knowledge_version": "1", "week": []}, ON)


def _morning(id_: str, pain: int = 2) -> dict[str, Any]:
    return {"id": id_, "on": "2026-11-21", "kind": "morning", "pain": pain}


def test_the_same_entry_sent_twice_counts_once_and_another_under_its_id_is_refused() -> None:
    from kneewise.store.models import SameIdOtherEntry

    course = _course()
    course.add(_morning("a"))
    course.add(_morning("a"))
    assert course.diary() == [_morning("a")]
    with pytest.raises(SameIdOtherEntry):
        course.add(_morning("b"), _morning("a", 9))
    assert course.diary() == [_morning("a")]  # all of them or none


def test_the_same_id_in_two_courses_is_two_entries() -> None:
    one, other = _course(), _course()
    one.add(_morning("a", 1))
    other.add(_morning("a", 2))
    assert (one.diary(), other.diary()) == ([_morning("a", 1)], [_morning("a", 2)])


def test_nothing_that_was_kept_can_be_changed_or_taken_out() -> None:
    from django.db import DatabaseError, connection

    from kneewise.store.models import AppendOnly, DiaryEntry

    course = _course()
    course.add(_morning("a"))
    entry = DiaryEntry.objects.get(course=course)
    entry.entry = _morning("a", 9)
    for refused in (
        entry.save, entry.delete, course.save, course.delete,
        lambda: DiaryEntry.objects.filter(course=course).update(kind="session"),
        lambda: DiaryEntry.objects.filter(course=course).delete(),
    ):  # fmt: skip
        with pytest.raises(AppendOnly):
            refused()
    with pytest.raises(DatabaseError, match="only ever added"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_diaryentry SET kind = 'session' WHERE id = %s", [entry.pk])
    assert course.diary() == [_morning("a")]


def test_a_sitting_follows_one_programme() -> None:
    from kneewise.store.models import Course, Sitting

    sitting = Sitting.objects.create(door="hurts")
    first = Course.start(sitting, {"knowledge_version": "1", "week": [1]}, ON)
    again = Course.start(sitting, {"knowledge_version": "2", "week": [2]}, ON)
    assert again.pk == first.pk
    assert again.programme["week"] == [1]


def test_many_writers_at_once_lose_nothing() -> None:
    from django.db import connection

    course, wrong = _course(), []

    def write(writer: int) -> None:
        try:
            for number in range(10):
                course.add(_morning(f"{writer}-{number}"))
        except Exception as error:  # noqa: BLE001  # told by the assertion
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert {entry["id"] for entry in course.diary()} == {f"{w}-{n}" for w in range(4) for n in range(10)}


@pytest.mark.hazard("H32")
def test_erasing_leaves_nothing_of_the_diary_in_the_file() -> None:
    from django.conf import settings
    from django.db import connection

    from kneewise.store.models import Course, DiaryEntry

    course = _course()
    course.add(_morning("a") | {"note": "a most secret word"})
    course.sitting.erase()
    assert not Course.objects.filter(pk=course.pk).exists()
    assert not DiaryEntry.objects.filter(course_id=course.pk).exists()
    connection.close()
    file = Path(settings.DATA_FILE)
    for part in (file, file.with_name(file.name + "-wal")):
        assert b"most secret word" not in (part.read_bytes() if part.exists() else b"")


def test_the_file_waits_for_the_disk_at_each_entry() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        settings = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
