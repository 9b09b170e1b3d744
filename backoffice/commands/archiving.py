"""Commands over records that are here: parked ones taken again, chains checked."""

from functools import partial

from backoffice.archive import parked, restored
from backoffice.archive.chains import walk
from backoffice.archive.parked import Retaken
from backoffice.archive.retention import erase_old
from backoffice.commands.keeping import Arguments, open_office, who_asks
from backoffice.commands.saying import complain, say
from backoffice.db.tidy import forget
from backoffice.desk.happened import aside_words
from backoffice.settings import Settings


def taking_parked(settings: Settings, args: Arguments) -> int:
    """0 where every one that was tried is in the books now."""
    who = who_asks()
    with open_office(settings) as office:
        if args.record:
            done = [
                office.write(partial(parked.take_again, record_id=one, who=who))
                for one in args.record
            ]
        else:
            done = parked.take_all(office, who, args.terminal, args.kind)
    for one in done:
        if one.why:
            why = aside_words(one.why)
            complain(f"{_named(one)}：{why.zh}", f"{_named(one)}: {why.en}")
    left = sum(1 for one in done if one.why)
    taken = len(done) - left
    say(
        f"{taken} 条已入账，{left} 条仍搁置。", f"{taken} taken into the books, {left} stay parked."
    )
    return 1 if left else 0


def erasing_old(settings: Settings, _: Arguments) -> int:
    """What `serve` does every night, now."""
    with open_office(settings) as office:
        erased = erase_old(office, who_asks())
        if not forget(office.engine):
            complain("有读者占用，数据库日志未清空，请再运行一次。",
                     "A reader stood in the way: run it again for the database's log.")  # fmt: skip
    told = aside_words(erased.told())
    return say(
        f"已清除：{told.zh or '没有到期的内容'}", f"Erased: {told.en or 'nothing is old enough'}"
    )


def going_on(settings: Settings, _: Arguments) -> int:
    """After a backup of the database took its place, before anything is served."""
    who = who_asks()
    with open_office(settings) as office:
        cursor = office.write(lambda tx: restored.went_on(tx, who))
    return say(
        f"已接续：下发序号从 {cursor} 继续，退款先查询再请求。请核对备份之后人工付过的款。",
        f"It goes on: the feed from {cursor}, and every refund is queried before it is asked for."
        " Compare what was paid by hand since the backup.",
    )


def checking_chains(settings: Settings, args: Arguments) -> int:
    """0 where every record here is what its terminal wrote, in its place."""
    broken = 0
    with open_office(settings) as office, office.reading() as session:
        for one in walk(session, args.terminal):
            zh = f"{one.terminal} 第 {one.branch} 支"
            en = f"{one.terminal} branch {one.branch}"
            say(
                f"{zh}：{one.records} 条记录，其中 {one.erased} 条的个人信息已清除",
                f"{en}: {one.records} records, personal parts erased of {one.erased}",
            )
            broken += bool(one.faults)
            for fault in one.faults:
                why = aside_words(fault)
                complain(f"{zh}：{why.zh}", f"{en}: {why.en}")
    return 1 if broken else say("所有记录链完整。", "Every chain holds.")


def _named(one: Retaken) -> str:
    return f"{one.terminal} {one.seq} {one.kind} {one.record_id}"
