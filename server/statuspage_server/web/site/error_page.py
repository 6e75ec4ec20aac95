"""What a person is shown where there is nothing to show."""

from fastapi import Request, Response

from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.frame import frame_of_server
from statuspage_server.web.site.rendering import html_answer, render

SENTENCES = {
    403: ("This is not allowed", "Your key may only read, or the form is too old: open it again."),
    404: ("This page is not here", "Nothing has this address, or it has been removed."),
    405: ("This does not work here", "This address cannot be used in that way."),
    503: ("The page cannot be read now", "Please try again in a moment."),
}
OTHERWISE = ("Something went wrong", "Please try again in a moment.")


def error_page(request: Request, status: int) -> Response:
    frame = frame_of_server(request, runtime_of(request))
    title, sentence = SENTENCES.get(status, OTHERWISE)
    return html_answer(render("message.html", frame, heading=title, sentence=sentence), status)
