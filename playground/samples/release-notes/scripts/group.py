"""Prints the commits of a file by sort, as JSON. A commit is a line such as `feat(scope)!: what it does`."""

import json
import re
import sys

SORTS = {"feat": "new", "fix": "mended"}
COMMIT = re.compile(r"^(?P<sort>[a-z]+)(?:\([^)]*\))?(?P<breaks>!)?:\s*(?P<text>.+)$")


def group(lines):
    groups = {"new": [], "mended": [], "breaking": [], "unseen": [], "unread": []}
    for line in filter(None, map(str.strip, lines)):
        commit = COMMIT.match(line)
        if not commit:
            groups["unread"].append(line)
            continue
        place = "breaking" if commit["breaks"] else SORTS.get(commit["sort"], "unseen")
        groups[place].append(commit["text"])
    return {name: texts for name, texts in groups.items() if texts}


if len(sys.argv) != 2:
    sys.exit("usage: group.py <file of commits>")
with open(sys.argv[1], encoding="utf-8") as file:
    json.dump(group(file), sys.stdout, indent=2)
print()
