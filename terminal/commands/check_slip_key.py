"""Check of the key that signs the codes of return slips."""

from terminal.commands.finding import Finding
from terminal.core.words import sentence
from terminal.settings import Settings
from terminal.slip_code import SlipKeyFault, key_file, load_key

_KEY = sentence("signing key")


def slip_key(settings: Settings) -> Finding:
    """There and sound, or not there yet. One that cannot be used leaves the slips unsigned."""
    file = key_file(settings.data)
    try:
        key = load_key(file)
    except SlipKeyFault as fault:
        wrong = sentence("{file} {wrong}", file=file, wrong=fault.wrong)
        cure = sentence("slips are not signed: mend it, then restart")
        return Finding(_KEY, wrong, cure)
    if key is None:
        none = sentence("not enrolled yet, slips carry no signature")
        return Finding(_KEY, none)
    where = key.slip_url
    return Finding(_KEY, sentence("number {key}, {where}", key=key.key, where=where))
