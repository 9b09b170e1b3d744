"""Bars as SVG: no script, readable in print and by a screen reader."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from backoffice.desk.figures import Bar

WIDTH, ROW, LABEL = 640, 30, 170
HOUR_HEIGHT, HOUR_STEP = 150, 26


def rows(title: str, bars: Sequence[Bar]) -> Markup:
    """One bar a row, the longest as wide as the chart; each with its value in words."""
    most = max((one.value for one in bars), default=0) or 1
    room = WIDTH - LABEL - 110
    parts = [
        Markup(
            '<text x="{label}" y="{y}" text-anchor="end">{name}</text>'
            '<rect x="{x}" y="{top}" width="{width}" height="18" class="bar"/>'
            '<text x="{after}" y="{y}">{text}</text>'
        ).format(
            label=LABEL - 8,
            y=place * ROW + 20,
            name=one.label,
            x=LABEL,
            top=place * ROW + 6,
            width=max(2, one.value * room // most),
            after=LABEL + max(2, one.value * room // most) + 8,
            text=one.text or str(one.value),
        )
        for place, one in enumerate(bars)
    ]
    return _svg(title, max(1, len(bars)) * ROW + 6, parts)


def hours(title: str, counts: Sequence[int]) -> Markup:
    """24 columns, the hour below each, its count above where there is one."""
    most = max(counts, default=0) or 1
    parts = []
    for hour, count in enumerate(counts):
        height = count * (HOUR_HEIGHT - 40) // most
        x = 8 + hour * HOUR_STEP
        parts.append(
            Markup(
                '<rect x="{x}" y="{top}" width="20" height="{height}" class="bar"/>'
                '<text x="{middle}" y="{base}" text-anchor="middle">{hour}</text>'
            ).format(
                x=x,
                top=HOUR_HEIGHT - 20 - height,
                height=height,
                middle=x + 10,
                base=HOUR_HEIGHT - 4,
                hour=hour,
            )
        )
        if count:
            parts.append(
                Markup('<text x="{x}" y="{y}" text-anchor="middle">{count}</text>').format(
                    x=x + 10, y=HOUR_HEIGHT - 24 - height, count=count
                )
            )
    return _svg(title, HOUR_HEIGHT, parts)


def _svg(title: str, height: int, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {width} {height}" role="img" aria-label="{title}">{inner}</svg>'
    ).format(width=WIDTH, height=height, title=escape(title), inner=Markup("").join(parts))
