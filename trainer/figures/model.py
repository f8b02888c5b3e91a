"""A pose file's table as frozen values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from trainer.figures.body import JOINTS, PARTS
from trainer.library.dose import FileValue, Line, Short
from trainer.library.model import Id

MOST_POSES = 12

if TYPE_CHECKING:
    Joint = str
    Part = str
else:  # the names stand once, in `body`
    Joint = Literal[JOINTS]
    Part = Literal[tuple(PARTS)]
Degrees = Annotated[float, Meta(ge=-720, le=720)]
"""0 to the right, 90 up, counter-clockwise; more than a turn is allowed, so that a way can go past 360."""
Units = Annotated[float, Meta(ge=-300, le=300)]
"""100 are the body's height."""
Seconds = Annotated[float, Meta(ge=0, le=30)]
# A tuple of two in a union with a bounded number crashes msgspec 0.22; one of any length, bounded, does not.
Angle = Degrees | Annotated[tuple[Degrees, ...], Meta(min_length=2, max_length=2)]
"""Degrees in the plane; of two, the second is the tilt towards the viewer."""
Point = Annotated[tuple[Units, ...], Meta(min_length=2, max_length=3)]
"""x, y and, where it is not 0, z."""
Ease = Literal["in-out", "linear", "in", "out", "breath"]
PropKind = Literal["line", "chair", "box", "wall", "desk", "screen", "mat"]
Frame = Literal["whole", "lower", "legs", "upper", "hands", "head"]


class Limb(FileValue, frozen=True):
    """An arm or a leg: `upper` and `lower`, or pinned by `to` or `on` with `bend`."""

    upper: Angle | None = None
    """The direction of the upper arm or thigh."""
    lower: Angle | None = None
    """The direction of the forearm or shin."""
    end: Angle | None = None
    """The direction of the hand or foot; a hand goes on as the forearm, a foot stands square to the shin."""
    to: Point | None = None
    """Where wrist or ankle stay, whatever the body does."""
    on: Joint | None = None
    """The joint that the wrist keeps to, such as a knee that a hand holds."""
    toward: Joint | None = None
    """A second joint: the wrist keeps to a place between both, such as the middle of a thigh."""
    share: Annotated[float, Meta(ge=0, le=1)] = 0.5
    """How far that place lies on the way from the first joint to the second."""
    off: Point | None = None
    """How far from that joint or place the wrist lies."""
    bend: Angle | None = None
    """Pinned only: the direction in which elbow or knee point."""
    fingers: Annotated[float, Meta(ge=0, le=1)] | None = None
    """Of an arm: 0 draws a fist, 1 spread fingers; a plain hand where nothing is said."""


class Camera(FileValue, frozen=True):
    """Where one looks from."""

    yaw: Annotated[float, Meta(ge=-180, le=180)] = 18.0
    """Degrees by which the figure is turned about the vertical."""
    pitch: Annotated[float, Meta(ge=-10, le=60)] = 6.0
    """Degrees by which one looks down on it."""
    frame: Frame = "whole"
    """What is shown: the whole body, what is below the chest, the legs, what is above the hips, hands, or the head."""


class Prop(FileValue, frozen=True):
    """A thing that is not the body: a chair, a wall, a strap."""

    kind: PropKind
    at: Point = (0.0, 0.0)
    """A chair: below the middle of its seat's front edge. A wall: its foot. A box or desk: its lower corner.
    A mat, which takes the place of the floor that is drawn else: its middle."""
    size: Point = (0.0, 0.0)
    """A box: width, height and depth. A chair: depth and height of its seat. A desk: width and height. A mat: length
    and depth."""
    facing: Literal["left", "right", "viewer"] = "right"
    """Where one looks who sits on it."""
    points: Annotated[list[Point], Meta(min_length=2, max_length=20)] | None = None
    """A line: through which points it goes."""
    joints: Annotated[list[Joint], Meta(min_length=2, max_length=20)] | None = None
    """A line: through which joints it goes, such as a strap from a hand to a foot."""
    toward: Annotated[list[Joint], Meta(min_length=2, max_length=20)] | None = None
    """Beside `joints`, as many: the line goes through places between each joint and this one, such as a band round
    both thighs."""
    share: Annotated[float, Meta(ge=0, le=1)] = 0.5
    """How far these places lie on the way."""
    thick: Annotated[float, Meta(ge=0.2, le=10)] = 0.9
    """Half its thickness."""
    front: bool = False
    """Whether it is drawn before the body rather than behind it."""
    poses: list[Short] | None = None
    """The poses in which it is there; all where nothing is said."""


