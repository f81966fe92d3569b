"""Parts of the hosted service that this stack has not: each says so by the platform's code."""

from __future__ import annotations

from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.storage.errors import not_offered
from archwright.stack.storage.service import caller


async def vectors(request: Request) -> Response:
    """``/vector/{operation}``: buckets of embeddings."""
    caller(request)
    raise not_offered("vector buckets")


async def analytics(request: Request) -> Response:
    """``/iceberg/{path}``: buckets of tables."""
    caller(request)
    raise not_offered("analytics buckets")


async def s3(_: Request) -> Response:
    """``/s3/{path}``: the protocol of S3, whose clients read XML."""
    fault = not_offered("S3 protocol")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<Error><Code>{fault.code}</Code><Message>{escape(fault.message)}</Message></Error>"
    )
    return Response(body, fault.status, media_type="application/xml")


async def nothing(request: Request) -> Response:
    """Any other path."""
    body = {
        "message": f"Route {request.method}:{request.scope['path']} not found",
        "error": "Not Found",
        "statusCode": 404,
    }
    return JSONResponse(body, 404)
