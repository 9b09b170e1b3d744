"""What happened, said in both languages: a return's history, the audit, why a record lies aside.

Law of the file: what is kept is a code and its values; here alone it becomes a sentence. A code
that is not known here (of a later version) is shown as it is.
"""

import json
import re
from typing import Any

from backoffice.amounts import money
from backoffice.db.tables import HistoryEntry, Return
from backoffice.desk.words import REFUNDS
from backoffice.states import RefundState
from backoffice.words import NOTHING, Worded

HISTORY = {
    "recorded": Worded("款台登记退货", "Recorded at the till"),
    "submitted": Worded("顾客提交申请", "Submitted by the customer"),
    "approved": Worded("同意退货", "Approved"),
    "declined": Worded("拒绝退货", "Declined"),
    "conflict": Worded("发现冲突，先不退款", "A conflict was found: nothing is paid before"),
    "conflict_accepted": Worded("冲突已核实，照常退款", "Conflict looked into: paid all the same"),
    "conflict_declined": Worded("冲突已核实，不退款", "Conflict looked into: not paid"),
    "confirmed": Worded("顾客已确认", "Confirmed by the customer"),
    "accepted": Worded("款台交来一笔退款", "The till handed a refund on"),
    "cash": Worded("款台付现金", "Cash was paid at the till"),
    "credit": Worded("款台开出退货券", "Store credit was given at the till"),
    "finished": Worded("款台办结", "The till is done with it"),
    "voided": Worded("款台作废", "Voided at the till"),
    "replaced": Worded("验货后由另一张退货单替换", "Replaced after inspection by another return"),
    "refund": Worded("退款状态", "Refund"),
    "old_number_told": Worded(
        "渠道来消息：已放弃的旧单号有变化，请在商户平台核对",
        "The rail spoke of a number that was given up: compare it in the merchant platform",
    ),
    "refund_after_success": Worded("退款成功后渠道又来消息", "The rail spoke again after success"),
}
AUDIT = {
    "approved": HISTORY["approved"],
    "declined": HISTORY["declined"],
    "conflict_accepted": HISTORY["conflict_accepted"],
    "conflict_declined": HISTORY["conflict_declined"],
    "paid_by_hand": Worded("人工付款", "Paid by hand"),
    "not_paid_by_hand": Worded("人工付款未成", "Could not be paid by hand"),
    "rail_asked": Worded("立即查询渠道", "Had the rail asked"),
    "refund_anew": Worded("换单号或改渠道重退", "Went on under a new number"),
    "parked_settled": Worded("异常记录标为已处理", "Record aside: seen to"),
    "parked_taken": Worded("异常记录重新入账", "Record aside: taken into the books"),
    "parked_not_taken": Worded("异常记录仍无法入账", "Record aside: still cannot be taken"),
    "enrolment_code": Worded("生成登记码", "Made an enrolment code"),
    "enrolled": Worded("终端登记", "Terminal enrolled"),
    "revoked": Worded("吊销终端", "Shut a terminal out"),
    "person_added": Worded("添加人员", "Added a person"),
    "person_changed": Worded("更改人员", "Changed a person"),
    "signed_in": Worded("登录", "Signed in"),
    "signed_out": Worded("退出", "Signed out"),
    "sign_in_failed": Worded("登录失败", "Sign-in failed"),
    "restored": Worded("数据库从备份恢复", "The database was restored from a backup"),
    "old_erased": Worded("清理过期数据", "Erased what is old"),
}
WHO = {
    "customer": Worded("顾客", "customer"),
    "policy": Worded("按规则", "by the rules"),
    "books": Worded("系统", "the books"),
    "rail": Worded("退款渠道", "rail"),
    "retention": Worded("夜间清理", "nightly upkeep"),
}
HOW = {
    "page": Worded("手机页面", "on the page"),
    "phone": Worded("手机页面", "on the page"),
    "short_code": Worded("短码", "by short code"),
    "signature": Worded("签字", "by signature"),
}
ASIDE = {  # in English it is said so where it is found
    "its kind is not known to this version": "本版本不认识这种记录",
    "it is not JSON": "内容不是 JSON",
    "it is no object": "内容不是对象",
    "it is nested too deep": "内容嵌套过深",
    "its personal part holds more than its body has places for": "个人信息部分多于正文",
    "its personal part holds less than its body has places for": "个人信息部分少于正文",
    "the return that it speaks of is not on file": "所指的退货单尚未入账",
    "the return that it speaks of was recorded by another terminal": "所指的退货单属于另一台终端",
    "the sale that it writes is not one of this terminal": "所写的原单不属于这台终端",
    "it is not a refund that its return was recorded with": "退货单登记时没有这笔退款",
    "this tender of the return was handed on before": "这笔退款此前已交来",
    "the return's number is not one of this terminal": "退货单号不属于这台终端",
    "a return of this id or number is on file already": "该退货单或单号已入账",
    "the time at which it was recorded is none": "登记时间无法识别",
    "this id is here with other bytes": "同一编号已收过，但内容不同",
    "it does not fit the chain that is here": "与已收记录的链不衔接",
    "it holds a NUL character": "含有空字符",
    "its hash is not that of its bytes": "哈希与内容不符",
    "its promise is not that of its personal part": "个人信息部分与承诺值不符",
    "it does not follow the record before it": "与前一条记录不衔接",
}
ERASED = {  # as archive/terms.py counts
    "records": Worded("记录的个人信息", "personal parts of records"),
    "returns": Worded("退货单", "returns"),
    "sales": Worded("原单的个人信息", "personal parts of sales"),
    "pruned": Worded("过期原单", "old sales"),
    "refused": Worded("拒收内容", "refused bytes"),
    "rows": Worded("失效的会话、登记码和日志", "sessions, codes and entries that are over"),
}
_ERASED = re.compile(rf"\b({'|'.join(ERASED)}) (\d+)(?=, |$)")
_VALUED = (  # likewise, with what stands in them
    (r"(\S+) is not as this version reads it", "本版本无法识别字段 {}"),
    (r"the books failed on it \((\w+)\)", "入账时出错（{}）"),
    (r"the record before it is (\d+)", "它前面的一条是第 {} 条"),
    (r"it ends at (\d+), and (\d+) was acknowledged", "记录到第 {} 条为止，而已确认到第 {} 条"),
)
_RECORD = re.compile(r"record (\d+): (.+)")


