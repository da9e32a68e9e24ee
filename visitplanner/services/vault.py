"""Ciphertext for columns and files: AES-256-GCM, keys derived from the instance's secret key."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class Vault:
    """Encrypts under keys that never lie in the database; `bound` ties a text to its place."""

    def __init__(self, secret_key: bytes) -> None:
        self._secret = secret_key
        self._cipher = AESGCM(self.derive("columns"))

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key of its own for one purpose (HKDF-SHA256)."""
        hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
        return hkdf.derive(self._secret)

    def seal(self, plain: bytes, bound: str) -> bytes:
        """Nonce and ciphertext; opens only with the same `bound` (table, column, row)."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, bound.encode())

    def open(self, sealed: bytes, bound: str) -> bytes:
        """The plain bytes. Raises `cryptography.exceptions.InvalidTag` when moved or changed."""
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound.encode())

    def seal_text(self, plain: str, bound: str) -> str:
        """`seal` for a text column; an empty text stays empty."""
        return base64.b64encode(self.seal(plain.encode(), bound)).decode() if plain else ""

    def open_text(self, sealed: str, bound: str) -> str:
        """`open` for a text column."""
        return self.open(base64.b64decode(sealed), bound).decode() if sealed else ""


def token_hash(token: str) -> str:
    """SHA-256 in hex: what the database keeps of a link, cookie or bearer token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits, safe in addresses (43 letters)."""
    return secrets.token_urlsafe(32)
