"""Self-checks on the screen: a question on each side, answered by a key, left open, or taken up again."""

from trainer.app.summary import SummaryScreen
from trainer.app.widgets.answers import AnswerList
from trainer.app.widgets.pain_scale import PainScale
from trainer.guide import events as e
from trainer.guide.state import State
from trainer.guide.told import told

SIZE = (80, 24)


def answered(coach):
    """What was answered: check, side and answer of each fact."""
    found = [body for kind, body in coach.facts() if kind == "check_answered"]
    return [(body.exercise, body.side, body.answer) for body in found]


async def look(coach, pilot, seconds=1.5):
    """Go on to the next look, and look for a moment."""
    coach.pass_until("work")
    coach.pass_time(seconds)
    await pilot.pause()


def in_one_line(coach):
    return " ".join(coach.shown().split())


def test_the_log_tells_each_sides_answer_and_nothing_of_pain(coach):
    """The session's page has question and answer; what nobody asked for is not missed."""
    conductor = coach.kit.conductor(*coach.kit.prepare("mirror-check"), coach.app)
    conductor.start()
    for side, answer in (("left", "shows"), ("right", "hidden")):
        conductor.send(e.Next())
        conductor.send(e.Answer(0, side, answer))
    detail = coach.kit.journal.logbook.session(conductor.session)
    text = "".join(f"{line.text}\n" for line in told(detail))
    question = "Do you see your upper back behind your shoulder?"
    assert f"Mirror check (left side): {question} Yes, my upper back shows\n" in text
    assert f"Mirror check (right side): {question} No, my arm and shoulder hide it\n" in text
    assert "Pain" not in text


async def test_keys_answer_each_side_and_the_end_asks_back(coach):
    """Each answer is in the file at once; the end has a question and a suggestion, nothing of pain, and no finding."""
    async with coach.begin("posture-check").run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        assert "Pain" not in coach.shown()
        await pilot.press("space")
        sides = [(check, side) for check in ("mirror-check", "thomas-test") for side in ("left", "right")]
        # 9 and a bare Enter are no answers
        given = [("9 enter 1", "shows"), ("down down enter", "hidden"), ("2", "lifted"), ("2", "lifted")]
        for number, (keys, _) in enumerate(given, 1):
            await look(coach, pilot)
            for text in ("Do you see" if number < 3 else "Does the back", " 1 ", " 3 ", "I cannot tell"):
                assert text in coach.shown(), text
            await pilot.press(*keys.split())
            await pilot.pause()
            expected = [(*side, answer) for side, (_, answer) in zip(sides, given, strict=True)]
            assert answered(coach) == expected[:number]
        assert isinstance(coach.app.screen, SummaryScreen)
        told = " ".join(coach.app.screen.query_one("#tomorrow").content.plain.split())
        for text in (
            "Left side towards the mirror: Yes, my upper back shows",
            "Right side towards the mirror: No, my arm and shoulder hide it",
            "Your answers for the two sides differ.",
            "Right leg resting: No, it stays up",
            "Could the front of this thigh be tight, and tip your pelvis forward?",
            'You may like: Tilted pelvis (trainer run tilted-pelvis), since you answered "No, it stays up".',
            "Next time One look says little.",
        ):
            assert text in told, text
        assert not [word for word in ("pain", "Pain", "rated", "Tomorrow", "sore") if word in told]
    assert "pain_rated" not in [kind for kind, _ in coach.facts()]


async def test_what_is_left_open_is_asked_again_and_may_stay_open(coach):
    """`l` and → leave a question; the summary asks each once more, and suggests nothing before it is answered."""
    async with coach.begin("mirror-check").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        for key in ("l", "right"):
            await look(coach, pilot)
            await pilot.press(key)
        await pilot.pause()
        assert isinstance(coach.app.screen, SummaryScreen)
        assert "Mirror check, left side towards the mirror: Do you see" in coach.shown()
        assert "You may like" not in coach.shown()
        await pilot.press("l")
        await pilot.pause()
        assert "Mirror check, right side towards the mirror: Do you see" in coach.shown()
        await pilot.press("2")
        await pilot.pause()
        shown = coach.shown()
        assert "not answered" in shown  # one side is
        assert "Right side towards the mirror: No, my arm and shoulder hide it" in shown
    assert answered(coach) == [("mirror-check", "right", "hidden")]


async def test_a_check_that_broke_off_goes_on_with_the_other_side(make_coach):
    """There is time to get into position again; both answers and all of the time are told at the end."""
    first = make_coach()
    conductor = first.kit.conductor(*first.kit.prepare("thomas-test"), first.app)
    conductor.start(1)
    first.clock.t_ms += 2000
    conductor.send(e.Answer(0, "left", "lifted"))
    conductor.leave()
    first.kit.close()
    again = make_coach()
    async with again.begin("thomas-test").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("g")
        engine = again.guide.conductor.engine
        assert (engine.step.kind, engine.step.side, engine.length_ms) == ("get_ready", "right", 12_000)
        await look(again, pilot, 10)
        await pilot.press("1")
        await pilot.pause()
        shown = in_one_line(again)
        assert "Left leg resting: No, it stays up" in shown
        assert "Right leg resting: Yes, it lies on the table" in shown
        ended = [body for kind, body in again.facts() if kind == "session_ended"]
        assert ended[0].active_ms == 2000 + 12_000 + 10_000
        assert "0:24 in all" in shown
    assert answered(again) == [("thomas-test", "left", "lifted"), ("thomas-test", "right", "touches")]


async def test_pain_and_pauses_keep_the_question(coach):
    """`p` asks for pain in the place of the question, which comes back; a pause leaves it, and takes its answer."""
    async with coach.begin("mirror-check").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        await look(coach, pilot)
        answers, scale = coach.guide.query_one(AnswerList), coach.guide.query_one(PainScale)
        await pilot.press("p")
        assert (answers.display, scale.display) == (False, True)
        await pilot.press("3")
        assert (answers.display, scale.display) == (True, False)
        await pilot.press("2")
        assert answered(coach) == [("mirror-check", "left", "hidden")]
        await look(coach, pilot)
        await pilot.press("space")
        assert coach.guide.conductor.engine.state is State.PAUSED
        assert answers.display
        await pilot.press("space", "l")
        await pilot.pause()
        assert "pain 3, not answered" in coach.shown()
    assert [body.nrs for kind, body in coach.facts() if kind == "pain_rated"] == [3]
