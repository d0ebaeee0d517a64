"""`kneewise serve --for-my-phone`: the app over HTTPS in the home network, for phones that were paired.

Off unless asked for. Whoever is in the same network can reach the door; only who scans the code shown in
this terminal comes in. No strict-transport header is sent: it would bind the phone to this certificate for
every other service of the same name at home, and there is no plain page that it could protect.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from typing import Any, TextIO

from kneewise.store import place
from kneewise.web.home_certificate import HomeCertificate, certificate_for
from kneewise.web.home_network import (
    Address,
    addresses_at_home,
    is_of_a_home,
    is_of_this_machine_alone,
    name_at_home,
)
from kneewise.web.server import OUR_FAULT, listen, prepare, server_for, stop

WHITE_ON_BLACK, USUAL = "\x1b[97;40m", "\x1b[0m"


def _chosen(host: str) -> Address:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        stop(f"--host {host} is no address. Give one of this machine's, as 192.168.1.20, or leave it out.")
    if not (is_of_a_home(address) or is_of_this_machine_alone(address)):
        stop(
            f"{host} is not an address of a home network (192.168…, 10…, 172.16… to 172.31…, fd…), so "
            "strangers could reach it. Leave --host out; for the internet, see docs/how-to/behind-a-proxy.md."
        )
    return address


def addresses_to_serve(host: str | None) -> list[Address]:
    """The addresses for phones, the one to show first. Ends with a clear message where there is none."""
    found = [_chosen(host)] if host is not None else addresses_at_home()
    if not found:
        stop(
            "this machine is in no home network now, so no phone could reach it. Connect it to the same "
            "Wi-Fi as the phone and start again. On this machine alone: kneewise serve"
        )
    return found


def in_address(address: Address) -> str:
    """An address as it stands in a URL."""
    return f"[{address}]" if address.version == 6 else str(address)


def show_code(address: str, out: TextIO) -> None:
    """The address as a picture for a phone's camera, light on dark whatever the terminal's colours."""
    import segno

    picture = StringIO()
    segno.make(address, error="m").terminal(out=picture, compact=True, border=4)
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    for line in picture.getvalue().splitlines():
        out.write(f"{WHITE_ON_BLACK}{line}{USUAL}\n" if coloured else f"{line}\n")


def _told(home: str, code_address: str, certificate: HomeCertificate, out: TextIO) -> None:
    show_code(code_address, out)
    again = "your phone has to trust the certificate once: " if certificate.new_authority else ""
    lines = (
        f"kneewise is at {home} for phones in this home network – stop it with Ctrl+C",
        f"scan the picture with your phone's camera, or open {code_address}",
        f"{again}how to is on the page that opens. Its fingerprint, to compare (SHA-256):",
        f"  {certificate.fingerprint}",
        "everybody in this network can reach the door; only who has this code comes in. Show it to nobody",
        f"your answers stay on this machine, in {place.data_file()}",
    )
    for line in lines:
        print(line, file=out)


def serve_home(host: str | None, port: int, data_file: str | None, *, forget_phones: bool) -> None:
    """Serve until stopped. Exit status 2 where there is no network, or host, port or file cannot be used."""
    addresses = addresses_to_serve(host)
    prepare(data_file)
    from django.conf import settings

    from kneewise.web import pairing

    file = place.data_file()
    own_name = name_at_home()
    names = [own_name] if own_name is not None else []
    try:
        certificate = certificate_for(file, addresses, names, datetime.now(UTC))
        settings.PHONES_SECRET = pairing.phones_secret(file, forget=forget_phones)
    except place.PlaceUnusable as unusable:
        stop(str(unusable))
    except OSError as error:
        stop(f"the certificate cannot be kept beside {file} ({error}). Name another file with --data.")
    settings.PAIRING_CODE = pairing.new_code()
    settings.HOME_AUTHORITY = certificate.authority_bytes
    settings.HOME_FINGERPRINT = certificate.fingerprint
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *(in_address(one) for one in addresses), *names]
    here = ipaddress.ip_address("127.0.0.1")
    listeners = [listen(str(one), port, "https") for one in dict.fromkeys([*addresses, here])]
    server = server_for(
        listeners,
        workers=1,  # it counts the wrong codes
        worker_class="kneewise.web.home_worker.HomeWorker",
        certfile=str(certificate.certificate_file),
        keyfile=str(certificate.key_file),
        ssl_context=_tls_context,
    )
    home = f"https://{in_address(addresses[0])}:{port}/"
    _told(home, f"{home}{pairing.PAIR_PATH.strip('/')}/{settings.PAIRING_CODE}/", certificate, sys.stderr)
    server.run()
    raise SystemExit(OUR_FAULT)


def _tls_context(config: Any, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """Imported late: gunicorn need not be loaded to say that there is no network."""
    from kneewise.web.home_worker import tls_context

    return tls_context(config, default)
