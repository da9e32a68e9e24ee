"""Settings: `VISITPLANNER_*` in the environment or in `visitplanner.env` of the data folder."""

import secrets
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LANGUAGES = ("ru", "en", "fr", "es", "ar", "zh")


class Settings(BaseSettings):
    """One frozen object made at the start; every field is described in docs/admin/settings.md."""

    model_config = SettingsConfigDict(env_prefix="VISITPLANNER_", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("instance"))
    database_url: str = ""
    jobs: Literal["embedded", "celery"] = "embedded"
    broker_url: str = ""
    files_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    proxies: int = Field(default=0, ge=0, le=5)
    smtp_url: str = ""
    secret_key_file: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    languages: str = ",".join(LANGUAGES)

    @model_validator(mode="after")
    def _name_the_broker(self) -> Self:
        if self.jobs == "celery" and not self.broker_url:
            raise ValueError("VISITPLANNER_JOBS=celery needs VISITPLANNER_BROKER_URL")
        return self

    @property
    def language_codes(self) -> list[str]:
        """Languages offered, in the order of the setting; unknown codes are left out."""
        wanted = [code.strip() for code in self.languages.split(",")]
        return [code for code in wanted if code in LANGUAGES] or ["en"]

    @property
    def database(self) -> str:
        """The SQLAlchemy address: as set, or SQLite in the data folder."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data_dir / 'visitplanner.sqlite').resolve()}"

    @property
    def files(self) -> str:
        """The fsspec address of the files root: as set, or `files` in the data folder."""
        return self.files_url or str((self.data_dir / "files").resolve())

    @property
    def key_file(self) -> Path:
        """The file with the secret key, which never lies in the database."""
        return self.secret_key_file or self.data_dir / "secret.key"

    @property
    def secure(self) -> bool:
        """Whether pages are served over HTTPS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")

    def secret_key(self) -> bytes:
        """The 32-byte secret key; made with mode 0600 where there is none yet.

        Raises ValueError when the file is shorter than 32 bytes.
        """
        path = self.key_file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))
        key = path.read_bytes()
        if len(key) < 32:
            raise ValueError(f"the secret key in {path} is shorter than 32 bytes")
        return key[:32]


class _Folder(BaseSettings):
    """Where the instance is, which must be known before its settings file can be read."""

    model_config = SettingsConfigDict(env_prefix="VISITPLANNER_", extra="ignore")

    data_dir: Path = Path("instance")


def load_settings(data_dir: Path | None = None, **overrides: object) -> Settings:
    """Settings from arguments, then the environment, then `visitplanner.env` in the data folder.

    Raises pydantic's ValidationError for a value that a setting cannot have.
    """
    folder = data_dir or _Folder().data_dir
    env_file = folder / "visitplanner.env"
    return Settings(
        _env_file=env_file if env_file.is_file() else None,  # type: ignore[call-arg]
        **({"data_dir": folder} | overrides),  # type: ignore[arg-type]
    )
