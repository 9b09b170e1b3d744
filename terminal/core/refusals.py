"""An expected "no" with its reason: a value, never raised. Its words live in terminal/ui."""

from enum import Enum, auto

from msgspec import Struct


class Why(Enum):
    """Each member's comment says which facts come with it, in order."""

    PIN_WRONG = auto()  # tries left
    PIN_LOCKED = auto()  # time of day when it opens
    STAFF_UNKNOWN = auto()
    BADGE_UNKNOWN = auto()
    PIN_KEY_MISSING = auto()
    SIGN_ON_FIRST = auto()
    SCAN_RECEIPT_FIRST = auto()
    NOT_NEEDED_NOW = auto()
    FINISH_FIRST = auto()
    NOT_ON_RECEIPT = auto()  # code
    NONE_LEFT_OF_LINE = auto()  # name
    MORE_THAN_LEFT = auto()  # name, asked, left (quantities, worded)
    MORE_THAN_PAID = auto()  # name
    WHOLE_PIECES_ONLY = auto()  # name
    WEIGHT_NEEDED = auto()  # name
    SERIAL_NOT_SOLD = auto()  # number, name
    SERIAL_NOT_ARTICLE = auto()  # name
    SERIAL_BACK = auto()  # number
    SERIAL_TWICE = auto()  # number
    NO_GOODS_CHOSEN = auto()
    SAME_PERSON = auto()  # name
    ROLE_TOO_LOW = auto()  # name
    NOT_YOUR_TASK = auto()  # name
    NOT_YOURSELF = auto()  # name
    HAS_LEFT = auto()  # name
    NUMBER_TOO_LONG = auto()  # number
    NO_NAME = auto()
    PIN_FORM = auto()
    PIN_GUESSED_FIRST = auto()
    PINS_DIFFER = auto()
    BADGE_TAKEN = auto()
    ASKED_AGAIN = auto()
    CAP_REACHED = auto()
    SUMS_CHANGED = auto()
    KIND_LIMIT = auto()
    KIND_OFF = auto()
    NOT_IN_PRICE_LIST = auto()  # code or name
    AMOUNT_NEEDED = auto()
    MORE_THAN_PRICE = auto()  # name
    SLIP_UNKNOWN = auto()  # code
    SLIP_OF_ANOTHER_TILL = auto()
    SLIP_FALSE = auto()
    SLIP_EXPIRED = auto()  # day
    SHORT_CODE_WRONG = auto()
    CODE_NOT_USEFUL = auto()  # code
    DRAWER_STUCK = auto()
    OPEN_RETURN_FIRST = auto()  # number
    SALE_DAMAGED = auto()
    OTHER_CURRENCY = auto()  # code
    CASH_MAY_BE_PAID = auto()  # after a restart, or when a return is taken up again
    CASH_MAY_BE_TAKEN = auto()  # the same where the customer pays: an exchange for dearer goods
    SHIFT_OF_ANOTHER = auto()  # name
    STORAGE_FAULT = auto()


class Refusal(Struct, frozen=True):
    why: Why
    facts: tuple[str, ...] = ()
