"""Keys pressed without the pilot's own waiting, which looks three times for an idle program where once is enough.

Once more is waited where a key led to another screen: that mounts what it holds only then.
"""

import unicodedata

from textual.events import Key
from textual.keys import KEY_TO_UNICODE_NAME, REPLACED_KEYS
from textual.pilot import Pilot


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys by their names, each once the one before has been answered and painted."""
    for key in keys:
        # As the pilot does it; the queue that it stands in is the one that `pause` waits for.
        before = pilot.app.screen
        pilot.app.post_message(Key(key, _character(key)))
        await pilot.pause()
        await pilot.wait_for_animation()
        while pilot.app.screen is not before:
            before = pilot.app.screen
            await pilot.pause()


def _character(key: str) -> str | None:
    name = REPLACED_KEYS.get(key, key)
    try:
        return unicodedata.lookup(KEY_TO_UNICODE_NAME.get(name, name))
    except KeyError:
        return key if len(key) == 1 else None
