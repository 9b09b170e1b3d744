"""Health, readiness and figures, on a listener of their own that only this machine reaches."""

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from backoffice.db.migrate import is_current
from backoffice.office import Office
from backoffice.ops.figures import Figures


def ops_app(office: Office, figures: Figures) -> FastAPI:
    """/healthz: this process answers. /readyz: it can work. /metrics: for Prometheus."""
    app = FastAPI(title="Returns: operations", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        """503 while the database is away, or has another version's schema."""
        try:
            current = is_current(office.engine)
        except SQLAlchemyError:
            return JSONResponse({"status": "no database"}, status_code=503)
        if not current:
            return JSONResponse({"status": "run returns-backoffice migrate"}, status_code=503)
        return JSONResponse({"status": "ready"})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)

    return app
