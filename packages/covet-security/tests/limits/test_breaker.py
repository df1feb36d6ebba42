"""The breaker leaves a store alone and lets one call at a time try it."""

from covet_security.limits._breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_admits_while_calls_succeed() -> None:
    breaker = Breaker(0.5, clock=Clock())

    assert breaker.admits()
    assert breaker.admits()
    assert breaker.retry_after == 0


def test_it_opens_at_the_first_failure_and_says_so_once() -> None:
    breaker = Breaker(0.5, clock=Clock())

    changes = [breaker.failed(), breaker.failed()]

    assert changes == [True, False]
    assert breaker.is_open
    assert not breaker.admits()
    assert breaker.retry_after == 0.5


def test_after_its_time_one_call_may_try() -> None:
    clock = Clock()
    breaker = Breaker(0.5, clock=clock)
    breaker.failed()
    clock.now += 0.5

    assert [breaker.admits() for _ in range(3)] == [True, False, False]


def test_a_trial_that_succeeds_closes_it() -> None:
    clock = Clock()
    breaker = Breaker(0.5, clock=clock)
    breaker.failed()
    clock.now += 0.5
    breaker.admits()

    breaker.succeeded()

    assert not breaker.is_open
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_a_trial_that_fails_keeps_it_open_as_long_again() -> None:
    clock = Clock()
    breaker = Breaker(0.5, clock=clock)
    breaker.failed()
    clock.now += 0.5
    breaker.admits()

    assert not breaker.failed()
    assert not breaker.admits()
    clock.now += 0.5
    assert breaker.admits()


def test_a_trial_that_is_given_up_leaves_it_to_the_next() -> None:
    clock = Clock()
    breaker = Breaker(0.5, clock=clock)
    breaker.failed()
    clock.now += 0.5
    breaker.admits()
    breaker.abandoned()

    assert breaker.admits()
