"""Which rows of a long list are in sight.

Law of the file: the row that is marked always is; a list that fits is never rolled.
"""

from collections.abc import Sequence


def window(heights: Sequence[int], room: int, cursor: int, gap: int = 0) -> tuple[int, int]:
    """First row in sight and the one after the last, around `cursor` (-1 is the top).

    Rows are `heights` high with `gap` between. At least one row is in sight, even if too high.
    """
    count = len(heights)
    if sum(heights) + gap * max(count - 1, 0) <= room or count == 0:
        return 0, count
    at = min(max(cursor, 0), count - 1)
    first, after, used = at, at + 1, heights[at]
    while True:
        below = heights[after] + gap if after < count else None
        above = heights[first - 1] + gap if first > 0 else None
        down = below is not None and used + below <= room
        up = above is not None and used + above <= room
        if above is not None and up and (at - first <= after - 1 - at or not down):
            first, used = first - 1, used + above
        elif below is not None and down:
            after, used = after + 1, used + below
        else:
            return first, after
