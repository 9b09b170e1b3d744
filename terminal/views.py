"""The view that a start begins with: what screens need besides the state, from the settings."""

from datetime import datetime

from terminal.core.health import Health, Link
from terminal.core.limits import not_taken
from terminal.core.policy import notice_sentences
from terminal.settings.values import KeypadKind, ScannerKind, Settings
from terminal.slip_code import SlipCodes
from terminal.ui import formats
from terminal.ui.view import View
from terminal.ui.words import Words


def view_of(settings: Settings, words: Words, codes: SlipCodes) -> View:
    scanner = Link.NONE if settings.scanner.kind is ScannerKind.NONE else Link.UNKNOWN
    keypad = Link.NONE if settings.keypad.kind is KeypadKind.NONE else Link.UNKNOWN
    return View(
        words=words,
        currency=settings.currency,
        shop=settings.shop.name.say(settings.language),
        qr_of=codes.of,
        clock=formats.clock(datetime.now().astimezone()),
        health=Health(scanner=scanner, keypad=keypad),
        training=settings.training,
        policy=notice_sentences(settings.rules),
        not_taken=not_taken(settings.rules),
    )
