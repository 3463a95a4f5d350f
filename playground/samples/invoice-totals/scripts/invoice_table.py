"""The invoice as a Markdown table."""


def as_markdown(lines, taxes, net, total, currency):
    rows = ["# Invoice", "", f"| what | quantity | price | discount | {currency} |", "|---|--:|--:|--:|--:|"]
    for line in lines:
        discount = f"{line['discount']} %" if line["discount"] else ""
        text = line["text"].replace("|", "\\|")
        rows.append(f"| {text} | {line['quantity']} | {line['price']} | {discount} | {line['net']} |")
    rows.append(f"| net | | | | {net} |")
    rows.extend(f"| tax {rate} % | | | | {tax} |" for rate, tax in taxes.items())
    rows.append(f"| **total** | | | | **{total}** |")
    return "\n".join(rows) + "\n"
