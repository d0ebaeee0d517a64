"""`kneewise serve --for-my-phone` as a phone meets it: real TLS, a real code, a real Chromium."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE
from tests.browser.find_chromium import find
from tests.browser.live import ROOT, START_SECONDS, free_port
from tests.browser.tour import Walker

pytestmark = pytest.mark.browser
AT_HOME = "127.0.0.2"  # stands in for this machine's address in the home network


@dataclass(frozen=True)
class Home:
    """A running server: where, and what the terminal showed."""

    address: str
    code_address: str
    told: str
    authority: Path
    certificate: Path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder, port = tmp_path_factory.mktemp("home"), free_port()
    data = folder / "private.sqlite3"
    command = [sys.executable, "-m", "kneewise.cli.main", "serve", "--for-my-phone", "--host", AT_HOME]
    command += ["--port", str(port), "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = folder / "log"
    with log.open("wb") as out, subprocess.Popen(command, stderr=out, stdout=out, env=environment) as process:
        try:
            yield _ready(process, log, data)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _ready(process: subprocess.Popen[bytes], log: Path, data: Path) -> Home:
    for _ in range(START_SECONDS * 10):
        told = log.read_text(encoding="utf-8")
        shown = re.search(r"(https://[\d.:]+)/pair/[\w-]{22}/", told)
        if shown and "your answers stay" in told:
            files = (data.with_name(data.name + ending) for ending in (".authority.crt", ".server.crt"))
            return Home(shown[1], shown[0], told, *files)
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {told}")
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _client(home: Home) -> httpx.Client:
    trusts = ssl.create_default_context(cafile=str(home.authority))
    return httpx.Client(verify=trusts, base_url=home.address, follow_redirects=True, timeout=20)


def test_a_client_that_trusts_the_authority_pairs_and_comes_in(home: Home) -> None:
    with _client(home) as phone:
        assert phone.get("/your-data/").status_code == 403
        paired = phone.get(home.code_address)
        assert paired.status_code == 200
        assert paired.url.path == "/on-your-phone/"
        assert phone.get("/your-data/").status_code == 200
        # What the page and the terminal show, and what the phone is given, are one certificate.
        given = phone.get("/on-your-phone/certificate/").content
    fingerprint = hashlib.sha256(given).digest().hex(" ").upper()
    assert fingerprint in home.told
    assert fingerprint in paired.text
    assert "█" in home.told


def test_a_client_that_does_not_trust_it_is_not_served(home: Home) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(home.address)


def test_another_host_name_is_refused(home: Home) -> None:
    with _client(home) as phone:
        phone.get(home.code_address)
        assert phone.get("/", headers={"Host": "kneewise.example.com"}).status_code == 400


def test_http_on_the_same_port_is_told_to_write_https(home: Home) -> None:
    answer = httpx.get(home.address.replace("https", "http"))
    assert answer.status_code == 400
    assert "https" in answer.text
    assert f'href="{home.address}/"' in answer.text


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused(home: Home) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    host, port = home.address.removeprefix("https://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire, pytest.raises(ssl.SSLError):
        old.wrap_socket(wire)


def test_a_phone_pairs_by_its_code_and_walks_on(home: Home, chromium: Browser) -> None:
    public = x509.load_pem_x509_certificate(home.certificate.read_bytes()).public_key()
    digest = hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    trusted = f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"
    with chromium.browser_type.launch(executable_path=find(), args=["--no-sandbox", trusted]) as browser:
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(home.address + "/your-data/")
        assert "Scan the code" in page.locator("h1").inner_text()
        page.goto(home.code_address)
        assert page.url == home.address + "/on-your-phone/"
        assert page.evaluate("isSecureContext")
        walker = Walker(page, home.address)
        walker.begin()
        assert walker.at("/words/")
        other = browser.new_context().new_page()
        other.goto(home.address + "/words/")
        assert "Scan the code" in other.locator("h1").inner_text()
