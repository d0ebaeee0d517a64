"""One file that may be sent, to one page: kept in memory, never on the disk, and bounded."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from kneewise.exchange.archive import MOST_BYTES


class InMemory(FileUploadHandler):
    """Collects the first file; a further one, or more bytes than an archive has, end the upload."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.collected = io.BytesIO()
        self.files = 0

    def new_file(self, *rest: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(*rest, **named)
        self.files += 1
        if self.files > 1:
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of it."""
        self.collected.write(raw_data)
        if self.collected.tell() > MOST_BYTES:
            raise StopUpload(connection_reset=False)

    def file_complete(self, file_size: int) -> Any:
        """All of it is there."""
        self.collected.seek(0)
        return InMemoryUploadedFile(
            self.collected, self.field_name, "archive", self.content_type, file_size, self.charset
        )
