"""Every error of the launcher.

LauncherError                 has a sentence for the person who typed `make run`
├── PortTaken                 something else listens where a program is to listen
├── AlreadyRunning            another launcher uses the same directory
├── ProgramFailed             a program ended by itself, or did not become ready
├── CannotSeed             the example company cannot be made
├── BadSettings               .env cannot be read, or lacks something
├── Refused                   a service that .env names is unreachable or refuses the credentials
├── ResyncFailed              a resync ended without bringing everything
└── AlertNotPlayed            an alert does not get where it should
"""


class LauncherError(Exception):
    """Has a sentence for the person who typed `make run`."""


class PortTaken(LauncherError):
    """Something else listens where a program is to listen."""


class AlreadyRunning(LauncherError):
    """Another launcher uses the same directory."""


class ProgramFailed(LauncherError):
    """A program ended by itself, or did not become ready."""


class CannotSeed(LauncherError):
    """The example company cannot be made."""


class BadSettings(LauncherError):
    """`.env` cannot be read, or lacks something."""


class Refused(LauncherError):
    """A service that `.env` names is unreachable or refuses the credentials."""


class ResyncFailed(LauncherError):
    """A resync ended without bringing everything."""


class AlertNotPlayed(LauncherError):
    """An alert does not get where it should."""
