"""Every error of the sandbox.

SandboxError                  has a sentence that explains it to a user
├── CannotStart               the program cannot start: a port in use, a file that is no database
└── Answer                    a request that Port would refuse: status, code and sentence
    ├── Unauthorized          401: no token, a wrong one, an expired one
    ├── Forbidden             403: a page from elsewhere that wants to start something
    ├── NotFound              404: a blueprint, an entity or anything else that is not there
    ├── Conflict              409: it is there already
    ├── TooLarge              413: more than Port takes at once
    ├── Invalid               422: it is not what Port expects
    └── HasDependents         422: others still point to it
"""

from typing import Any


class SandboxError(Exception):
    """Has a sentence that explains it to a user."""


class CannotStart(SandboxError):
    """The program cannot start."""


class Answer(SandboxError):
    """A request that Port would refuse."""

    status = 400
    code = "bad_request"

    def body(self) -> dict[str, Any]:
        """Return the answer in Port's shape."""
        return {"ok": False, "error": self.code, "message": str(self)}


class Unauthorized(Answer):
    """No token, a wrong one or an expired one."""

    status = 401
    code = "unauthorized"


class Forbidden(Answer):
    """A page from elsewhere that wants to start something."""

    status = 403
    code = "forbidden"


class NotFound(Answer):
    """A blueprint, an entity or anything else that is not there."""

    status = 404
    code = "not_found"

    @classmethod
    def blueprint(cls, identifier: str) -> "NotFound":
        """Return Port's sentence for a blueprint."""
        return cls(f'Blueprint with identifier "{identifier}" was not found')

    @classmethod
    def entity(cls, blueprint: str, identifier: str) -> "NotFound":
        """Return Port's sentence for an entity."""
        return cls(
            f'Entity with identifier "{identifier}" does not exist in the blueprint "{blueprint}"'
        )


class Conflict(Answer):
    """It is there already."""

    status = 409
    code = "conflict"


class TooLarge(Answer):
    """More than Port takes at once."""

    status = 413
    code = "payload_too_large"


class Invalid(Answer):
    """It is not what Port expects."""

    status = 422
    code = "invalid_request"


class HasDependents(Answer):
    """Others still point to it."""

    status = 422
    code = "has_dependents"
