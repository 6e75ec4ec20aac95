"""`statuspage check`."""

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.output import one_line


@commanding.command(
    examples=["statuspage check", "statuspage check --profile staging --json"],
)
@pass_app
def command(app: App) -> None:
    """Tell whether the API key works, which pages it sees, and how much of its quota is left.

    A key has 60 requests in any 60 seconds. What others have used of them Statuspage does not
    tell: what is left is counted from the requests of this command.
    """
    pages, left = app.run(read)
    found = {
        "key": app.key.place,
        "host": app.options.host,
        "requests_left": left,
        "pages": pages,
    }
    names = [f"{one_line(page.get('name'))} ({one_line(page.get('id'))})" for page in pages]
    app.output.object(
        found,
        [
            ("API key", f"works, found in {app.key.place}"),
            ("Host", app.options.host),
            ("Pages", ", ".join(names) or "none"),
            ("Requests left", f"{left} in this minute, unless others use the key too"),
        ],
    )


async def read(app: App) -> tuple[list[Raw], int]:
    """Try the key with one request; return its pages and the requests that are left."""
    from statuspage.wiring import QUOTA  # noqa: PLC0415 (it brings the client)

    async with app.client() as client:
        pages = await client.pages()
        return pages, QUOTA - client.requests_sent
