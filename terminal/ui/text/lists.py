"""Tables and choices as text: aligned columns, a pointer at the cursor, `3/12` when they roll.

Law of the file: figures are never cut; names end in an ellipsis.
"""

from terminal.ui.rolling import window
from terminal.ui.screen import Choice, Row, Table
from terminal.ui.text.cells import Lines, apart, left, right, wrapped
from terminal.ui.wrapping import columns, shorten, wrap

POINTER = "▸ "
BLANK = "  "
LEAST_NAME = 8


def _cell(row: Row, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _widths(table: Table, width: int) -> list[int]:
    """Figures get what they need, with titles broken at spaces; names share the rest by share."""
    wide = [0] * len(table.columns)
    for number, column in enumerate(table.columns):
        if column.right:
            words = [columns(word) for word in column.title.split()]
            cells = [columns(_cell(row, number)) for row in table.rows]
            wide[number] = max([*words, *cells, 1])
    gaps = 2 * (len(table.columns) - 1)
    rest = width - len(POINTER) - gaps - sum(wide)
    names = [number for number, column in enumerate(table.columns) if not column.right]
    shares = sum(table.columns[number].share for number in names) or 1
    for number in names:
        wide[number] = max(rest * table.columns[number].share // shares, LEAST_NAME)
    return wide


def _line(table: Table, cells: list[str], wide: list[int]) -> str:
    parts = []
    for column, text, across in zip(table.columns, cells, wide, strict=True):
        fitted = text if column.right else shorten(text, across, columns)
        parts.append(right(fitted, across) if column.right else left(fitted, across))
    return "  ".join(parts).rstrip()


def _titles(table: Table, wide: list[int]) -> Lines:
    if not any(column.title for column in table.columns):
        return []
    titles = [
        wrap(column.title, across, columns)
        for column, across in zip(table.columns, wide, strict=True)
    ]
    deep = max(len(lines) for lines in titles)
    padded = [("",) * (deep - len(lines)) + lines for lines in titles]
    return [BLANK + _line(table, [lines[turn] for lines in padded], wide) for turn in range(deep)]


def table_lines(table: Table, width: int, rows: int) -> Lines:
    """Hint, titles and at most `rows` rows around the cursor."""
    wide = _widths(table, width)
    count = len(table.rows)
    first, after = window([1] * count, max(rows, 1), table.cursor)
    head = apart(table.hint, table.aside, width) if table.hint or table.aside else []
    lines = [*head, *_titles(table, wide), "─" * width]
    for index in range(first, after):
        row = table.rows[index]
        cells = [_cell(row, number) for number in range(len(table.columns))]
        lines.append((POINTER if index == table.cursor else BLANK) + _line(table, cells, wide))
    if after - first < count:
        lines.append(right(f"↑ {max(table.cursor, 0) + 1}/{count} ↓", width))
    return lines


def choice_lines(choice: Choice, width: int, rows: int) -> Lines:
    """One option a line, its digit in brackets, its note behind or under it."""
    count = len(choice.options)
    first, after = window([1] * count, max(rows, 1), choice.cursor)
    keyed = any(option.key for option in choice.options)
    lines: Lines = []
    beside = max((columns(each.label) for each in choice.options if each.note), default=0) + 3
    for index in range(first, after):
        option = choice.options[index]
        pointer = POINTER if index == choice.cursor else BLANK
        digit = f"[{option.key}] " if option.key else " " * 4 if keyed else ""
        indent = " " * columns(pointer + digit)
        inner = width - len(indent)
        if option.note and beside + columns(option.note) <= inner:
            words = [left(option.label, beside) + option.note]
        else:
            words = [*wrapped(option.label, inner), *wrapped(option.note, inner)]
        lines.append(pointer + digit + words[0])
        lines.extend(indent + line for line in words[1:])
    if after - first < count:
        lines.append(right(f"↑ {choice.cursor + 1}/{count} ↓", width))
    return lines
