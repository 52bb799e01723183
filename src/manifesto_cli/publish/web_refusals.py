"""What the network refuses, in a sentence: failures on the way to a host as `ManifestoError`."""

import errno
import http.client
import socket
import ssl

from manifesto_cli.faults.error import ManifestoError

AGAIN = "then run the same command again"

_EXPIRED, _OF_ANOTHER, _OF_NOBODY = 10, {62, 64}, {18, 19, 20, 21}
"""What OpenSSL calls what can be wrong with a certificate: `man openssl-verification-options`."""
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


class NoHostError(ManifestoError):
    """There is no host of this name: the domain may not have been set up yet."""


class CutOffError(Exception):
    """An answer ended before its end."""


class EndlessError(TimeoutError):
    """An answer goes on and on."""


def worded(error: BaseException, host: str, patience: float) -> ManifestoError:
    """The failure as a sentence about `host`, with what to do next."""
    if isinstance(error, ssl.SSLError):
        return _of_certificate(error, host)
    if isinstance(error, socket.gaierror):
        return _of_name(error, host)
    if isinstance(error, UnicodeError):
        return NoHostError(f"`{host}` is no name of a host", help="correct the address")
    if isinstance(error, EndlessError):
        return ManifestoError(
            f"`{host}` sends a file so slowly that it was given up",
            help=f"see whether a browser shows the site, {AGAIN}",
        )
    if isinstance(error, TimeoutError) or (isinstance(error, OSError) and error.errno == errno.ETIMEDOUT):
        return slow(host, patience)
    if isinstance(error, ConnectionRefusedError):
        return ManifestoError(
            f"`{host}` refuses the connection: nothing listens there",
            help="check the address and its port; a host that was just set up may need some minutes",
        )
    if isinstance(error, ConnectionError | CutOffError | http.client.IncompleteRead):
        return ManifestoError(
            f"`{host}` ended the connection twice before it had answered",
            help=f"wait some minutes, {AGAIN}; if it stays so, ask the host",
        )
    return _of_the_way(error, host)


def _of_the_way(error: BaseException, host: str) -> ManifestoError:
    if isinstance(error, http.client.HTTPException):
        return ManifestoError(
            f"what answers at `{host}` does not speak as a web host does",
            help="check the address and its port",
        )
    reason = (getattr(error, "strerror", "") or str(error) or "for an unknown reason").lower()
    if isinstance(error, OSError) and error.errno in _UNREACHABLE:
        return ManifestoError(
            f"there is no way to `{host}` from here: {reason}",
            help=f"see to it that this machine is connected, {AGAIN}",
        )
    if "tunnel connection failed" in reason:
        return ManifestoError(
            f"the proxy does not lead to `{host}`: {reason.partition(': ')[2] or reason}",
            help="check the address, and the proxy in `HTTPS_PROXY`",
        )
    return ManifestoError(
        f"`{host}` cannot be reached: {reason}", help=f"see to it that this machine is connected, {AGAIN}"
    )


def slow(host: str, patience: float) -> ManifestoError:
    """What to say where nobody has answered for so many seconds."""
    return ManifestoError(
        f"`{host}` has not answered for {patience:g} seconds",
        help=f"see whether a browser shows the site, {AGAIN}",
    )


def busy(host: str, status: int) -> ManifestoError:
    """What to say of a host that answers that it cannot answer."""
    reason = "it was asked too often" if status == http.HTTPStatus.TOO_MANY_REQUESTS else "it has trouble"
    return ManifestoError(
        f"`{host}` does not show the site now: {reason} ({status})", help=f"wait some minutes, {AGAIN}"
    )


def _of_name(error: socket.gaierror, host: str) -> ManifestoError:
    if error.errno == socket.EAI_AGAIN:
        return ManifestoError(
            f"the name `{host}` cannot be looked up now",
            help=f"see to it that this machine is connected, {AGAIN}",
        )
    return NoHostError(
        f"there is no host `{host}`",
        help="check how it is spelt, and that this machine is connected; a new domain takes up to a day",
    )


def _of_certificate(error: ssl.SSLError, host: str) -> ManifestoError:
    if not isinstance(error, ssl.SSLCertVerificationError):
        reason = (error.reason or "for an unknown reason").lower().replace("_", " ")
        return ManifestoError(
            f"no safe connection to `{host}` can be made: {reason}",
            help="check the address and its port; a host that was just set up may need some minutes",
        )
    help = "a new domain gets its certificate within a day (GitHub shows it under Settings, Pages); else renew it at the host"
    if error.verify_code in _OF_ANOTHER:
        return ManifestoError(f"the certificate of `{host}` is for another name", help=help)
    if error.verify_code == _EXPIRED:
        return ManifestoError(f"the certificate of `{host}` has expired", help=help)
    if error.verify_code in _OF_NOBODY:
        return ManifestoError(
            f"the certificate of `{host}` is by nobody whom this machine trusts",
            help="have the host get one that browsers trust; where a company reads along, set `SSL_CERT_FILE` to its certificates",
        )
    return ManifestoError(
        f"the certificate of `{host}` does not hold: {error.verify_message.lower()}", help=help
    )
