"""Request bodies: what a slip would spoil is refused with a message that says what is expected."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from services.projects import api_models as m
from services.projects import enterprise_models, gate_models, promise_models
from services.projects.api import router
from services.projects.domain.values import Stage
from sevenx.kernel.bodies import Body

BODIES = [
    model
    for module in (m, enterprise_models, gate_models, promise_models)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, Body) and "json_schema_extra" in model.model_config
]


def example(model: type[Body]) -> dict[str, Any]:
    extra = model.model_config["json_schema_extra"]
    assert isinstance(extra, dict)
    [one] = extra["examples"]  # type: ignore[misc]
    assert isinstance(one, dict)
    return one


@pytest.mark.parametrize("model", BODIES, ids=lambda model: model.__name__)
def test_every_example_in_the_documentation_is_valid(model: type[Body]) -> None:
    assert model.model_validate(example(model))


@pytest.mark.parametrize("model", BODIES, ids=lambda model: model.__name__)
def test_a_misspelt_field_is_an_error(model: type[Body]) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate({**example(model), "amuont": "1"})


@pytest.mark.parametrize("amount", ["0", "-1", "1.001", "1e400", "NaN", "Infinity", True, "1" * 19, "ten"])
def test_an_amount_is_above_zero_with_two_digits(amount: Any) -> None:
    with pytest.raises(ValidationError):
        m.SignBody.model_validate({**example(m.SignBody), "amount": amount})


@pytest.mark.parametrize("day", [20260720, "2026-7-20", "2026-07-20T00:00:00", "2026-02-30", "20.07.2026", 0, None])
def test_a_day_is_written_with_year_month_and_day(day: Any) -> None:
    with pytest.raises(ValidationError):
        m.SignBody.model_validate({**example(m.SignBody), "signed_on": day})


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "a\x1bb", "字" * 201])
def test_a_line_of_text_has_no_control_characters_and_an_end(text: str) -> None:
    with pytest.raises(ValidationError):
        m.SignBody.model_validate({**example(m.SignBody), "contract_title": text})


@pytest.mark.parametrize(
    "unit", ["commerce", "410804-G-1", "410804-U-", "410804-U-Commerce", "410804-U-a b", "４10804-U-a"]
)
def test_a_unit_is_named_by_its_id(unit: str) -> None:
    with pytest.raises(ValidationError):
        m.LandBody.model_validate({**example(m.LandBody), "landing_unit": unit})


@pytest.mark.parametrize("month", ["2026-7", "2026-13", "202607", "2026-00"])
def test_a_month_is_written_with_two_digits(month: str) -> None:
    with pytest.raises(ValidationError):
        m.ClaimFundsBody.model_validate({**example(m.ClaimFundsBody), "month": month})


def test_agreed_dates_go_by_stage() -> None:
    body = m.SignBody.model_validate(example(m.SignBody))
    assert [stage for stage, _ in body.agreed.pairs()] == [
        Stage.LANDED,
        Stage.STARTED,
        Stage.IN_PRODUCTION,
        Stage.AT_CAPACITY,
    ]


def test_every_route_is_documented() -> None:
    """The route's docstring is the API's documentation, and every body has an example."""
    app = FastAPI()
    app.include_router(router)
    schema = app.openapi()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path} has no docstring"
    for model in BODIES:
        assert schema["components"]["schemas"][model.__name__]["examples"], model.__name__
