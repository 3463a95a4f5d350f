"""Reviews headlines. The server calls `run` with the input."""

import csv
import os
import re
import time
import unicodedata

FILLERS = {"actually", "basically", "just", "literally", "quite", "really", "simply", "very"}
BAIT = re.compile(r"you won.t believe|what happens? next|this one trick|will shock you|doctors hate", re.I)


def slug(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def faults(text):
    words = re.findall(r"[\w’']+", text)
    if len(text) > 70:
        yield 20, f"{len(text)} characters: search engines show about 70"
    if len(words) < 4:
        yield 15, "fewer than four words say little"
    fillers = sorted(FILLERS & {word.lower() for word in words})
    if fillers:
        yield 5 * len(fillers), "filler: " + ", ".join(fillers)
    shouted = [word for word in words if len(word) > 4 and word.isupper()]
    if shouted:
        yield 15, "shouting: " + ", ".join(shouted)
    if text.count("!") > 0:
        yield 10, "exclamation mark"
    if BAIT.search(text):
        yield 40, "clickbait"


def review(text):
    found = list(faults(text))
    points = max(0, 100 - sum(cost for cost, _ in found))
    return {"headline": text, "points": points, "slug": slug(text), "faults": [words for _, words in found]}


def run(input):
    headlines = [str(text).strip() for text in input["headlines"]]
    reviews = []
    for position, text in enumerate(headlines, start=1):
        time.sleep(float(input.get("pause", 0)))
        reviews.append(review(text))
        print(f"{position}/{len(headlines)}  {reviews[-1]['points']:>3}  {text}")
    with open(os.path.join(os.environ["SKILL_OUTPUT_DIR"], "reviews.csv"), "w", encoding="utf-8", newline="") as target:
        table = csv.writer(target)
        table.writerow(["headline", "points", "slug", "faults"])
        table.writerows([entry["headline"], entry["points"], entry["slug"], "; ".join(entry["faults"])] for entry in reviews)
    best = max(reviews, key=lambda entry: entry["points"], default={"headline": ""})
    return {"best": best["headline"], "reviews": reviews}
