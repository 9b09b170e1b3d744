"""Rows of the flow: goods without a sale on file."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import declared

# fmt: off
PHASE = Phase("Without a sale on file", (
    #  in                         when                  go to
    on(s.DeclaringDay,           e.DayTyped,           s.AddingGoods, do=declared.take_day),
    on(s.DeclaringDay,           e.Confirmed,          s.AddingGoods, do=declared.take_today),
    on(s.DeclaringDay,           e.Cancelled,          s.Ready, do=declared.drop),
    # Goods are written down: what it is by its code, what was paid for it by keys.
    on(s.AddingGoods,            e.GoodsScanned,       s.AddingGoods, s.FindingArticle,
       do=declared.scan),
    on(s.AddingGoods,            e.OtherScanned,       s.AddingGoods, s.FindingArticle,
       do=declared.scan_other),
    on(s.AddingGoods,            e.Typed,              s.AddingGoods, s.FindingArticle,
       do=declared.scan_other),
    on(s.AddingGoods,            e.WeighedScanned,     s.FindingArticle, do=declared.scan_weighed),
    on(s.AddingGoods,            e.OneLessChosen,      s.AddingGoods, do=declared.one_less),
    on(s.AddingGoods,            e.Moved,              s.AddingGoods, do=declared.move),
    on(s.AddingGoods,            e.Confirmed,          s.AddingGoods, s.ChoosingReason,
       do=declared.done),
    on(s.AddingGoods,            e.Cancelled,          s.Ready, do=declared.drop),
    on(s.FindingArticle,         e.ArticleKnown,       s.PricingArticle, do=declared.price),
    on(s.FindingArticle,         e.Cancelled,          s.AddingGoods, do=declared.goods_again),
    on(s.FindingArticle,         e.Restarted,          s.FindingArticle, do=declared.find_again),
    on(s.PricingArticle,         e.AmountTyped,        s.PricingArticle, s.AddingGoods,
       do=declared.take_amount),
    on(s.PricingArticle,         e.Confirmed,          s.PricingArticle, s.AddingGoods,
       do=declared.take_offered),
    on(s.PricingArticle,         e.Cancelled,          s.AddingGoods, do=declared.goods_again),
))
# fmt: on
