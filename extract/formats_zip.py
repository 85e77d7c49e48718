"""ZIP containers, read with bounds: how many files, how large each, and how large all that is read together."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from alliancegraph.extract.sources import Raw
from alliancegraph.ontology.errors import NotText, TooLarge

ENTRIES: Final = 5_000
MEMBER: Final = 32 * 1024 * 1024
TOTAL: Final = 64 * 1024 * 1024
_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = 0x1


class Container:
    """The files of a ZIP container by name; what they unpack to is bounded, whatever their headers claim."""

    def __init__(self, source: Raw, kind: str) -> None:
        """Open a container; `kind` is what it should be ("Word file"). Raise NotText or TooLarge."""
        self.name, self.kind = source.name, kind
        self._left = TOTAL
        if source.data.startswith(_OFFICE):
            raise NotText(
                f"{self.name}: is an old Office file, or one with a password; save it as .docx without a password",
                source=self.name,
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
            self._files = {item.filename: item for item in self._archive.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.broken("it is no ZIP container") from error
        if len(self._archive.infolist()) > ENTRIES:
            raise self._too_large()

    def broken(self, why: str) -> NotText:
        """The error for a container that is not what it should be."""
        return NotText(
            f"{self.name}: is no readable {self.kind} ({why}); save it again, or as .txt", source=self.name
        )

    def _too_large(self) -> TooLarge:
        return TooLarge(
            f"{self.name}: unpacks to more than a {self.kind} should; save the article as .txt",
            source=self.name,
        )

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def read(self, path: str) -> bytes:
        """The bytes of a file in the container; raises NotText or TooLarge."""
        item = self._files.get(path)
        if item is None:
            raise self.broken(f"{path} is missing")
        if item.flag_bits & _ENCRYPTED:
            raise self.broken("it has a password")
        limit = min(MEMBER, self._left)
        try:
            with self._archive.open(item) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OSError,
        ) as error:
            raise self.broken(f"{path} is damaged") from error
        if len(data) > limit:
            raise self._too_large()
        self._left -= len(data)
        return data
