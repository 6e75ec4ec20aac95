"""A cached document as an answer: nothing where the reader has it already, packed where it can."""

from collections.abc import Mapping

from fastapi import Request, Response

from statuspage_server.web.cache import CachedDocument


def answer_with(
    document: CachedDocument, request: Request, media_type: str, headers: Mapping[str, str]
) -> Response:
    headers = {**headers, "ETag": document.etag}
    if _has_it(request.headers.get("if-none-match"), document):
        return Response(status_code=304, headers=headers)
    body = document.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = document.zipped
    return Response(body, media_type=media_type, headers=headers)


def _has_it(if_none_match: str | None, document: CachedDocument) -> bool:
    if if_none_match is None:
        return False
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or document.etag.removeprefix("W/") in known
