"""`kneewise serve`: a production server on this machine only, with its private file."""

from __future__ import annotations

import errno
import gc
import ipaddress
import os
import socket
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from kneewise.store import place

SETTINGS = "kneewise.web.settings"
WRONG_INPUT, OUR_FAULT = 2, 1
# Threads of one worker compute in turn: a second one uses the second core.
WORKERS, THREADS = min(2, os.cpu_count() or 1), 8
BACKLOG = 256


def stop(message: str, status: int = WRONG_INPUT) -> NoReturn:
    """End with a message that says what is wrong and how to mend it."""
    print(f"kneewise: {message}", file=sys.stderr)  # talk goes to standard error
    raise SystemExit(status)


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int, scheme: str = "http") -> socket.socket:
    """A listening socket. Ends with a clear message where there can be none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
        listener.listen(BACKLOG)
        listener.set_inheritable(True)
    except (OSError, OverflowError) as error:
        listener.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            stop(
                f"port {port} is in use, perhaps by kneewise itself. Open {scheme}://{host}:{port}/ to see, "
                f"or choose another port: kneewise serve --port {port + 1}"
            )
        stop(f"cannot listen on {host}, port {port}: {error}. Choose another --host or --port.")
    return listener


def _check_host(host: str) -> None:
    if is_loopback(host):
        return
    from kneewise.web.settings import OTHER_HOSTS_VARIABLE

    if not os.environ.get(OTHER_HOSTS_VARIABLE):
        stop(
            f"{host} can be reached from other machines, and this app has no accounts: whoever reaches it "
            f"could use it. Leave --host out. To allow it all the same, name the addresses in "
            f"{OTHER_HOSTS_VARIABLE}."
        )


def prepare(data_file: str | None) -> None:
    """Open the private file and bring it up to date. Ends with a clear message where that fails."""
    if data_file is not None:
        os.environ[place.DATA_FILE_VARIABLE] = str(Path(data_file).expanduser().resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    file = place.data_file()
    try:
        place.prepare(file)
        place.secret_key(file)
    except place.PlaceUnusable as unusable:
        stop(str(unusable))
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("clearsessions")
    except DatabaseError as error:
        stop(
            f"{file} cannot be used as the private file ({error}). "
            "Name another one with --data, or move this one away."
        )
    connections.close_all()


def server_for(listeners: Sequence[socket.socket], **more: Any) -> Any:
    """The server, with the app loaded once before its worker is made; `more` are options of gunicorn."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    from kneewise.web.knowledge import engine
    from kneewise.web.wsgi import application

    _ = engine().model, engine().reader
    # What is known never goes: the workers share it, and no collection of what goes looks through it.
    gc.collect()
    gc.freeze()

    class Server(BaseApplication):
        """gunicorn, set up here instead of by its own command."""

        def load_config(self) -> None:
            options = {
                "bind": [f"fd://{listener.fileno()}" for listener in listeners],
                "worker_class": "gthread",
                "workers": WORKERS,
                "threads": THREADS,
                "timeout": 60,
                "graceful_timeout": 5,
                "keepalive": 5,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "preload_app": True,
                "proc_name": "kneewise",
                "control_socket_disable": True,
            } | more
            for key, value in options.items():
                if key in self.cfg.settings:
                    self.cfg.set(key, value)

        def load(self) -> Any:
            return application

    return Server()


def _open_browser(address: str) -> None:
    """Show the first page when a person started this by hand."""
    if sys.stdout.isatty() and not os.environ.get("NO_BROWSER"):
        webbrowser.open(address)


def run(host: str, port: int, data_file: str | None) -> None:
    """Serve until stopped. Exit status 2 where host, port or private file cannot be used."""
    prepare(data_file)
    _check_host(host)
    listener = listen(host, port)
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    address = f"http://{shown}:{port}/"
    server = server_for([listener])
    print(f"kneewise is at {address} – stop it with Ctrl+C", file=sys.stderr)
    print(f"your answers stay on this machine, in {place.data_file()}", file=sys.stderr)
    _open_browser(address)
    server.run()


def run_for_my_phone(host: str | None, port: int, data_file: str | None, *, forget_phones: bool) -> None:
    """Serve the home network too, over HTTPS and to paired phones, until stopped."""
    from kneewise.web.home_server import serve_home

    serve_home(host, port, data_file, forget_phones=forget_phones)
