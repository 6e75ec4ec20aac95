"""Errors as clients of the vendor know them: a JSON body with `error`, never a traceback."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from statuspage_server.errors import ApiError, StorageError
from statuspage_server.web.faults import describe_faults

log = logging.getLogger("statuspage_server")


def error_answer(
    status: int, error: str | list[str], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"error": error}, status, headers=dict(headers or {}))


def answer_to(error: ApiError | StorageError) -> JSONResponse:
    if isinstance(error, ApiError):
        return error_answer(error.answer_status, error.error, error.headers)
    log.error("The database refused: %s", error)
    return error_answer(
        503,
        "The server cannot reach or extend its database now. Nothing was changed: try again.",
        {"Retry-After": "10"},
    )


async def _known_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError | StorageError)  # noqa: S101 - registered for these below
    return answer_to(error)


async def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it below
    words = {404: "Not found", 405: "Method not allowed"}
    return error_answer(
        error.status_code, words.get(error.status_code, str(error.detail)), error.headers
    )


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it below
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return error_answer(400, "The body is not valid JSON")
    return error_answer(422, describe_faults(faults, error.body))


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    log.error("A request failed in an unexpected way", exc_info=error)
    return error_answer(500, "Something went wrong on the server. Its log says what.")


def install_error_answers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _known_error)
    app.add_exception_handler(StorageError, _known_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)
