"""Uses what ``make dist`` built as a stranger would: ``python infra/try_dist.py dist/*``.

Each file gets an environment of its own with what ``requirements.lock`` pins, an empty home and no variable
of this shell. A source distribution is built into a wheel first, with the hatchling of the environment that
runs this. Prints each conversation; ends with 1 if something is not as it should be.
"""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
LOCKED = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock"))
LOCAL = ("--no-deps", "--no-index", "--no-build-isolation")

TYPED = ("hi", "1", "/timezone Munich", "pay rent tomorrow at 9", "/tip")
SHOWN = ("Agree and start", "You agreed", "Europe/Berlin", "Added: pay rent", "Snooze")
"""What has to come back, in this order, a tip of some kind last. It takes the migrations and the places."""


def wheel_of(built: Path, folder: Path) -> Path:
    """The wheel itself, or the one that the source distribution makes."""
    if built.suffix == ".whl":
        return built
    subprocess.run([*PIP, "wheel", *LOCAL, "--wheel-dir", folder, built], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, environment: Path) -> None:
    """Make a fresh environment with the locked packages and the wheel."""
    venv.create(environment)
    into = (*PIP, "--python", environment / "bin" / "python", "install", "--no-compile")
    subprocess.run([*into, *LOCKED], check=True)
    subprocess.run([*into, *LOCAL, wheel], check=True)


def use(environment: Path, home: Path) -> str:
    """What the installed ``oo`` says: its version, then the conversation. An error of its own ends this."""

    def oo(*arguments: str, typed: str = "") -> str:
        return subprocess.run(
            [environment / "bin" / "oo", *arguments],
            input=typed,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            cwd=home,
            env={"PATH": os.defpath, "HOME": str(home)},
        ).stdout

    return oo("--version") + oo("chat", typed="\n".join(TYPED))


def is_right(said: str, built: Path) -> bool:
    """Whether the version is the one in the file's name, and every answer came in its turn."""
    version = built.name.split("-")[1].removesuffix(".tar.gz")
    expected = (f"oo {version}\n", *SHOWN)
    return bool(re.match(".*".join(map(re.escape, expected)), said, re.DOTALL))


def try_out(built: Path) -> bool:
    """Install and use one file; prints what came of it."""
    with TemporaryDirectory() as folder:
        environment, home = Path(folder, "environment"), Path(folder, "home")
        home.mkdir()
        install(wheel_of(built, Path(folder)), environment)
        said = use(environment, home)
    print(f"{built.name}\n{said}")
    return is_right(said, built)


if __name__ == "__main__":
    files = [Path(name).resolve() for name in sys.argv[1:]]
    if not files:
        sys.exit("name the files to try: dist/*")
    for file in files:
        if not try_out(file):
            sys.exit(f"{file.name} does not do what it should: see above")
