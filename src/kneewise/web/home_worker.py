"""The server's worker for the home network: who comes without TLS is told so instead of being cut off."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

TLS_HANDSHAKE = b"\x16"  # the first byte that a client sends which speaks TLS (RFC 8446, 5.1)
FIRST_BYTE_SECONDS = 1.0
SILENCE_SECONDS = 20


_contexts: dict[str, ssl.SSLContext] = {}


def tls_context(config: Any, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """One context for all connections: TLS 1.2 or newer."""
    if config.certfile not in _contexts:
        context = default()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        _contexts[config.certfile] = context
    return _contexts[config.certfile]


def plain_answer(address: str) -> bytes:
    """The whole answer to somebody who wrote http://."""
    title = escape(_("This address needs https"))
    told = escape(_("Write https:// in front of the address, or scan the code again:"))
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f'<h1>{title}</h1><p>{told} <a href="{escape(address)}">{escape(address)}</a></p></html>'
    ).encode()
    head = (
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'none'\r\n"
        f"Content-Length: {len(page)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + page


class HomeWorker(ThreadWorker):
    """Threads, TLS, and a clear word where TLS is missing."""

    def handle(self, conn: TConn) -> Any:
        """Answer a connection."""
        if conn.initialized or not conn.wait_for_data(FIRST_BYTE_SECONDS):
            return super().handle(conn)
        try:
            first = conn.sock.recv(1, socket.MSG_PEEK)
            if first in (b"", TLS_HANDSHAKE):
                # Who goes silent in the middle of a handshake must not keep a thread for ever.
                conn.sock.setsockopt(
                    socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENCE_SECONDS, 0)
                )
                return super().handle(conn)
            host, port = conn.server[:2]
            shown = f"[{host}]" if ":" in host else host
            conn.sock.setblocking(True)
            conn.sock.sendall(plain_answer(f"https://{shown}:{port}/"))
        except OSError:
            return False  # gone already
        return False
