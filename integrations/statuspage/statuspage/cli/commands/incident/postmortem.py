"""`statuspage incident postmortem`."""

from typing import Any

import click

from statuspage.answers import Raw
from statuspage.cli import commanding
from statuspage.cli.app import App, pass_app
from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.failures import Failure
from statuspage.cli.input.texts import message_options
from statuspage.cli.output import Moment
from statuspage.cli.write import options
from statuspage.cli.write.options import message_of
from statuspage.cli.write.preview import agree_to_notify
from statuspage.drafts import Postmortem, Publication


@commanding.command(
    examples=[
        "statuspage incident postmortem INCIDENT",
        "statuspage incident postmortem INCIDENT -F postmortem.md",
        "statuspage incident postmortem INCIDENT -F postmortem.md --publish --notify",
        "statuspage incident postmortem INCIDENT --revert",
    ]
)
@click.argument("incident")
@message_options
@click.option("--publish", is_flag=True, help="Make the text public.")
@click.option("--revert", is_flag=True, help="Take it back from the public; the draft stays.")
@options.notify
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Show, write, publish or take back the postmortem of an incident.

    A text is a draft until it is published.
    """
    text = message_of(app, given)
    if given["revert"] and (given["publish"] or text):
        raise click.UsageError("--revert stands alone.")
    postmortem = None if text is None else Postmortem(text)
    app.run(work, given, postmortem)


async def work(app: App, given: dict[str, Any], postmortem: Postmortem | None) -> None:
    """Do what was asked for, in this order: write, publish."""
    from statuspage.writing import Postmortems  # noqa: PLC0415 (it brings the client)

    incident, now, told = given["incident"], None, ""
    async with app.client() as client:
        page_id = await app.page(client)
        postmortems = Postmortems(client, page_id)
        if given["publish"]:
            await agree_to_notify(
                app, client, page_id, notify=given["deliver_notifications"], yes=given["yes"]
            )
        if postmortem is not None:
            now, told = await postmortems.write(incident, postmortem), "Wrote the draft:"
        if given["publish"]:
            publication = Publication(notify_subscribers=given["deliver_notifications"])
            now, told = await postmortems.publish(incident, publication), "Published:"
        if given["revert"]:
            now, told = await postmortems.revert(incident), "No longer public:"
        if now is None:
            now = await postmortems.read(incident)
    if now is None:
        raise Failure(f"The incident {incident} has no postmortem.", ExitCode.NOT_FOUND)
    _show(app, now, told)


def _show(app: App, postmortem: Raw, told: str) -> None:
    if told and not app.output.as_json:
        app.output.note(told)
    app.output.object(postmortem, [("Published at", Moment(postmortem.get("published_at")))])
    app.output.text(str(postmortem.get("body_draft") or postmortem.get("body") or ""))
