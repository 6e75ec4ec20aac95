from statuspage_server.config.load import load_config, read_config
from statuspage_server.config.model import (
    Config,
    ItemConfig,
    LateIncidents,
    PageConfig,
)
from statuspage_server.config.server import ServerConfig

__all__ = [
    "Config",
    "ItemConfig",
    "LateIncidents",
    "PageConfig",
    "ServerConfig",
    "load_config",
    "read_config",
]
