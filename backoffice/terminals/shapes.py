"""What the terminals' routes take and give, as the OpenAPI document shows it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")]
Pem = Annotated[str, Field(min_length=1, max_length=10_000)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class EnrolRequest(Strict):
    """`token_key` is the base64 of an Ed25519 public key, `csr` a PKCS #10 request in PEM."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    terminal: Text
    csr: Pem
    token_key: Annotated[str, Field(min_length=1, max_length=64)]


class EnrolAnswer(BaseModel):
    certificate: str
    ca: str
    key: int
    slip_url: str
    numbers_after: int
    acked: int
    acked_hash: str


class CaAnswer(BaseModel):
    ca: str


class CertificateRequest(Strict):
    csr: Pem


class CertificateAnswer(BaseModel):
    certificate: str


class KeyRequest(Strict):
    token_key: Annotated[str, Field(min_length=1, max_length=64)]


class KeyAnswer(BaseModel):
    key: int


class Verdict(BaseModel):
    id: str
    seq: int
    verdict: Literal["stored", "known", "parked", "refused", "ahead"]
    why: str


class RecordsAnswer(BaseModel):
    acked: int
    verdicts: list[Verdict]
    server_ms: int
    spread_s: int


Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


def _whole(value: Any) -> Any:
    """712.0 is an integer of JSON Schema (draft 2020-12, 6.1.1), however it was written."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class ByReceipt(Strict):
    receipt_no: Text


class BySaleId(Strict):
    sale_id: Text


class ByDayAndTotal(Strict):
    day: Day
    total: Annotated[int, Field(ge=0, lt=2**53), BeforeValidator(_whole)]


class ByTail(Strict):
    tail: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    day: Day | None = None


class ByGoods(Strict):
    goods: Text
    day: Day | None = None


class ByReturn(Strict):
    return_: Annotated[Text, Field(alias="return")]


LookUpRequest = ByReceipt | BySaleId | ByDayAndTotal | ByTail | ByGoods | ByReturn


class LookUpAnswer(BaseModel):
    """FOUND and STATE of docs/WIRE.md."""

    sales: list[dict[str, Any]]
    return_: Annotated[dict[str, Any] | None, Field(alias="return", default=None)]


class FeedItemShape(BaseModel):
    cursor: int
    what: str
    body: Any


class FeedAnswer(BaseModel):
    items: list[FeedItemShape]
    next: int


class Refusal(BaseModel):
    """Why not, for whoever reads the answer; nothing was changed."""

    detail: Any
