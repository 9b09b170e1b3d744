"""What the terminals' routes take and give, as the OpenAPI document shows it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class LookUpRequest(Strict):
    """One of: receipt_no, sale_id, day and total, tail or goods (with a day or not), return."""

    receipt_no: Text | None = None
    sale_id: Text | None = None
    day: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    total: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    tail: Annotated[str, Field(pattern=r"^[0-9]{4}$")] | None = None
    goods: Text | None = None
    return_: Annotated[Text | None, Field(alias="return")] = None

    @model_validator(mode="after")
    def one_question(self) -> Self:
        asked = {
            name
            for name in ("receipt_no", "sale_id", "day", "total", "tail", "goods", "return_")
            if getattr(self, name) is not None
        }
        known = ({"receipt_no"}, {"sale_id"}, {"day", "total"}, {"tail"}, {"goods"}, {"return_"})
        if asked not in (*known, {"day", "tail"}, {"day", "goods"}):
            raise ValueError("ask for one thing")
        return self


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
