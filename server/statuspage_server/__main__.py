from statuspage_server.cli import main

main()
