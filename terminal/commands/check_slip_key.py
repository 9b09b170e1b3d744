"""Check of the key that signs the codes of return slips."""

from terminal.commands.finding import Finding
from terminal.core.words import Worded
from terminal.settings import Settings
from terminal.slip_code import SlipKeyFault, key_file, load_key

_KEY = Worded("签名密钥", "signing key")


def slip_key(settings: Settings) -> Finding:
    """There and sound, or not there yet. One that cannot be used leaves the slips unsigned."""
    file = key_file(settings.data)
    try:
        key = load_key(file)
    except SlipKeyFault as fault:
        wrong = Worded(f"{file} {fault.wrong.zh}", f"{file} {fault.wrong.en}")
        cure = Worded(
            "退货码暂不签名；请更正后重启终端",
            "slips are not signed: mend it, then restart",
        )
        return Finding(_KEY, wrong, cure)
    if key is None:
        none = Worded("尚未登记，退货码不签名", "not enrolled yet, slips carry no signature")
        return Finding(_KEY, none)
    where = key.slip_url
    return Finding(_KEY, Worded(f"第 {key.key} 号，{where}", f"number {key.key}, {where}"))
