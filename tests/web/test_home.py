"""For the phone at home: the certificate, who comes in, and what is refused."""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from kneewise.web import home_network
from kneewise.web.home_certificate import certificate_for, make_authority, make_server
from kneewise.web.pairing import WITHIN_SECONDS, WRONG_CODES, WrongCodes
from tests.web.conftest import Browser
from tests.web.test_server import _serve

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AT_HOME = [ipaddress.ip_address("192.168.1.20")]
NAMES = ["kitchen.local"]
CODE = "a-code-of-this-start"

# --- the certificate ------------------------------------------------------------------------------------


def _leaf(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_the_certificate_is_one_that_phones_accept(tmp_path: Path) -> None:
    made = certificate_for(tmp_path / "p.sqlite3", AT_HOME, NAMES, NOW)
    leaf = _leaf(made.certificate_file)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=398)
    told = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert AT_HOME[0] in told.get_values_for_type(x509.IPAddress)
    assert "kitchen.local" in told.get_values_for_type(x509.DNSName)
    leaf.verify_directly_issued_by(made.authority)
    assert made.fingerprint.count(" ") == 31
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def _verified(tmp_path: Path, address: str, name: str | None = None) -> str:
    """What openssl says of a server's certificate that our authority signed for this address or name."""
    authority, key = make_authority(NOW)
    names = [name] if name else []
    server, _ = make_server(authority, key, [ipaddress.ip_address(address)], names, NOW)
    from cryptography.hazmat.primitives.serialization import Encoding

    (tmp_path / "a.pem").write_bytes(authority.public_bytes(Encoding.PEM))
    (tmp_path / "s.pem").write_bytes(server.public_bytes(Encoding.PEM))
    command = [
        "openssl",
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-attime",
        str(int(NOW.timestamp())),
    ]
    command += ["-CAfile", str(tmp_path / "a.pem"), str(tmp_path / "s.pem")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("address", ["192.168.1.20", "10.1.2.3", "172.16.0.9", "fd00::1", "127.0.0.1"])
def test_the_authority_vouches_for_addresses_at_home(tmp_path: Path, address: str) -> None:
    assert "s.pem: OK" in _verified(tmp_path, address, "kitchen.local")


@pytest.mark.hazard("H24")
@pytest.mark.parametrize(
    ("address", "name"), [("8.8.8.8", None), ("172.32.0.1", None), ("192.168.1.20", "bank.example.com")]
)
def test_the_authority_can_vouch_for_nothing_on_the_internet(
    tmp_path: Path, address: str, name: str | None
) -> None:
    assert "permitted subtree violation" in _verified(tmp_path, address, name)


def test_the_certificate_is_kept_while_it_serves(tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite3"
    first = certificate_for(file, AT_HOME, NAMES, NOW)
    kept = first.certificate_file.read_bytes()
    assert first.new_authority
    again = certificate_for(file, AT_HOME, NAMES, NOW + timedelta(days=300))
    assert not again.new_authority
    assert again.certificate_file.read_bytes() == kept


@pytest.mark.parametrize(
    "change", ["near its end", "another address", "another name", "broken file", "no key"]
)
def test_a_certificate_that_no_longer_serves_is_made_anew_and_still_trusted(
    tmp_path: Path, change: str
) -> None:
    file = tmp_path / "p.sqlite3"
    first = certificate_for(file, AT_HOME, NAMES, NOW)
    kept = first.certificate_file.read_bytes()
    addresses, names, now = AT_HOME, NAMES, NOW
    if change == "near its end":
        now = NOW + timedelta(days=370)
    elif change == "another address":
        addresses = [ipaddress.ip_address("192.168.1.77")]
    elif change == "another name":
        names = ["study.local"]
    elif change == "broken file":
        first.certificate_file.write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    else:
        first.key_file.unlink()
    again = certificate_for(file, addresses, names, now)
    assert again.certificate_file.read_bytes() != kept
    assert again.fingerprint == first.fingerprint
    leaf = _leaf(again.certificate_file)
    leaf.verify_directly_issued_by(again.authority)
    assert leaf.not_valid_after_utc > now + timedelta(days=300)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(again.certificate_file, again.key_file)  # they fit together


def test_a_new_authority_is_told(tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite3"
    first = certificate_for(file, AT_HOME, NAMES, NOW)
    later = certificate_for(file, AT_HOME, NAMES, NOW + timedelta(days=5 * 365))
    assert later.new_authority
    assert later.fingerprint != first.fingerprint
    _leaf(later.certificate_file).verify_directly_issued_by(later.authority)


# --- the network ------------------------------------------------------------------------------------------


def test_addresses_are_found_without_a_word_to_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*rest: object) -> object:
        raise AssertionError("asked another machine")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "create_connection"):
        monkeypatch.setattr(socket, name, refused)
    monkeypatch.setattr(socket.socket, "sendto", refused, raising=False)
    found = home_network.addresses_at_home()
    assert all(home_network.is_of_a_home(address) for address in found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.168.0.1", True),
        ("10.0.0.1", True),
        ("172.31.255.1", True),
        ("fd12::1", True),
        ("172.32.0.1", False),
        ("100.64.0.1", False),
        ("8.8.8.8", False),
        ("2001:db8::1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_what_counts_as_home(address: str, home: bool) -> None:
    assert home_network.is_of_a_home(ipaddress.ip_address(address)) is home


@pytest.mark.hazard("H24")
@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--host", "8.8.8.8"), "strangers could reach it"),
        (("--host", "0.0.0.0"), "strangers could reach it"),
        (("--host", "::"), "strangers could reach it"),
        (("--host", "example.org"), "is no address"),
    ],
)
def test_only_a_home_network_is_served(tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    done = _serve(tmp_path, "--for-my-phone", *more)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "private.sqlite3").exists()


def test_no_network_is_said_kindly(tmp_path: Path) -> None:
    """With no route to any home network: what is wrong, and how to mend it."""
    script = (
        "from kneewise.web import home_server\n"
        "home_server.addresses_at_home = list\n"
        "home_server.serve_home(None, 8799, None, forget_phones=False)\n"
    )
    environment = {**os.environ, "KNEEWISE_DATA_FILE": str(tmp_path / "p.sqlite3")}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 2
    assert "in no home network" in done.stderr
    assert "kneewise serve" in done.stderr


def test_forgetting_phones_alone_is_refused(tmp_path: Path) -> None:
    done = _serve(tmp_path, "--forget-phones")
    assert done.returncode == 2
    assert "--for-my-phone" in done.stderr


# --- who comes in -----------------------------------------------------------------------------------------


@pytest.fixture
def _at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The app as it serves the home network."""
    from django.test import override_settings

    from kneewise.web import pairing
    from kneewise.web.views import phone

    fresh = WrongCodes()
    monkeypatch.setattr(pairing, "wrong_codes", fresh)
    monkeypatch.setattr(phone, "wrong_codes", fresh)
    with override_settings(
        PAIRING_CODE=CODE, PHONES_SECRET="s" * 64, HOME_AUTHORITY=b"der", HOME_FINGERPRINT="AB CD"
    ):
        yield


def _phone() -> Browser:
    """A browser that speaks TLS."""
    from django.test import Client

    class OverTls(Client):
        def request(self, **request: Any) -> Any:
            return super().request(**request | {"wsgi.url_scheme": "https"})

    browser = Browser()
    browser.client = OverTls()
    return browser


ALL_PATHS = ("/", "/your-data/", "/people/", "/settings/", "/your-data/download/", "/on-your-phone/certificate/", "/look.css", "/no-such/")  # fmt: skip


@pytest.mark.hazard("H24")
@pytest.mark.usefixtures("_at_home")
def test_who_is_not_paired_sees_only_the_door() -> None:
    stranger = _phone()
    for path in ALL_PATHS:
        assert stranger.get(path).status_code == 403, path
        assert "Scan the code to come in" in stranger.text
    answer = stranger.client.post("/api/v1/assess", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert json.loads(answer.content)["status"] == 403
    assert stranger.client.post("/", {"door": "hurts"}).status_code == 403
    stranger.client.cookies["__Host-kneewise_phone"] = "made:up:cookie"
    assert stranger.get("/").status_code == 403


@pytest.mark.usefixtures("_at_home")
def test_a_calendar_asks_with_its_own_secret_and_finds_nothing_without_it() -> None:
    stranger = _phone()
    assert stranger.get("/calendar/" + "x" * 43 + ".ics").status_code == 404
    for path in ("/calendar/x.ics", "/calendar/", "/calendar/" + "x" * 43 + ".ics/"):
        assert stranger.get(path).status_code == 403, path


@pytest.mark.hazard("H24")
@pytest.mark.usefixtures("_at_home")
def test_the_code_lets_a_phone_in_and_stays_in_no_address() -> None:
    phone = _phone()
    phone.get(f"/pair/{CODE}/")
    assert phone.path == "/on-your-phone/"
    assert phone.response.status_code == 200
    assert CODE not in phone.html
    cookie = phone.client.cookies["__Host-kneewise_phone"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    phone.begin()
    assert phone.path == "/words/"
    assert all(one["secure"] for one in phone.client.cookies.values())
    assert phone.get("/on-your-phone/certificate/").content == b"der"
    assert "Strict-Transport-Security" not in phone.response.headers


@pytest.mark.usefixtures("_at_home")
def test_phones_that_are_forgotten_have_to_pair_anew() -> None:
    from django.test import override_settings

    phone = _phone()
    phone.get(f"/pair/{CODE}/")
    assert phone.get("/").status_code == 200
    with override_settings(PHONES_SECRET="t" * 64):
        assert phone.get("/").status_code == 403


@pytest.mark.hazard("H24")
@pytest.mark.usefixtures("_at_home")
def test_codes_cannot_be_tried_one_after_the_other() -> None:
    stranger = _phone()
    for number in range(WRONG_CODES):
        assert stranger.get(f"/pair/wrong-{number}/").status_code == 403
        assert "not, or no longer, the right one" in stranger.text
    answer = stranger.get(f"/pair/{CODE}/")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(WITHIN_SECONDS)
    other = _phone()
    other.client.defaults["REMOTE_ADDR"] = "192.168.1.9"
    assert other.get(f"/pair/{CODE}/").status_code == 200


def test_wrong_codes_are_forgotten_after_a_while_and_never_fill_the_memory() -> None:
    now = [0.0]
    counted = WrongCodes(lambda: now[0])
    for _ in range(WRONG_CODES):
        counted.add("a")
    assert counted.too_many("a")
    assert not counted.too_many("b")
    for number in range(5000):
        counted.add(str(number))
    assert counted.too_many("a")
    assert len(counted._tries) <= 1000
    now[0] = WITHIN_SECONDS + 1.0
    assert not counted.too_many("a")


def test_on_this_machine_alone_nobody_needs_a_code(browser: Browser) -> None:
    assert browser.get("/on-your-phone/").status_code == 200
    assert "--for-my-phone" in browser.text
    assert browser.get(f"/pair/{CODE}/").status_code == 404
    assert browser.get("/on-your-phone/certificate/").status_code == 404


def test_behind_a_proxy_that_encrypts_cookies_never_go_over_plain_http() -> None:
    browser = _phone()
    browser.begin()
    assert all(cookie["secure"] for cookie in browser.client.cookies.values())
    plain = Browser()
    plain.begin()
    assert not any(cookie["secure"] for cookie in plain.client.cookies.values())
