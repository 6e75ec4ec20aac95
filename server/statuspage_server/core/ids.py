"""Identifiers as the vendor's: twelve lower-case letters and digits."""

import secrets
import string

ALPHABET = string.ascii_lowercase + string.digits
LENGTH = 12


def new_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_id(text: str) -> bool:
    return len(text) == LENGTH and all(letter in ALPHABET for letter in text)
