"""`learn-keys`: asks for every key of this unit's keypad and writes its key map."""

import re
from argparse import Namespace
from contextlib import ExitStack

from terminal import devices
from terminal.commands import LOOK, OK
from terminal.commands.places import CommandFault, give, settings_of
from terminal.learning import learn
from terminal.settings.values import KeypadKind
from terminal.ui.words import Words

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def serve(args: Namespace) -> int:
    """Raises CommandFault, SettingsFault, OSError where the screen cannot be opened."""
    settings = settings_of(args)
    if not _NAME.fullmatch(args.name):
        raise CommandFault(
            f"{args.name!r} is no name for a key map: letters, digits, dot, hyphen."
            " / 键盘映射名称只能用字母、数字、点和横线。"
        )
    if settings.keypad.kind is KeypadKind.NONE:
        raise CommandFault(
            'terminal.toml says [keypad] kind = "none": say which keypad there is first.'
            " / 请先在 terminal.toml 的 [keypad] 中设置键盘。"
        )
    path = settings.folder / "keymaps" / f"{args.name}.toml"
    with ExitStack() as opened:
        display, _ = devices.open_all(settings, opened, lambda _: None)
        keypad = devices.open_keypad(settings.keypad)
        assert keypad is not None, "a keypad that is not none"
        try:
            done = learn(keypad, display, Words(settings.language), path)
        except OSError as fault:
            raise CommandFault(
                f"{path} cannot be written ({fault.strerror or fault}). / 无法写入按键文件。"
            ) from fault
    if not done:
        give("Stopped; nothing was written. / 已中止，未写入。")
        return LOOK
    give(f'Written: {path}. Put keymap = "{args.name}" under [keypad] in terminal.toml. / 已写入。')
    return OK
