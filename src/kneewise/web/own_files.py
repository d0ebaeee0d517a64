"""The files that pages load: each address carries the hash of its content, so no cache shows an old one."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FOLDER = "kneewise/"


@functools.cache
def address(name: str) -> str:
    """The address of a file under `static/kneewise/`, with its hash.

    Raises `FileNotFoundError` where there is no such file: a page never points to nothing.
    """
    found = finders.find(FOLDER + name)
    if not found:
        raise FileNotFoundError(f"static/{FOLDER}{name} is not there. Mend the name in the template.")
    digest = hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:12]
    return f"{static(FOLDER + name)}?v={digest}"
