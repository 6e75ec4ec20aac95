"""The real programs over real sockets: server, sandbox and `ocean sail`."""
