"""`make compile`: compiles the modules that `[tool.daybook] compiled` in pyproject.toml names, with mypyc.

Needs the development environment, a C compiler and Python's headers. All is built in a temporary folder; only what is
complete, with the digest of its sources, comes into the package (see streams/compiled.py).
"""

# ruff: noqa: INP001  (a script, no package)

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path

from setuptools import Distribution
from setuptools.errors import BaseError, CompileError, LinkError

ROOT = Path(__file__).resolve().parent.parent
TYPES = """\
[mypy]
# Types were checked before; those of other packages are not needed, and would take most of the time.
no_site_packages = true
ignore_missing_imports = true
"""
LEVEL = "1"
"""Of optimisation: more takes the C compiler far longer and gains nothing that could be measured."""


def module_names(project: Path) -> list[str]:
    """The modules to compile, as the project file names them."""
    told = tomllib.loads(project.read_text(encoding="utf-8"))
    return [f"{package}.{name}" for package, names in told["tool"]["daybook"]["compiled"].items() for name in names]


def build(names: list[str], jobs: int) -> Path:
    """Compile modules of the package in this folder, so many at once, and tell where the extension modules are."""
    from mypyc.build import mypycify  # noqa: PLC0415  (reads the folder's settings)

    Path("mypy.ini").write_text(TYPES, encoding="utf-8")
    files = [f"{name.replace('.', '/')}.py" for name in names]
    extensions = mypycify(
        ["--config-file=mypy.ini", *files],
        opt_level=LEVEL,
        debug_level="0",
        multi_file=True,
        target_dir="c",
        group_name="daybook",
    )
    distribution = Distribution({"ext_modules": extensions})
    command = distribution.get_command_obj("build_ext")
    command.build_lib, command.build_temp = "built", "objects"
    command.parallel = jobs
    command.ensure_finalized()
    command.run()
    return Path("built")


def install(built: Path, final: Path, manifest: str, digest: str) -> None:
    """Put the extension modules into that folder, in the place of older ones, with a manifest of that name."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    found = {path.relative_to(built).as_posix(): path for path in sorted(built.rglob(f"*{suffix}"))}
    folder = final.with_name(f"{final.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    modules = {}
    for place, path in found.items():
        name = place.removesuffix(suffix).replace("/", ".")
        modules[name] = f"{name}{suffix}"
        shutil.copyfile(path, folder / modules[name])
    told = {"sources": digest, "suffix": suffix, "modules": modules}
    (folder / manifest).write_text(json.dumps(told, indent=1), encoding="utf-8")
    shutil.rmtree(final, ignore_errors=True)
    folder.rename(final)


def main() -> None:
    """Compile, or say what it needs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, default=ROOT / "streams", help="the package (the one beside)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many C compilers at once (all cores)")
    arguments = parser.parse_args()
    package = arguments.package.resolve()
    os.environ["DAYBOOK_COMPILED"] = "no"
    sys.path.insert(0, str(package.parent))
    from streams.compiled import FOLDER, MANIFEST, digest_of  # noqa: PLC0415  (of the package that was named)

    names = module_names(ROOT / "pyproject.toml")
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch, "streams")
        shutil.copytree(package, sources, ignore=shutil.ignore_patterns(f"{FOLDER}*", "__pycache__", "lexicon"))
        digest = digest_of(sources)
        log = Path(scratch, "log")
        os.chdir(scratch)
        with log.open("w") as out, contextlib.redirect_stdout(out):
            try:
                built = build(names, arguments.jobs)
            except (BaseError, CompileError, LinkError, SystemExit) as error:
                out.flush()
                sys.stderr.write(log.read_text())
                sys.exit(f"compiling failed (it needs a C compiler and Python's headers): {error}")
        install(built, package / FOLDER, MANIFEST, digest)
    sys.stdout.write(f"{len(names)} modules compiled into {package / FOLDER}\n")


if __name__ == "__main__":
    main()
