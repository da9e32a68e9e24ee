"""The files root: names of our own making, written whole or not at all, optionally encrypted."""

import hashlib
import os
import uuid
from pathlib import Path

import fsspec
from sqlalchemy.orm import Session

from visitplanner.domain.refusals import NotFound
from visitplanner.models import StoredFile, new_key
from visitplanner.services.vault import Vault

SUFFIXES = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "image/png": "png",
    "image/svg+xml": "svg",
    "message/rfc822": "eml",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


class FileStore:
    """Saves and reads files below one fsspec address (a folder, or an S3-compatible bucket)."""

    def __init__(self, address: str, vault: Vault) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(address)
        self._vault = vault
        self._local = "file" in (
            self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,)
        )

    def _place(self, path: str) -> str:
        if ".." in path or path.startswith("/"):
            raise ValueError("a path outside the files root")
        return f"{self._root.rstrip('/')}/{path}"

    def write(self, path: str, content: bytes) -> None:
        """Write `content` under `path` so that no half file is ever visible."""
        place = self._place(path)
        if not self._local:
            self._fs.pipe_file(place, content)
            return
        target = Path(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
        with temporary.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # or a power cut may take back the name
        finally:
            os.close(folder)

    def save(
        self,
        session: Session,
        content: bytes,
        *,
        kind: str,
        media_type: str,
        name: str = "",
        visit_id: str | None = None,
        encrypted: bool = False,
    ) -> StoredFile:
        """Write the file, then add its row to `session` (the caller commits)."""
        key = new_key()
        path = f"{kind}/{key[:2]}/{key}.{SUFFIXES.get(media_type, 'bin')}"
        stored = self._vault.seal(content, path) if encrypted else content
        self.write(path, stored)
        row = StoredFile(
            id=key,
            visit_id=visit_id,
            kind=kind,
            path=path,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            encrypted=encrypted,
        )
        session.add(row)
        return row

    def save_photo(self, session: Session, jpeg: bytes, visit_id: str) -> StoredFile:
        """Keep somebody's photograph, encrypted; its row is written, for others to name."""
        row = self.save(
            session, jpeg, kind="photo", media_type="image/jpeg", visit_id=visit_id, encrypted=True
        )
        session.flush()
        return row

    def read(self, row: StoredFile) -> bytes:
        """The plain content. Raises FileNotFoundError when the file is gone."""
        content = bytes(self._fs.cat_file(self._place(row.path)))
        return self._vault.open(content, row.path) if row.encrypted else content

    def picture(self, session: Session, file_id: str | None) -> tuple[bytes, str]:
        """The content of a file and its media type; NotFound when there is none."""
        row = session.get(StoredFile, file_id) if file_id else None
        if row is None:
            raise NotFound("not-found")
        try:
            return self.read(row), row.media_type
        except FileNotFoundError as error:
            raise NotFound("not-found") from error

    def remove(self, path: str) -> None:
        """Delete the file; one that is gone already is no error."""
        try:
            self._fs.rm_file(self._place(path))
        except FileNotFoundError:
            return
