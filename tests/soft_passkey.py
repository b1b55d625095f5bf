"""A passkey in software: what a browser and its authenticator would say, right or on purpose wrong.

Written from the standard (W3C WebAuthn level 2, 6.1 authenticator data, 6.5.1 attested credential data,
7.1 and 7.2 what is signed), not from the library that checks it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field, replace
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class SoftPasskey:
    """One credential. `count`: how often it has signed; None for those that do not count."""

    origin: str = "http://localhost"
    host: str = "localhost"
    credential_id: bytes = b"a credential of sixteen bytes or more"
    count: int | None = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> dict[str, Any]:
        """Answers `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = (
            bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor2.dumps(cose)
        )
        said = {"fmt": "none", "attStmt": {}, "authData": self._authenticator_data(_ATTESTED) + attested}
        return self._credential(
            attestationObject=text(cbor2.dumps(said)),
            clientDataJSON=text(self._client_data("webauthn.create", json.loads(options)["challenge"])),
        )

    def sign(self, options: str) -> dict[str, Any]:
        """Answers `navigator.credentials.get`."""
        if self.count is not None:
            self.count += 1
        data = self._authenticator_data(0)
        client = self._client_data("webauthn.get", json.loads(options)["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            authenticatorData=text(data), clientDataJSON=text(client), signature=text(signature)
        )

    def copied(self, **changes: Any) -> SoftPasskey:
        return replace(self, **changes)

    def _credential(self, **response: str) -> dict[str, Any]:
        known = text(self.credential_id)
        return {"id": known, "rawId": known, "type": "public-key", "response": response}

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _authenticator_data(self, flags: int) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags | _PRESENT | _VERIFIED]) + struct.pack(">I", self.count or 0)
