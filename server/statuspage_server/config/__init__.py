from statuspage_server.config.load import load_config, read_config
from statuspage_server.config.model import (
    Config,
    DisruptionDetection,
    ItemConfig,
    LateIncidents,
    PageConfig,
)
from statuspage_server.config.server import ServerConfig

__all__ = [
    "Config",
    "DisruptionDetection",
    "ItemConfig",
    "LateIncidents",
    "PageConfig",
    "ServerConfig",
    "load_config",
    "read_config",
]
