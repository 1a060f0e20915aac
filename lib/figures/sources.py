"""Where the figures of a map come from, in a line for pictures that leave the app."""

from geo import manifest


def line(*notes: str) -> str:
    """Return notes on figures, then attribution and version of the data."""
    package = manifest.read()
    return " ".join([*notes, package["attribution"], f"Data version {package['version']}."])
