"""A notice: queued once, delivered once, failed in bounds, read by its owner."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from services.notifier.deciders import NOTICE
from services.notifier.domain.notice import commands as c
from services.notifier.domain.notice.decide import IN_THE_INBOX, notice_id
from services.notifier.domain.notice.events import (
    Channel,
    NotificationDelivered,
    NotificationFailed,
    NotificationQueued,
    NotificationRead,
    NotificationRequeued,
)
from services.notifier.domain.notice.state import Notice, Status
from tests.unit.given import at
from tests.unit.machine import StreamMachine

from .given import DELIVER, QUEUE, notice, person

INBOX = replace(QUEUE, channel=Channel.INBOX)
FAIL = c.RecordFailure("450 mailbox busy", permanent=False, most=3)
READ = c.MarkRead(at("2026-08-20 10:00"), person("liaison"))
RETRY = c.RetryDelivery(at("2026-08-21 08:00"), "410804-operator")


def test_what_is_for_the_inbox_stands_there_with_the_queueing() -> None:
    queued, delivered = notice(INBOX).then(NotificationQueued, NotificationDelivered)
    assert (queued.person, queued.channel) == (person("liaison"), Channel.INBOX)
    assert (delivered.delivered_at, delivered.receipt) == (INBOX.at, IN_THE_INBOX)


def test_an_email_waits_until_a_server_has_taken_it() -> None:
    told = notice(QUEUE)
    told.then(NotificationQueued)
    (delivered,) = told.when(DELIVER).then(NotificationDelivered)
    assert (delivered.channel, delivered.receipt) == (Channel.EMAIL, DELIVER.receipt)


def test_the_same_event_tells_a_person_once_by_a_channel() -> None:
    notice(QUEUE, replace(QUEUE, title_zh="别的题")).then()
    notice(QUEUE, DELIVER, replace(DELIVER, receipt="<again>")).then()
    notice(INBOX, INBOX).then()


def test_attempts_are_bounded_and_the_last_one_is_final() -> None:
    told = notice(QUEUE, FAIL, FAIL, FAIL)
    failed = [one for one in told.events if isinstance(one, NotificationFailed)]
    assert [(one.attempt, one.final) for one in failed] == [(1, False), (2, False), (3, True)]
    told.when(FAIL).then()
    assert told.state.status is Status.FAILED


def test_what_no_try_can_mend_is_final_at_once() -> None:
    (failed,) = notice(QUEUE, replace(FAIL, permanent=True)).then(NotificationFailed)
    assert (failed.attempt, failed.final) == (1, True)


def test_an_operator_lets_it_be_tried_again_with_a_full_count() -> None:
    told = notice(QUEUE, replace(FAIL, permanent=True), RETRY)
    (again,) = told.then(NotificationRequeued)
    assert (again.requeued_by, again.queued_for) == ("410804-operator", RETRY.at)
    told.when(RETRY).then()
    (failed,) = told.when(FAIL).then(NotificationFailed)
    assert (failed.attempt, failed.final) == (1, False)
    told.when(DELIVER, RETRY).refused("already-delivered")


def test_a_server_that_took_it_is_believed_whatever_was_recorded_before() -> None:
    notice(QUEUE, replace(FAIL, permanent=True), DELIVER).then(NotificationDelivered)


def test_a_notice_is_read_once_and_only_in_an_inbox() -> None:
    told = notice(INBOX, READ)
    (read,) = told.then(NotificationRead)
    assert (read.read_at, read.read_by) == (READ.at, person("liaison"))
    told.when(READ).then()
    notice(QUEUE, READ).refused("not-in-the-inbox")
    notice(READ).refused("unknown-notice")


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_the_stream_is_the_events_the_persons_and_the_channels_alone(a: str, b: str, x: str, y: str) -> None:
    """Exactly once for each event, person and channel: another of them is another stream."""
    one, other = ((a, x, Channel.INBOX), (b, y, Channel.INBOX))
    plain = all("\0" not in text for text in (a, b, x, y))
    if plain:
        assert (notice_id("410804", *one) == notice_id("410804", *other)) is (one == other)
    assert notice_id("410804", a, x, Channel.INBOX) != notice_id("410804", a, x, Channel.EMAIL)


class NoticeMachine(StreamMachine[Notice]):
    """Whatever comes, in whatever order and however often."""

    decider = NOTICE

    @rule(channel=st.sampled_from(Channel))
    def queued(self, channel: Channel) -> None:
        self.give(replace(QUEUE, channel=channel))

    @rule()
    def taken(self) -> None:
        self.give(DELIVER)

    @rule(permanent=st.booleans(), most=st.integers(1, 4))
    def failed(self, permanent: bool, most: int) -> None:
        self.give(c.RecordFailure("x", permanent, most))

    @rule()
    def retried(self) -> None:
        self.give(RETRY)

    @rule()
    def read(self) -> None:
        self.give(READ)

    @invariant()
    def queued_delivered_and_read_at_most_once(self) -> None:
        assert len(self.of(NotificationDelivered)) <= len(self.of(NotificationQueued)) <= 1
        assert len(self.of(NotificationRead)) <= 1

    @invariant()
    def nothing_fails_after_it_is_delivered(self) -> None:
        if self.of(NotificationDelivered):
            after = self.events[self.events.index(self.of(NotificationDelivered)[0]) + 1 :]
            assert all(isinstance(one, NotificationRead) for one in after)

    @invariant()
    def between_two_tries_for_good_stands_somebody_who_asked(self) -> None:
        finals = [one for one in self.events if isinstance(one, NotificationFailed) and one.final]
        assert len(finals) <= len(self.of(NotificationRequeued)) + 1

    @invariant()
    def attempts_are_counted_without_a_gap(self) -> None:
        expected = 1
        for one in self.events:
            if isinstance(one, NotificationFailed):
                assert one.attempt == expected
                expected += 1
            elif isinstance(one, NotificationRequeued):
                expected = 1

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert NOTICE.fold(self.events) == self.state


NoticeMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestNoticeMachine = NoticeMachine.TestCase
