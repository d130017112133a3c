"""Requests made from a service's own OpenAPI document, right ones and wrong ones, sent to it as it runs.

    outcome = fuzz(document, "http://127.0.0.1:7421", {"Authorization": f"Bearer {token}"}, examples=20)
    outcome.server_errors       # [] or each operation with its status and what was sent

`?after=` is left out: a position that nobody has written is meant to be answered «not yet», by a 504 after two seconds.
"""

from __future__ import annotations

import copy
import os
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

from sevenx.district.sheets import MEDIA_TYPE

WAITS = "after"
schemathesis.serializer.alias(MEDIA_TYPE, "application/octet-stream")


@dataclass
class Outcome:
    """What came of it."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    server_errors: list[str] = field(default_factory=list)
    undocumented: list[str] = field(default_factory=list)
    """Answers with a status that the operation does not name."""


def fuzz(document: Mapping[str, Any], base_url: str, headers: Mapping[str, str], examples: int) -> Outcome:
    """Send `examples` requests of either kind to each operation."""
    outcome = Outcome()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library, about formats that it does not know
        schema = schemathesis.openapi.from_dict(_without_waiting(document))
        for operation in _operations(schema):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode, base_url, headers, examples, outcome)
    return outcome


def _operations(schema: Any) -> Iterator[Any]:
    for result in schema.get_all_operations():
        yield result.ok()


def _try(
    operation: Any, mode: GenerationMode, base_url: str, headers: Mapping[str, str], examples: int, outcome: Outcome
) -> None:
    documented = set(operation.definition.raw.get("responses", {}))

    @seed(int(os.environ.get("FUZZ_SEED", "37")))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        answer = case.call(base_url=base_url, headers=dict(headers), timeout=30)
        outcome.requests += 1
        outcome.statuses[answer.status_code] += 1
        told = f"{operation.method.upper()} {operation.path}: {answer.status_code} for {case.as_curl_command()[:600]}"
        if answer.status_code >= 500:
            outcome.server_errors.append(f"{told}\n{answer.text[:600]}")
        elif str(answer.status_code) not in documented and "default" not in documented:
            outcome.undocumented.append(told)

    try:
        send()
    except Exception as error:
        if "Unsatisfiable" not in type(error).__name__:
            raise


def _without_waiting(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without the parameter that makes a service wait."""
    found: dict[str, Any] = copy.deepcopy(dict(document))
    for path in found["paths"].values():
        for operation in path.values():
            if "parameters" in operation:
                operation["parameters"] = [one for one in operation["parameters"] if one.get("name") != WAITS]
    return found
