"""`/v1/pages/<id>/metrics`, their data points, and the providers they belong to."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.moments import SECOND, Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.metrics import (
    add_points,
    change_metric,
    change_provider,
    create_metric,
    create_provider,
    delete_metric,
    delete_provider,
    find_metric,
    find_provider,
    list_metrics,
    list_providers,
    reset_points,
)
from statuspage_server.shapes.others import manage_metric, manage_provider
from statuspage_server.web.v1.common import (
    ItemId,
    PageId,
    PageNumber,
    PageSize,
    manage_router,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.models import MetricBody, PointBody, PointsBody, ProviderBody

router = manage_router("metrics")
METRICS = "/pages/{page_id}/metrics"
METRIC = "/pages/{page_id}/metrics/{metric_id}"
PROVIDERS = "/pages/{page_id}/metrics_providers"
PROVIDER = "/pages/{page_id}/metrics_providers/{provider_id}"


@router.get(METRICS)
async def list_some(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    rows = await read(request, lambda c: list_metrics(c, page_id, slice_of(page, per_page)))
    return shown([manage_metric(row) for row in rows])


@router.post(f"{METRICS}/data", status_code=202)
async def add_many(page_id: PageId, body: PointsBody, request: Request) -> JSONResponse:
    """Points for several metrics at once: all are stored, or none."""

    def work(connection: Connection, _: Moment) -> None:
        for metric_id, points in body.data.items():
            pairs = [(point.timestamp * SECOND, point.value) for point in points]
            add_points(connection, page_id, metric_id, pairs)

    await write(request, work)
    return shown(body.model_dump()["data"], 202)


@router.get(METRIC)
async def get(page_id: PageId, metric_id: ItemId, request: Request) -> JSONResponse:
    return shown(manage_metric(await read(request, lambda c: find_metric(c, page_id, metric_id))))


@router.put(METRIC)
@router.patch(METRIC)
async def change(
    page_id: PageId, metric_id: ItemId, body: MetricBody, request: Request
) -> JSONResponse:
    said = body.metric.said()
    row = await write(request, lambda c, now: change_metric(c, page_id, metric_id, said, now))
    return shown(manage_metric(row))


@router.delete(METRIC)
async def delete(page_id: PageId, metric_id: ItemId, request: Request) -> JSONResponse:
    def work(connection: Connection, _: Moment) -> dict[str, Any]:
        was = manage_metric(find_metric(connection, page_id, metric_id))
        delete_metric(connection, metric_id)
        return was

    return shown(await write(request, work))


@router.post(f"{METRIC}/data", status_code=201)
async def add_one(
    page_id: PageId, metric_id: ItemId, body: PointBody, request: Request
) -> JSONResponse:
    point = (body.data.timestamp * SECOND, body.data.value)
    await write(request, lambda c, _: add_points(c, page_id, metric_id, [point]))
    return shown(body.model_dump(), 201)


@router.delete(f"{METRIC}/data")
async def reset(page_id: PageId, metric_id: ItemId, request: Request) -> JSONResponse:
    row = await write(request, lambda c, _: reset_points(c, page_id, metric_id))
    return shown(manage_metric(row))


@router.get(PROVIDERS)
async def list_all_providers(page_id: PageId, request: Request) -> JSONResponse:
    """In one answer: the vendor does not page this list either."""
    rows = await read(request, lambda c: list_providers(c, page_id))
    return shown([manage_provider(row) for row in rows])


@router.post(PROVIDERS, status_code=201)
async def create_one_provider(
    page_id: PageId, body: ProviderBody, request: Request
) -> JSONResponse:
    said = body.metrics_provider.said()
    row = await write(request, lambda c, now: create_provider(c, page_id, said, now))
    return shown(manage_provider(row), 201)


@router.get(PROVIDER)
async def get_provider(page_id: PageId, provider_id: ItemId, request: Request) -> JSONResponse:
    row = await read(request, lambda c: find_provider(c, page_id, provider_id))
    return shown(manage_provider(row))


@router.put(PROVIDER)
@router.patch(PROVIDER)
async def change_one_provider(
    page_id: PageId, provider_id: ItemId, body: ProviderBody, request: Request
) -> JSONResponse:
    said = body.metrics_provider.said()
    row = await write(request, lambda c, now: change_provider(c, page_id, provider_id, said, now))
    return shown(manage_provider(row))


@router.delete(PROVIDER)
async def delete_one_provider(
    page_id: PageId, provider_id: ItemId, request: Request
) -> JSONResponse:
    def work(connection: Connection, _: Moment) -> dict[str, Any]:
        was = manage_provider(find_provider(connection, page_id, provider_id))
        delete_provider(connection, provider_id)
        return was

    return shown(await write(request, work))


@router.get(f"{PROVIDER}/metrics")
async def list_of_provider(
    page_id: PageId,
    provider_id: ItemId,
    request: Request,
    page: PageNumber = None,
    per_page: PageSize = None,
) -> JSONResponse:
    part = slice_of(page, per_page)
    rows = await read(request, lambda c: list_metrics(c, page_id, part, provider_id))
    return shown([manage_metric(row) for row in rows])


@router.post(f"{PROVIDER}/metrics", status_code=201)
async def create_one(
    page_id: PageId, provider_id: ItemId, body: MetricBody, request: Request
) -> JSONResponse:
    said = body.metric.said()
    row = await write(request, lambda c, now: create_metric(c, page_id, provider_id, said, now))
    return shown(manage_metric(row), 201)