class Pose(FileValue, frozen=True):
    """One key pose. What is left out stays as in the pose before."""

    name: Short
    say: Short | None = None
    """What stands beside it, in few words."""
    breath: Literal["in", "out"] | None = None
    """Which breath leads to it."""
    move_s: Seconds = 1.5
    """Seconds to come to it from the pose before."""
    hold_s: Seconds = 1.0
    """Seconds that it is kept where nothing else says how long."""
    ease: Ease = "in-out"
    """How the way to it speeds up and slows down."""
    anchor: Joint | None = None
    """The joint that is fixed in space."""
    at: Point | None = None
    """Where it is fixed."""
    torso: Degrees | None = None
    """The direction from the pelvis up the trunk."""
    roll: Degrees | None = None
    """How far the body is turned about that direction: 0 looks along the plane, 90 faces the viewer."""
    lumbar: Degrees | None = None
    """How far the low back is rounded; arched below 0."""
    thoracic: Degrees | None = None
    """How far the upper back is rounded; arched below 0."""
    side_bend: Degrees | None = None
    """How far the trunk leans to the body's own left."""
    twist: Degrees | None = None
    """How far the chest turns to the body's own left."""
    neck: Degrees | None = None
    """How far the head nods forward; back below 0."""
    neck_side: Degrees | None = None
    """How far the head leans to the body's own left."""
    neck_turn: Degrees | None = None
    """How far the head turns to the body's own left."""
    chin: Units | None = None
    """How far the head is pushed forward; drawn back below 0."""
    shoulders: tuple[Units, Units] | None = None
    """How far both shoulders go forward and up."""
    eyes: Literal["open", "closed"] | None = None
    arms: Limb | None = None
    """Both arms, the left one the mirror image of the right."""
    legs: Limb | None = None
    """Both legs likewise."""
    right_arm: Limb | None = None
    left_arm: Limb | None = None
    right_leg: Limb | None = None
    left_leg: Limb | None = None
    work: list[Part] | None = None
    """What is set off in this pose, where it differs from the figure's own."""
    contact: list[Joint] | None = None
    """What is on the floor in this pose, where it differs from the figure's own."""


class Claim(FileValue, frozen=True):
    """What the exercise teaches, as a fact of the poses that is checked: exactly one of the first six."""

    straight: tuple[Joint, Joint, Joint] | None = None
    """Three joints on one line."""
    level: tuple[Joint, Joint] | None = None
    """Two joints at one height."""
    above: tuple[Joint, Joint] | None = None
    """The first straight above the second, as seen from the side."""
    touches: tuple[Joint, Joint] | None = None
    """The surfaces of two joints meet."""
    still: Annotated[list[Joint], Meta(min_length=1)] | None = None
    """Joints that stay where they are through the whole movement."""
    rises: Joint | None = None
    """A joint that goes up between two poses."""
    pose: Short | None = None
    """The pose meant, for `straight`, `level`, `above` and `touches`; each of them where nothing is said."""
    start: Short | None = None
    """For `rises`: the pose in which it is low."""
    end: Short | None = None
    """For `rises`: the pose in which it is high."""
    by: Units = 1.0
    """For `rises`: by how many units at least."""
    within_deg: Annotated[float, Meta(ge=0, le=90)] = 10.0
    """For `straight`, `level` and `above`: how far it may be off, in degrees."""
    within: Units = 1.5
    """For `still` and `touches`: how far it may be off, in units."""


class Figure(FileValue, frozen=True):
    """How one exercise looks: key poses that follow each other in a loop."""

    id: Id
    """The exercise that it shows."""
    alt: Line
    """What is told instead of the picture, without naming a side."""
    pose: Annotated[list[Pose], Meta(min_length=1, max_length=MOST_POSES)]
    side: Literal["left", "right"] | None = None
    """Which of the exercise's sides the poses show, where it has two."""
    goal: Short | None = None
    """The pose that is held and to which a repetition leads; the second where nothing is said."""
    work: list[Part] = []
    """What works, set off in colour."""
    contact: list[Joint] = []
    """What is on the floor in every pose."""
    over: list[Part] = []
    """What is drawn before all else, though it lies no nearer."""
    arrow: Joint | Literal["none"] | None = None
    """Whose way the arrow shows, `none` for no arrow; that of what moves the furthest where nothing is said."""
    arrow_points: Annotated[list[Point], Meta(min_length=2, max_length=20)] | None = None
    """The way of the arrow itself, where no joint's would say it: round for a turn or a roll."""
    arrow_off: Point | None = None
    """How far from that joint the arrow is drawn; beside it, away from the trunk, where nothing is said."""
    camera: Camera = Camera()
    prop: Annotated[list[Prop], Meta(max_length=12)] = []
    claim: Annotated[list[Claim], Meta(max_length=40)] = []
