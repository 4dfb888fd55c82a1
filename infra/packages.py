"""What oO consists of, for a release: ``.venv/bin/python infra/packages.py``.

Prints each package that ``requirements.lock`` pins with its licence. Ends with 1 if a licence is not
among ``LICENCES``, or if the environment holds a ``.pth`` file that is not in ``PTH_FILES``: Python runs
those at every start, and trojaned releases have used that.
"""

import re
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"

PERMISSIVE = "0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MIT-0 PSF-2.0 Zlib"
LICENCES = {
    *PERMISSIVE.split(),
    "MPL-2.0",  # certifi, tqdm: changes to their own files stay open
    "Unlicense",  # email-validator: public domain
    "LGPL-3.0-only",  # python-telegram-bot: used as it is, and anybody can replace it
}
"""Licences under which oO may be passed on."""

NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""SPDX names of trove classifiers."""

PTH_FILES = {
    "a1_coverage.pth": r"import sys; exec\('import os\\n\\nif os\.getenv\(.COVERAGE_PROCESS_START.{0,200}'\)",
    "distutils-precedence.pth": r"import os; var = 'SETUPTOOLS_USE_DISTUTILS'; .{0,150}add_shim\(\);",
    "_virtualenv.pth": r"import _virtualenv",
}
"""What may be in them, as regular expressions: coverage measures child processes (only if a variable is set),
setuptools (of venv, before Python 3.12) replaces distutils, virtualenv repairs it.
"""


def pinned(lock: str) -> list[str]:
    """The names of the packages in a lock file, each once."""
    return list(dict.fromkeys(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)))


def licence_of(name: str) -> str | None:
    """Its licence as an SPDX expression, as far as its metadata says; None if it is not installed here."""
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        return None
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [one for one in about.get_all("Classifier", []) if one.startswith("License ::")]
    named = [one.rpartition(" :: ")[2] for one in classifiers] or [
        (about.get("License") or "").strip().partition("\n")[0]
    ]
    return " OR ".join(NAMES.get(one, one) for one in named)


def is_allowed(expression: str) -> bool:
    """Whether the licence, one of its alternatives, or all of what it joins may be passed on."""
    while inner := re.search(r"\(([^()]*)\)", expression):
        expression = expression.replace(inner[0], "MIT" if _holds(inner[1]) else "refused")
    return _holds(expression)


def _holds(flat: str) -> bool:
    alternatives = re.split(r"\s+OR\s+", flat)
    return any(all(part.strip() in LICENCES for part in re.split(r"\s+AND\s+", one)) for one in alternatives)


def unknown_pth_files(folder: Path) -> list[str]:
    """Files that Python runs at its start and that are not as they are known."""
    return [
        file.name
        for file in sorted(folder.glob("*.pth"))
        if not re.fullmatch(PTH_FILES.get(file.name, r"(?!)"), file.read_text().strip(), re.DOTALL)
    ]


def main() -> int:
    """Print the list; returns how the program ends."""
    licences = {name: licence_of(name) for name in pinned(LOCK.read_text())}
    for name, licence in licences.items():
        print(f"{name:32} {licence or '(not for this platform)'}")
    wrong = [name for name, licence in licences.items() if licence is not None and not is_allowed(licence)]
    wrong += unknown_pth_files(Path(sysconfig.get_path("purelib")))
    if wrong:
        print(f"look at: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
