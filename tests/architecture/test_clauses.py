"""What the notice asks is decided somewhere and held by a test."""

from __future__ import annotations

from dataclasses import replace

from tests.clauses import clauses, gaps, named_tests


def test_every_clause_has_its_rules_and_a_test_that_names_it() -> None:
    assert gaps(clauses(), named_tests()) == []


def test_a_gap_is_found() -> None:
    one, texts = clauses()[0], named_tests()
    assert gaps([replace(one, named=("words that no docstring has",))], {}) != []
    assert gaps([replace(one, rules=("services.registry.domain.names:no_such_rule",))], texts) != []
    assert gaps([replace(one, rules=())], texts) != []
