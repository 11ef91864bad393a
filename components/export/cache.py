"""Pictures on disk: files named by the digest of what made them, oldest go first.

`diskcache` was looked at and left: unmaintained, and it unpickles what it
reads (CVE-2025-69872). Bytes under a digest need neither.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import threading
from pathlib import Path

log = logging.getLogger("parley.export")

FOLDER_VARIABLE = "PARLEY_CACHE"

_PROJECT = Path(__file__).resolve().parents[2]
_TRIM_EVERY = 32  # writes between two looks at the size


class Cache:
    """At most about `limit` bytes of files; the least recently read go first.

    Several processes may share a folder: files appear whole or not at all.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self._writes = 0
        self._trimming = threading.Lock()

    def get(self, digest: str) -> bytes | None:
        path = self._path(digest)
        try:
            body = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return body

    def put(self, digest: str, body: bytes) -> None:
        """Keep the bytes. A full or read-only disk costs the cache, not the picture."""
        path = self._path(digest)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(name, path)
        except OSError as error:
            log.warning("a picture could not be kept: %s", error)
            return
        self._writes += 1
        if self._writes % _TRIM_EVERY == 0:
            self.trim()

    def trim(self) -> None:
        """Remove the least recently read files until the limit is kept."""
        if not self._trimming.acquire(blocking=False):
            return
        try:
            found = []
            for path in self.folder.glob("??/*"):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime, status.st_size, path))
            total = sum(size for _, size, _ in found)
            for _, size, path in sorted(found):
                if total <= self.limit:
                    break
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= size
        finally:
            self._trimming.release()

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def folder() -> Path:
    """Where pictures are kept: PARLEY_CACHE, else `.cache` in the project, else
    the system's folder for temporary files."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    if os.access(_PROJECT, os.W_OK):
        return _PROJECT / ".cache" / "pictures"
    return Path(tempfile.gettempdir()) / "parley-pictures"
