"""What an archive file holds, written beside it when it is sealed: a WARC file that was cut reads without an error."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX: Final = ".warc.gz"
OPEN: Final = ".open"
"""Ends the name of a file that is being written."""
MANIFEST: Final = ".json"
BLOCK: Final = 1 << 20


@dataclass(slots=True, kw_only=True, frozen=True)
class Manifest:
    """One sealed file."""

    file: str
    bytes: int
    sha256: str
    records: dict[str, int]
    """How many of each type."""
    sealed_at: str
    recovered: bool = False
    """Whether its writer was killed: the file was cut back to its last whole record."""


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a file stands."""
    return path.with_name(path.name + MANIFEST)


def find_files(folder: Path) -> list[Path]:
    """Return the sealed files of an archive, in the order in which they were written.

    Raises ArchiveError where there is no such folder.
    """
    if not folder.is_dir():
        raise ArchiveError(f"{folder}: there is no archive; set GOV_REPORTS_ARCHIVE to its folder")
    described = (path.with_name(path.name.removesuffix(MANIFEST)) for path in folder.glob(f"*{SUFFIX}{MANIFEST}"))
    return sorted({*folder.glob(f"*{SUFFIX}"), *described})


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write the manifest of a file, whole or not at all."""
    draft = manifest_of(path).with_name(f".{path.name}{MANIFEST}.new")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(manifest), indent=1) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(manifest_of(path))


def load_manifest(path: Path) -> Manifest:
    """Return the manifest of a file; raise ArchiveError when it is missing or is none."""
    place = manifest_of(path)
    try:
        return Manifest(**json.loads(place.read_text("utf-8")))
    except OSError as error:
        raise ArchiveError(f"{place}: {error.strerror}: nothing says whether {path.name} is whole") from error
    except (TypeError, ValueError) as error:
        raise ArchiveError(f"{place}: is no manifest of an archive's file: {error}") from error


def check_file(path: Path) -> list[str]:
    """Return a sentence for each way in which a file is not the one that was sealed; none is as it must be."""
    try:
        manifest = load_manifest(path)
        size = path.stat().st_size
    except ArchiveError as error:
        return [str(error)]
    except OSError as error:
        return [f"{path}: {error.strerror}, though it was sealed"]
    if size != manifest.bytes:
        return [f"{path}: has {size} bytes, {manifest.bytes} were sealed"]
    if digest_file(path) != manifest.sha256:
        return [f"{path}: is not the file that was sealed (its SHA-256 differs)"]
    return []


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def sync_folder(folder: Path) -> None:
    """Make what was renamed in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