def history_words(entry: HistoryEntry, ret: Return) -> Worded:
    """One line of a return's history."""
    said, detail = HISTORY.get(entry.what, Worded(entry.what, entry.what)), _values(entry.detail)
    more = NOTHING
    if "how" in detail:
        how = str(detail["how"])
        more = HOW.get(how, Worded(how, how))
    elif "by" in detail:
        more = Worded(str(detail["by"]), str(detail["by"]))
    elif "state" in detail:
        place, state = int(detail.get("position", 0)) + 1, REFUNDS[RefundState(detail["state"])]
        more = Worded(f"第 {place} 笔 {state.zh}", f"{place}: {state.en}")
    elif "amount" in detail:
        amount = money(int(detail["amount"]), ret.currency, ret.digits)
        more = Worded(amount, amount)
    return Worded(" · ".join(filter(None, (said.zh, more.zh))),
                  " · ".join(filter(None, (said.en, more.en))))  # fmt: skip


def audit_words(what: str) -> Worded:
    return AUDIT.get(what, Worded(what, what))


def who_words(who: str) -> Worded:
    """A person, a terminal, a part of the office, or who typed a command."""
    if who.startswith("command:"):
        name = who.removeprefix("command:")
        return Worded(f"命令行 {name}", f"command line, {name}")
    return WHO.get(who, Worded(who, who))


def aside_words(why: str) -> Worded:
    """Why a record is in no book, or a chain does not hold; what was erased."""
    if parts := _ERASED.findall(why):
        zh = "，".join(f"{ERASED[name].zh} {count}" for name, count in parts)
        return Worded(zh, ", ".join(f"{ERASED[name].en} {count}" for name, count in parts))
    if record := _RECORD.fullmatch(why):
        return Worded(f"第 {record[1]} 条：{aside_words(record[2]).zh}", why)
    for pattern, zh in _VALUED:
        if found := re.fullmatch(pattern, why):
            return Worded(zh.format(*found.groups()), why)
    return Worded(ASIDE.get(why, why), why)


def _values(detail: str) -> dict[str, Any]:
    found = json.loads(detail) if detail else {}
    return found if isinstance(found, dict) else {}
