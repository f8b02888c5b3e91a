"""When a rating is asked, given, put off and asked again."""

from __future__ import annotations

from trainer.guide import events as e
from trainer.library.model import Dose


def owed(here):
    return [item.place for item in here.engine.owed]


def rated_after(here):
    """Go on to the rest in which the first exercise is rated, its work whole."""
    here.to("work").wait(20_000)
    assert here.at[0] == "rate"
    return here


def test_a_rating_is_due_when_the_rest_begins(walk):
    """The rating is asked at the moment at which the work is over, and is owed until it is given."""
    here = rated_after(walk())
    (due,) = here.heard(e.RatingDue)
    assert (due.at_ms, due.item.place) == (20_000, 0)
    assert owed(here) == [0]
    assert here.send(e.Rate(0, 4)) == (e.Rated(20_000, here.plan.items[0], 4),)
    assert owed(here) == []
    assert here.engine.ratings == {0: 4}


def test_a_given_rating_is_never_owed(walk, exercise):
    """A rating given in the rest is not owed when the rest is over."""
    here = rated_after(walk(exercise(), exercise("clam")))
    here.send(e.Rate(0, 4))
    here.wait(15_000)
    assert here.heard(e.RatingOwed) == []


def test_a_rating_not_given_is_owed_when_the_rest_is_over(walk, exercise):
    """The guide goes on without the rating and says that it is owed; it can be given later."""
    here = rated_after(walk(exercise(), exercise("clam")))
    here.wait(16_000)
    assert [event.at_ms for event in here.heard(e.RatingOwed)] == [35_000]
    assert here.engine.step.item.place == 1
    here.send(e.Rate(0, 2))
    assert owed(here) == []


def test_a_rating_can_be_corrected(walk):
    """A second rating takes the place of the first."""
    here = rated_after(walk())
    here.send(e.Rate(0, 4), e.Rate(0, 5))
    assert here.engine.ratings == {0: 5}


def test_sides_can_be_rated_apart(walk):
    """Each side is told of, the left one first; the exercise counts by the higher of them."""
    here = rated_after(walk())
    item = here.plan.items[0]
    assert here.send(e.Rate(0, 2, 6)) == (e.Rated(20_000, item, 2, "left"), e.Rated(20_000, item, 6, "right"))
    assert here.engine.ratings == {0: 6}
    assert owed(here) == []
    assert (e.Rate(0, 7, 1).worst, e.Rate(0, 4).worst) == (7, 4)


def test_a_rating_can_be_put_off(walk):
    """`RateLater` leaves the rating owed and says so."""
    here = rated_after(walk())
    assert here.send(e.RateLater(0)) == (e.RatingOwed(20_000, here.plan.items[0]),)
    assert owed(here) == [0]


def test_a_rating_can_come_before_it_is_asked(walk, exercise):
    """A rating given between two sets counts until there is work after it; then it is asked again."""
    here = walk(exercise(dose=Dose(hold_s=20, sets=2))).to("work")
    here.wait(20_000)
    here.send(e.Rate(0, 4))
    here.to("work", set_no=2)
    assert here.engine.ratings == {0: 4}
    here.wait(20_000)
    assert here.engine.ratings == {}
    assert len(here.heard(e.RatingDue)) == 1


def test_a_new_attempt_is_rated_anew(walk):
    """Work that is done again asks for its rating again."""
    here = rated_after(walk())
    here.send(e.Rate(0, 4), e.Redo(), e.Next())
    here.wait(20_000)
    assert here.at[0] == "rate"
    assert len(here.heard(e.RatingDue)) == 2
    assert owed(here) == [0]


def test_a_new_attempt_of_nothing_keeps_the_rating(walk):
    """An attempt that was skipped leaves the rating as it is, and asks for none."""
    here = rated_after(walk())
    here.send(e.Rate(0, 4), e.Redo(), e.Next(), e.Next())
    assert here.at[0] == "rate"
    assert here.engine.ratings == {0: 4}
    assert len(here.heard(e.RatingDue)) == 1


def test_stop_leaves_the_rating_of_what_was_worked_owed(walk):
    """Stopping in the middle of work, or in the rest after it, owes the rating, and says so once."""
    for stop in (5000, 20_000):
        here = walk().to("work")
        here.wait(stop)
        here.send(e.Stop())
        assert len(here.heard(e.RatingOwed)) == 1
        assert owed(here) == [0]


def test_stop_while_getting_ready_again_owes_what_was_left(walk):
    """Work that was cut short to go back, and never reached again, is owed at the end."""
    here = walk()
    here.to("work").wait(5000)
    here.send(e.Redo())
    here.wait(1000)
    here.send(e.Stop())
    assert owed(here) == [0]


def test_work_left_by_going_back_is_owed_at_the_end(walk, exercise):
    """An exercise left for the one before it is rated at the end, though its own rest never came."""
    here = rated_after(walk(exercise(), exercise("clam")))
    here.send(e.Rate(0, 3))
    here.to("work", place=1).wait(5000)
    here.send(e.Back(), e.Stop())
    assert owed(here) == [1]
    assert [event.item.place for event in here.heard(e.RatingOwed)] == [1]


def test_ratings_are_taken_after_the_end(walk):
    """What is owed at the end is given after it, or put off once more."""
    here = walk().to("work")
    here.wait(5000)
    here.send(e.Stop(), e.RateLater(0))
    assert owed(here) == [0]
    here.send(e.Rate(0, 0))
    assert owed(here) == []
    assert here.engine.ratings == {0: 0}


def test_a_session_that_goes_on_still_owes(walk, exercise):
    """Ratings owed from before a broken-off session are owed when it goes on, and can be given at once."""
    here = walk(exercise(), exercise("clam"), start=False, owed=(0,))
    here.send(e.Start(3))
    assert owed(here) == [0]
    here.send(e.Rate(0, 1), e.Stop())
    assert owed(here) == []


def test_pain_can_be_rated_in_the_middle_of_a_work(walk):
    """Such a rating is taken at once and tells of that work, so that stopping there asks for no other."""
    here = walk().to("work")
    here.wait(8000)
    assert here.send(e.Rate(0, 7)) == (e.Rated(8000, here.plan.items[0], 7),)
    here.send(e.Stop())
    assert here.engine.ratings == {0: 7}
    assert owed(here) == []


def test_pain_rated_while_a_work_waits_behind_its_lead_in_tells_of_that_work(walk):
    """After a pause the lead-in belongs to the work that it takes up again."""
    here = walk().to("work")
    here.wait(8000)
    here.send(e.Pause(), e.Resume(), e.Rate(0, 6), e.Stop())
    assert here.engine.ratings == {0: 6}


def test_a_rating_in_an_earlier_set_does_not_tell_of_a_later_one(walk, exercise):
    """Work done after the rating is asked about anew."""
    here = walk(exercise(dose=Dose(hold_s=20, sets=2, rest_s=10))).to("work")
    here.wait(8000)
    here.send(e.Rate(0, 2))
    here.wait(12_000 + 10_000 + 20_000)
    assert here.at[0] == "rate"
    assert owed(here) == [0]


def test_another_exercise_cannot_be_rated_in_this_ones_work(walk, exercise):
    """Only what was done, or is being done, can be rated."""
    here = walk(exercise(), exercise("clam")).to("work")
    assert not here.engine.allows(e.Rate(1, 3))
