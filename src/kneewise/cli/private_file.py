"""The private file, for commands that read it or write into it without the app."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kneewise.evidence import BadCase

if TYPE_CHECKING:
    from kneewise.store.models import Sitting

SETTINGS = "kneewise.web.settings"


def open_private_file(named: str | None, *, may_be_new: bool) -> Path:
    """Open the private file (the default one if none is named) and bring it up to date. Raises `BadCase`."""
    from kneewise.store import place

    if named is not None:
        os.environ[place.DATA_FILE_VARIABLE] = str(Path(named).expanduser().resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    file = place.data_file()
    if not may_be_new and not file.is_file():
        raise BadCase(str(file), "there is no such private file", "Name the one that you use with --data")
    try:
        place.prepare(file)
        place.secret_key(file)
    except place.PlaceUnusable as unusable:
        raise BadCase(str(file), str(unusable), "Or leave --data out") from None
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise BadCase(
            str(file), f"it is no private file of kneewise ({error})", "Name it with --data"
        ) from None
    return file


def sitting_of(person: str | None) -> Sitting:
    """The sitting of the person meant: by name or the first letters of its id. Raises `BadCase`."""
    from kneewise.store.models import Sitting

    every = list(Sitting.objects.select_related("person").order_by("created", "pk"))
    found = every if person is None else [one for one in every if _is_meant(one, person)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.pk[:8]} ({_name(one)}, {one.created.date()})" for one in (found or every)[:20])
    if not every:
        raise BadCase("the private file", "nobody has told anything yet", "Begin in the app: kneewise serve")
    what = "there is no such person" if not found else f"{len(found)} people have something there"
    raise BadCase("--person", what, f"Say which one with --person: {known}")


def _name(sitting: Sitting) -> str:
    return (sitting.person.name if sitting.person else "") or "no name"


def _is_meant(sitting: Sitting, person: str) -> bool:
    return _name(sitting).casefold() == person.casefold() or (
        len(person) >= 4 and sitting.pk.startswith(person)
    )
