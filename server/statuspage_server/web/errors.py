"""Errors as clients of the vendor know them: a JSON body with `error`, never a traceback."""

import logging
from collections.abc import Callable, Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from statuspage_server.errors import ApiError, StorageError
from statuspage_server.web.faults import describe_faults
from statuspage_server.web.nobl9.paths import is_nobl9

log = logging.getLogger("statuspage_server")

type ErrorPage = Callable[[Request, int], Response]


def error_answer(
    status: int, error: str | list[str], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"error": error}, status, headers=dict(headers or {}))


def wants_html(request: Request) -> bool:
    """A person at a browser; programs say otherwise, or nothing."""
    path = request.url.path
    return "text/html" in request.headers.get("accept", "") and not (
        path.startswith("/v1/") or "/api/v2/" in path or is_nobl9(path)
    )


def answer_to(error: ApiError | StorageError) -> JSONResponse:
    if isinstance(error, ApiError):
        return error_answer(error.answer_status, error.error, error.headers)
    log.error("The database refused: %s", error)
    return error_answer(
        503,
        "The server cannot reach or extend its database now. Nothing was changed: try again.",
        {"Retry-After": "10"},
    )


def _error_of(error: Exception) -> JSONResponse:
    if isinstance(error, ApiError | StorageError):
        return answer_to(error)
    if isinstance(error, HTTPException):
        words = {404: "Not found", 405: "Method not allowed"}
        sentence = words.get(error.status_code, str(error.detail))
        return error_answer(error.status_code, sentence, error.headers)
    log.error("A request failed in an unexpected way", exc_info=error)
    sentence = "Something went wrong on the server. Its log says what."
    return error_answer(500, sentence)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it below
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return error_answer(400, "The body is not valid JSON")
    return error_answer(422, describe_faults(faults, error.body))


def install_error_answers(app: FastAPI, page: ErrorPage) -> None:
    """People are shown a page, programs get JSON."""

    async def answer(request: Request, error: Exception) -> Response:
        as_json = _error_of(error)
        return page(request, as_json.status_code) if wants_html(request) else as_json

    for kind in (ApiError, StorageError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(RequestValidationError, _invalid)
