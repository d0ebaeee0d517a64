"""The certificate for a phone in the home network, and the small authority that signs it.

A phone trusts the authority once, by hand. The authority says in itself that it may speak for addresses of
home networks and `.local` names only, so that it could not stand in for any site of the internet. Its key
and the server's lie beside the private file, readable by their owner only.

Phones refuse a server's certificate of more than 825 days, public ones of more than 398; this one lives for
397 (https://support.apple.com/en-us/103769) and is made anew before it ends or when an address changes.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kneewise.store.place import OWNER_ONLY
from kneewise.web.home_network import HOME_NETWORKS, LOOPBACK_NETWORKS, Address

AUTHORITY_DAYS: Final = 5 * 365
SERVER_DAYS: Final = 397
RENEW_BEFORE_DAYS: Final = 30
CLOCKS_DIFFER: Final = timedelta(days=1)
LOCAL_NAMES: Final = ("localhost", "local")


@dataclass(frozen=True)
class HomeCertificate:
    """Where certificate and key are, and what a phone has to trust; `new_authority` if it has to anew."""

    certificate_file: Path
    key_file: Path
    authority: x509.Certificate
    new_authority: bool

    @property
    def authority_bytes(self) -> bytes:
        """The authority's certificate as phones install it (DER)."""
        return self.authority.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the authority's certificate, as phones show it: `AB CD …`."""
        return hashlib.sha256(self.authority_bytes).digest().hex(" ").upper()


def _file(data_file: Path, ending: str) -> Path:
    return data_file.with_name(f"{data_file.name}.{ending}")


def _write(path: Path, content: bytes) -> None:
    """Write for the owner only, in one step: a half-written key is never found."""
    waiting = path.with_name(path.name + ".new")
    waiting.unlink(missing_ok=True)
    with os.fdopen(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "wb") as file:
        file.write(content)
    waiting.replace(path)


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _read(
    certificate_file: Path, key_file: Path
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    """A certificate with its key; None where one is missing, unreadable, or they do not fit together."""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate.public_key() != key.public_key():
        return None
    return certificate, key


def _builder(
    subject: str, issuer: x509.Name | None, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer or name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now - CLOCKS_DIFFER + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def make_authority(now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """An authority for addresses of home networks only."""
    key = ec.generate_private_key(ec.SECP256R1())
    permitted: list[x509.GeneralName] = [
        x509.IPAddress(network) for network in (*HOME_NETWORKS, *LOOPBACK_NETWORKS)
    ]
    permitted += [x509.DNSName(name) for name in LOCAL_NAMES]
    certificate = (
        _builder(f"kneewise at home, {now:%Y-%m-%d}", None, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def make_server(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    addresses: Sequence[Address],
    names: Sequence[str],
    now: datetime,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A server's certificate for these addresses and names."""
    key = ec.generate_private_key(ec.SECP256R1())
    told: list[x509.GeneralName] = [x509.IPAddress(one) for one in addresses]
    told += [x509.DNSName(name) for name in names]
    certificate = (
        _builder("kneewise", authority.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(told), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    return certificate, key


def _lasts(certificate: x509.Certificate, now: datetime) -> bool:
    end = certificate.not_valid_after_utc - timedelta(days=RENEW_BEFORE_DAYS)
    return certificate.not_valid_before_utc <= now < end


def _still_serves(
    certificate: x509.Certificate,
    authority: x509.Certificate,
    addresses: Sequence[Address],
    names: Sequence[str],
    now: datetime,
) -> bool:
    """Whether a server's certificate lasts, is the authority's, and names every address and name."""
    try:
        certificate.verify_directly_issued_by(authority)
        told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # noqa: BLE001  # whatever is wrong with it, a new one is made
        return False
    named = {*told.get_values_for_type(x509.IPAddress), *told.get_values_for_type(x509.DNSName)}
    return _lasts(certificate, now) and {*addresses, *names} <= named


def certificate_for(
    data_file: Path, addresses: Sequence[Address], names: Sequence[str], now: datetime
) -> HomeCertificate:
    """The certificate beside the private file: kept while it serves, else made anew. Raises `OSError`.

    `now` has a time zone. A new server certificate is trusted like the old one; only a new authority (after
    five years, or when its file was lost) has to be trusted anew.
    """
    every = [*addresses, *(ipaddress.ip_address(one) for one in ("127.0.0.1", "::1"))]
    named = ["localhost", *names]
    authority_files = _file(data_file, "authority.crt"), _file(data_file, "authority.key")
    server_files = _file(data_file, "server.crt"), _file(data_file, "server.key")
    kept = _read(*authority_files)
    new_authority = kept is None or not _lasts(kept[0], now)
    if kept is None or new_authority:
        kept = make_authority(now)
        _write(authority_files[0], kept[0].public_bytes(serialization.Encoding.PEM))
        _write(authority_files[1], _key_bytes(kept[1]))
    authority, authority_key = kept
    server = _read(*server_files)
    if server is None or not _still_serves(server[0], authority, every, named, now):
        certificate, key = make_server(authority, authority_key, every, named, now)
        _write(server_files[0], certificate.public_bytes(serialization.Encoding.PEM))
        _write(server_files[1], _key_bytes(key))
    return HomeCertificate(*server_files, authority, new_authority)
