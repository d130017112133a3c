"""The aggregates of assessment."""

from __future__ import annotations

from services.assessment.domain.book import decide as book
from services.assessment.domain.book.events import BOOK_EVENTS
from services.assessment.domain.score import decide as score
from services.assessment.domain.score.events import SCORE_EVENTS
from services.assessment.domain.year.decide import decide
from services.assessment.domain.year.events import YEAR_EVENTS
from services.assessment.domain.year.evolve import evolve
from services.assessment.domain.year.state import Year
from sevenx.kernel.decider import Decider

BOOK: Decider[book.Book] = Decider("rulebook", book.Book(), book.decide, book.evolve, BOOK_EVENTS)
SCORE: Decider[score.Score] = Decider("score", score.Score(), score.decide, score.evolve, SCORE_EVENTS)
YEAR: Decider[Year] = Decider("assessment", Year(), decide, evolve, YEAR_EVENTS)

DECIDERS = (BOOK, SCORE, YEAR)
