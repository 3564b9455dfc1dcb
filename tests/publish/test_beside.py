"""Work in a process of its own: its result, its faults, its end."""

from __future__ import annotations

import os
import time

import pytest

from generator.problems import Location, PlanError, Problem
from generator.publish.beside import Beside


def test_the_result_comes_over() -> None:
    """What the work returns is what is asked for, however large."""
    assert Beside(lambda: [("a", b"x" * 10**7)]).result() == [("a", b"x" * 10**7)]


def test_a_fault_is_raised_where_the_result_is_asked_for() -> None:
    """An editor's problem keeps its place and words."""
    problem = Problem(Location("plan_data/a.yaml", 3, 4), "some-rule", "写错了：请改正")

    def work() -> None:
        raise PlanError([problem])

    begun = Beside(work)
    with pytest.raises(PlanError) as caught:
        begun.result()
    assert list(caught.value.problems) == [problem]


def test_a_process_that_is_ended_costs_nothing_but_time() -> None:
    """Where the system ends it, the work is done here."""
    home = os.getpid()

    def work() -> str:
        if os.getpid() != home:
            os._exit(9)
        return "done"

    assert Beside(work).result() == "done"


def test_it_ends_when_told() -> None:
    """A build that is stopped waits for nobody."""
    begun = Beside(lambda: time.sleep(600))
    begun.end()
    begun.end()
