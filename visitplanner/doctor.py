"""What this machine lacks for printing, storing and serving."""

import ctypes.util
import os
import shutil
import tempfile
from pathlib import Path

from visitplanner.documents.typefaces import missing_fonts

LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
LEAST_FREE = 500 * 1024 * 1024


def lacks() -> list[str]:
    """One sentence for each thing that is missing; empty when all is well."""
    found = [
        f"The library {name} is missing: install the package {package}."
        for name, package in LIBRARIES.items()
        if ctypes.util.find_library(name) is None
    ]
    found += [
        f"Fonts for Chinese, Japanese and Korean are missing: install the package {package}."
        for package in missing_fonts()
    ]
    if shutil.disk_usage(Path.cwd()).free < LEAST_FREE:
        found.append("Less than 500 MB are free on this disk.")
    if not os.access(tempfile.gettempdir(), os.W_OK):
        found.append(f"The folder {tempfile.gettempdir()} cannot be written.")
    return found
