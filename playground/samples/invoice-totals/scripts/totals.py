"""Adds up an invoice. The server calls `run` with the input."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
import os

from invoice_table import as_markdown

CENT = Decimal("0.01")


def amount(value, field):
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{field} is not a number: {value!r}") from None
    if not number.is_finite():
        raise ValueError(f"{field} is not a number: {value!r}")
    return number


def rounded(value):
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def price_line(line, position):
    name = f"lines[{position}]"
    quantity = amount(line.get("quantity", 1), f"{name}.quantity")
    price = amount(line["price"], f"{name}.price")
    discount = amount(line.get("discount", 0), f"{name}.discount")
    net = rounded(quantity * price * (100 - discount) / 100)
    return {"text": str(line.get("text", "")), "quantity": quantity, "price": price, "discount": discount, "net": net,
            "rate": amount(line.get("tax", 0), f"{name}.tax")}


async def run(input):
    lines = [price_line(line, position) for position, line in enumerate(input["lines"])]
    print(f"Added up {len(lines)} lines.")
    by_rate = {}
    for line in lines:
        by_rate[line["rate"]] = by_rate.get(line["rate"], Decimal(0)) + line["net"]
    taxes = {rate: rounded(net * rate / 100) for rate, net in sorted(by_rate.items())}
    net, tax = sum(by_rate.values(), Decimal(0)), sum(taxes.values(), Decimal(0))
    currency = input.get("currency", "EUR")
    with open(os.path.join(os.environ["SKILL_OUTPUT_DIR"], "invoice.md"), "w", encoding="utf-8") as target:
        target.write(as_markdown(lines, taxes, net, net + tax, currency))
    return {
        "currency": currency,
        "net": str(rounded(net)),
        "tax": str(rounded(tax)),
        "taxes": [{"rate": str(rate), "tax": str(tax)} for rate, tax in taxes.items()],
        "total": str(rounded(net + tax)),
    }
