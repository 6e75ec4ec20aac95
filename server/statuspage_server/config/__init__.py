from statuspage_server.config.load import load_config, read_config
from statuspage_server.config.model import Config, ItemConfig, PageConfig, ServerConfig

__all__ = ["Config", "ItemConfig", "PageConfig", "ServerConfig", "load_config", "read_config"]
