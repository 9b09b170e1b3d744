"""The OpenAPI document is what the terminals' side does: schemathesis finds nothing against it."""

import os
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from backoffice.office import Office
from backoffice.settings import Limits, Terminals
from tests.backoffice.client import Speaker

# The same ones each time, so that a red run means a change; SCHEMA_EXAMPLES=500 goes exploring.
EXPLORING = "SCHEMA_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "20"))
ROUTES = (
    "/v1/records", "/v1/look-up", "/v1/feed", "/v1/ca", "/v1/enrol", "/v1/certificate", "/v1/keys",
)  # fmt: skip


# That the source of an event is the terminal of the certificate, no schema can say.
UNSAID = {"/v1/records": [positive_data_acceptance]}
# A body too long to be read is refused before it is looked at, whatever is wrong with it besides.
TOO_LONG = {"expected-statuses": ["400", "401", "403", "409", "413", "415", "422", "429"]}
PLAIN = ("/v1/ca",)  # takes nothing that could be wrong


@pytest.fixture
def unit(office: Office) -> Speaker:
    many = Limits(look_ups_per_minute=10**6, tries_per_minute=10**6)
    office.settings = replace(office.settings, limits=many, terminals=Terminals(wait_max_s=0))
    return Speaker(office)


def test_it_is_shown_at_docs(unit: Speaker) -> None:
    assert unit.http.get("/docs").status_code == 200
    assert set(unit.http.get("/openapi.json").json()["paths"]) == set(ROUTES)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("route", "mode"),
    [
        (route, mode)
        for route in ROUTES
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or route not in PLAIN
    ],
)
def test_schemathesis_finds_nothing(unit: Speaker, route: str, mode: GenerationMode) -> None:
    config = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": TOO_LONG}})
    schema = schemathesis.openapi.from_asgi("/openapi.json", unit.app, config=config)
    operations = map(_sound, schema.get_all_operations())
    operation = next(one for one in operations if one.path == route)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=not EXPLORING,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(excluded_checks=UNSAID.get(route), timeout=60)

    ask()


def _sound(found: Any) -> Any:
    """An operation of the document; raises what is wrong with it."""
    return found.ok()
