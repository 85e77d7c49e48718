"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from alliancegraph.ontology.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it, then rename; raise `OutputError` and leave nothing if that fails."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        message = f"cannot write {path}: {error.strerror or error}; choose another place"
        raise OutputError(message, path=str(path)) from error
