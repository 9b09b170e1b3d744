"""Slips and models that the printer's tests share."""

from pathlib import Path

from msgspec.structs import replace

from printer.models import Model, load_models
from printer.slip import (
    Align,
    Columns,
    Cut,
    Feed,
    Mark,
    Qr,
    Rule,
    SignatureLine,
    Size,
    Slip,
    Text,
)

MODELS = load_models(Path(__file__).parents[2] / "config" / "printers")
PAYLOAD = "HTTPS://R.EXAMPLE.COM/T/" + "A7K2M9Q4XCTW" * 13  # as long as a signed return token


def quick(model: Model) -> Model:
    """The same model with a tester's patience."""
    return replace(model, answer_seconds=0.1, stall_seconds=0.2, finish_seconds=0.8)


CHINESE = Slip(
    (
        Text("好又近超市 西湖店", Align.CENTRE, bold=True),
        Text("退 货 单", Align.CENTRE, Size.LARGE),
        Columns("退货单号", "R-0571-03-000417"),
        Columns("时间", "2026-11-23 14:05"),
        Rule(),
        Text("金龙鱼 大豆油 5L"),
        Columns("          × 1", "49.35"),
        Rule(),
        Columns("退款合计", "¥80.54", Size.LARGE, bold=True),
        Columns("微信支付（原路退回）", "64.09", Size.SMALL),
        Qr(PAYLOAD),
        Text("短码 7K2M9-Q4XCT，11月30日前有效", Align.CENTRE),
        SignatureLine("没有手机：请在此签字"),
        Text("购买后七天内凭小票可退；生鲜、内衣除外。", size=Size.SMALL),
        Mark("补打 COPY 2"),
        Feed(2),
        Cut(),
    )
)
ENGLISH = Slip(
    (
        Text("Corner Shop, Café Row", Align.CENTRE, bold=True),
        Text("RETURN", Align.CENTRE, Size.LARGE),
        Columns("Return number", "R-0571-03-000417"),
        Columns("Organic extra virgin olive oil, cold pressed, from Kalamata", "£1,249.35"),
        Columns("Refund", "£80.54", Size.LARGE),
        Qr(PAYLOAD),
        SignatureLine("No phone: please sign here"),
        Mark("TRAINING"),
        Cut(),
    )
)
