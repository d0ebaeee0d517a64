"""The addresses of this machine in its home network, found without a word to any other machine."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 1918 and RFC 4193: addresses that no router of the internet carries.
HOME_NETWORKS: Final = tuple(
    ipaddress.ip_network(one) for one in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "fc00::/7")
)
LOOPBACK_NETWORKS: Final = tuple(ipaddress.ip_network(one) for one in ("127.0.0.0/8", "::1/128"))
# Where a route is looked up to: a documentation address (RFC 5737, RFC 3849) for the usual one, and one in
# each home network. "Connecting" a datagram socket only asks this machine's own table; nothing is sent.
_LOOKED_UP = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "2001:db8::1")
_DISCARD_PORT = 9
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def is_of_a_home(address: Address) -> bool:
    """Whether an address belongs to a home network and not to the internet."""
    return any(address in network for network in HOME_NETWORKS if network.version == address.version)


def is_of_this_machine_alone(address: Address) -> bool:
    """Whether an address can be reached from this machine only."""
    return any(address in network for network in LOOPBACK_NETWORKS if network.version == address.version)


def _source_towards(looked_up: str) -> Address | None:
    """The address this machine would send from; None where it has no route."""
    family = socket.AF_INET6 if ":" in looked_up else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as datagram:
            datagram.connect((looked_up, _DISCARD_PORT))
            return ipaddress.ip_address(datagram.getsockname()[0])
    except (OSError, ValueError):
        return None


def addresses_at_home(looked_up: Iterable[str] = _LOOKED_UP) -> list[Address]:
    """This machine's addresses in a home network, the one of the usual route first; empty without one."""
    found = (_source_towards(one) for one in looked_up)
    return list(dict.fromkeys(one for one in found if one is not None and is_of_a_home(one)))


def name_at_home() -> str | None:
    """The name under which phones find this machine at home, if it has one that can stand in an address."""
    first = socket.gethostname().partition(".")[0].lower()
    return f"{first}.local" if _HOST_NAME.fullmatch(first) and first != "localhost" else None
