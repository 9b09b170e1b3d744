"""Amounts and quantities as people read them, on pages and in exports."""

# ISO 4217 number: letters and minor digits. A slip that is not reported yet says its number alone.
CURRENCIES = {156: ("CNY", 2), 392: ("JPY", 0), 414: ("KWD", 3), 826: ("GBP", 2), 978: ("EUR", 2)}
_SYMBOLS = {"CNY": "¥", "JPY": "¥", "GBP": "£", "EUR": "€", "USD": "$"}


def money(minor: int, code: str, digits: int) -> str:
    """Minor units as people write them: ¥ 95.00."""
    sign, minor = ("-" if minor < 0 else ""), abs(minor)
    whole, rest = divmod(minor, 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    return f"{sign}{_SYMBOLS.get(code, code)} {text}"


def quantity(thousandths: int, unit: str) -> str:
    """× 2, or 0.412 kg."""
    if unit == "WEIGHT":
        return f"{thousandths // 1000}.{thousandths % 1000:03d} kg"
    return f"× {thousandths // 1000}"
