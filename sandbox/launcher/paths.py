"""Where the parts of the api are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = ROOT / "server"
SANDBOX = ROOT / "sandbox"
BRIDGE = ROOT / "bridge"
INTEGRATION = ROOT / "integrations" / "statuspage"


def program(part: Path, name: str) -> Path:
    return part / ".venv" / "bin" / name
