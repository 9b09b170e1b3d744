"""Commands beside the slip: questions, the drawer's pulse, and the way out of a broken transfer."""

from escpos import constants

from printer.models import Model, Recovery

_DLE_DC4: bytes = constants.DLE + constants.DC4
_STATUS: bytes = constants.RT_STATUS
_ESC: bytes = constants.ESC
_GS: bytes = constants.GS
_RESET: bytes = constants.HW_INIT

PAPER_IN_ORDER: bytes = constants.GS + b"r\x01"  # answered when all before it is processed


def real_time_status(number: int) -> bytes:
    """DLE EOT n: 1 printer, 2 cause of off line, 3 error, 4 paper."""
    return _STATUS + bytes((number,))


def say_when_printed(mark: bytes) -> bytes:
    """GS ( H function 48: the printer answers `37 22 mark 00` once what came before is printed.

    `mark` is four characters from 0x20 to 0x7E.
    """
    assert len(mark) == 4
    assert all(32 <= byte <= 126 for byte in mark)
    return _GS + b"(H\x06\x0000" + mark


def drawer_pulse(model: Model) -> bytes:
    """The pulse on the model's pin; in real time where the model can, so it works without paper."""
    pin = 0 if model.drawer_pin == 2 else 1
    if model.drawer_realtime:  # DLE DC4 1 m t: t is 1 to 8 times 100 ms
        return _DLE_DC4 + bytes((1, pin, min(8, max(1, model.drawer_on_ms // 100))))
    on, off = model.drawer_on_ms // 2, model.drawer_off_ms // 2  # ESC p counts in 2 ms
    return _ESC + b"p" + bytes((pin, on, max(on, off)))


def recovery(model: Model) -> bytes:
    """What ends a half-received command, so that the next job is not taken for picture data.

    Zeros print as white in a picture and as nothing in text; as many as the longest picture holds.
    """
    if model.recovery is Recovery.DLE_DC4:
        return _DLE_DC4 + bytes((8, 1, 3, 20, 1, 6, 2, 8)) + _RESET
    return bytes(model.width // 8 * model.raster_rows) + _RESET
