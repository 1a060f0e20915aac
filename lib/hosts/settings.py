"""What only the operator of a server knows, from the environment."""

import os
from urllib.parse import urlsplit

from geo import kept


class SettingsError(ValueError):
    """A setting cannot be used; the message says which and why."""


@kept.once
def origin() -> str:
    """Return where readers reach the app, from ``FOOTPRINTS_ORIGIN``: ``"https://footprints.example"``.

    Without it pages name no absolute address: that of a request is whatever its sender says it is.

    Raises
    ------
    SettingsError
        If it is no address of a server.
    """
    address = os.environ.get("FOOTPRINTS_ORIGIN", "").rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query):
        raise SettingsError("FOOTPRINTS_ORIGIN must look like https://footprints.example, without anything behind it.")
    return address


@kept.once
def reports() -> str:
    """Return where errors in facts are reported, from ``FOOTPRINTS_REPORTS``: an address of mail or of a form.

    Raises
    ------
    SettingsError
        If it is neither.
    """
    address = os.environ.get("FOOTPRINTS_REPORTS", "")
    if address and urlsplit(address).scheme not in ("https", "mailto"):
        raise SettingsError("FOOTPRINTS_REPORTS must begin with https:// or mailto:.")
    return address
