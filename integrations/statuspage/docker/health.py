"""Ends with 0 if the integration in this container is alive."""

import http.client
import os
import sys

# Straight to the port: urllib would ask the proxy that the environment names.
connection = http.client.HTTPConnection(
    "127.0.0.1", int(os.environ.get("APPLICATION__PORT", "8000")), timeout=3
)
prefix = os.environ.get("OCEAN__PATH_PREFIX", "").strip("/")
try:
    connection.request("GET", f"/{prefix}/health/live" if prefix else "/health/live")
    alive = connection.getresponse().status == 200
except OSError:
    alive = False
sys.exit(not alive)
