"""The policy notice and the customer's how-to on paper, in the unit's language and the other one.

Law of the file: whoever reads the paper finds all of it in one language, without a gap.
"""

from collections.abc import Iterator

from printer.slip import Feed, Part, Rule, Size, Text
from terminal.core.policy import notice_sentences
from terminal.core.words import CHINESE, ENGLISH
from terminal.settings.values import Settings
from terminal.ui.notice import how_to, said
from terminal.ui.words import N_, Words


def policy_body(settings: Settings, words: Words, judged_by: str) -> tuple[Part, ...]:
    """The parts between the head and the cut; the how-to is in it as well."""
    other = _other(words)
    return (
        *_policy(settings, words),
        *_steps(words, words(N_("How to return"))),
        Rule(),
        Text(other(N_("RETURN POLICY")), bold=True),
        *_policy(settings, other),
        *_steps(other, other(N_("How to return"))),
        Feed(1),
        Text(judged_by, size=Size.SMALL),
    )


def how_to_body(settings: Settings, words: Words) -> tuple[Part, ...]:
    """The parts between the head and the cut."""
    other, arrival = _other(words), settings.rules.policy.arrival
    return (
        *_steps(words),
        *_text(arrival.say(words.language)),
        Rule(),
        *_steps(other, other(N_("How to return"))),
        *_text(arrival.say(other.language)),
    )


def _other(words: Words) -> Words:
    return Words(ENGLISH if words.language == CHINESE else CHINESE)


def _policy(settings: Settings, words: Words) -> Iterator[Part]:
    for at, one in enumerate(said(notice_sentences(settings.rules), words)):
        yield Text(one, bold=not at)


def _steps(words: Words, heading: str = "") -> Iterator[Part]:
    if heading:
        yield Text(heading, bold=True)
    for number, one in enumerate(how_to(words), start=1):
        yield Text(f"{number} {one}")


def _text(text: str) -> Iterator[Part]:
    if text:
        yield Text(text)
