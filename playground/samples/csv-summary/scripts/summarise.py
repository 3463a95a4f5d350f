"""Summarises a CSV table. Reads the input JSON on stdin, or a file in SKILL_INPUT_DIR."""

import csv
import datetime
import io
import json
import os
import sys
from collections import Counter
from html import escape


def read_table(given):
    text = given.get("csv")
    folder = os.environ["SKILL_INPUT_DIR"]
    files = sorted(os.listdir(folder))
    if files:
        with open(os.path.join(folder, files[0]), encoding="utf-8-sig") as source:
            text = source.read()
    if not text or not text.strip():
        sys.exit("There is no table: send it as `csv`, or as a file named `table`.")
    first_line = text.strip().splitlines()[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = list(csv.reader(io.StringIO(text.strip()), delimiter=delimiter))
    header, body = rows[0], [row for row in rows[1:] if any(cell.strip() for cell in row)]
    width = len(header)
    return header, [(row + [""] * width)[:width] for row in body]


def as_number(text):
    try:
        number = float(text.replace(" ", "").replace(",", ""))
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def as_date(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def describe(name, cells, top):
    filled = [cell.strip() for cell in cells if cell.strip()]
    column = {"name": name, "filled": round(len(filled) / len(cells), 3) if cells else 0}
    numbers = [as_number(cell) for cell in filled]
    if filled and all(number is not None for number in numbers):
        mean = sum(numbers) / len(numbers)
        return column | {"type": "number", "min": min(numbers), "max": max(numbers), "mean": round(mean, 3)}
    dates = [as_date(cell) for cell in filled]
    if filled and all(dates):
        return column | {"type": "date", "min": min(dates).isoformat(), "max": max(dates).isoformat()}
    frequent = [{"value": value, "count": count} for value, count in Counter(filled).most_common(top)]
    return column | {"type": "text", "distinct": len(set(filled)), "frequent": frequent}


def figures(column):
    if column["type"] == "text":
        frequent = ", ".join(f"{entry['value']} ({entry['count']})" for entry in column["frequent"])
        return f"{column['distinct']} distinct: {frequent}"
    words = f"{column['min']} to {column['max']}"
    return words + (f", mean {column['mean']}" if column["type"] == "number" else "")


def report(rows, columns):
    lines = [f"# Summary of {rows} rows", "", "| column | type | filled | figures |", "|---|---|---|---|"]
    for column in columns:
        cells = [column["name"], column["type"], f"{column['filled']:.0%}", figures(column)]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def chart(label, pairs):
    largest = max((abs(value) for _, value in pairs), default=0) or 1
    bars = []
    for index, (name, value) in enumerate(pairs):
        y, length = 34 + index * 26, abs(value) / largest * 300
        bars.append(
            f'<text x="130" y="{y + 13}" text-anchor="end">{escape(name[:18])}</text>'
            f'<rect x="140" y="{y}" width="{length:.1f}" height="18" rx="3" fill="#4945ff"/>'
            f'<text x="{148 + length:.1f}" y="{y + 13}">{value:g}</text>'
        )
    height = 44 + len(pairs) * 26
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="560" height="{height}" fill="#ffffff"/>'
        f'<text x="16" y="20" font-weight="bold">{escape(label)}</text>' + "".join(bars) + "</svg>\n"
    )


def save(name, text):
    with open(os.path.join(os.environ["SKILL_OUTPUT_DIR"], name), "w", encoding="utf-8") as target:
        target.write(text)


def main():
    given = json.load(sys.stdin)
    header, body = read_table(given)
    print(f"Read {len(body)} rows of {len(header)} columns.")
    top = int(given.get("top", 3))
    columns = [describe(name, [row[index] for row in body], top) for index, name in enumerate(header)]
    save("report.md", report(len(body), columns))
    numeric = next((index for index, column in enumerate(columns) if column["type"] == "number"), None)
    if numeric is not None:
        names = next((index for index, column in enumerate(columns) if column["type"] != "number"), numeric)
        pairs = [(row[names], as_number(row[numeric]) or 0) for row in body[:12]]
        save("chart.svg", chart(header[numeric], pairs))
    print(json.dumps({"rows": len(body), "columns": columns}))


main()
