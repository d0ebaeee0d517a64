"""How long a browser may keep our own files without asking."""

from __future__ import annotations

from collections.abc import MutableMapping


def own_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A script may load another one by an address without a hash: browsers ask whether it has changed."""
    if url.endswith(".js"):
        headers["Cache-Control"] = "no-cache"
