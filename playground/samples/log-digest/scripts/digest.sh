#!/bin/bash
# Digests the log that was sent, or the sample when none was.
set -eu

log=resources/sample-log.txt
for file in "$SKILL_INPUT_DIR"/*; do
  if [ -f "$file" ]; then log=$file; fi
done
out=$SKILL_OUTPUT_DIR

echo "Reading ${log##*/}"
lines=$(wc -l < "$log" | tr -d ' ')

echo "Counting levels"
echo 'level,lines' > "$out/levels.csv"
awk '$2 ~ /^[A-Z]+$/ { count[$2]++ } END { for (level in count) print level "," count[level] }' "$log" | sort >> "$out/levels.csv"

echo "Counting hours"
echo 'hour,lines' > "$out/hours.csv"
awk '$1 ~ /^[0-9-]+T[0-9]+:/ { count[substr($1, 1, 13) ":00"]++ } END { for (hour in count) print hour "," count[hour] }' "$log" | sort >> "$out/hours.csv"

errors=$(awk '$2 == "ERROR" { n++ } END { print n + 0 }' "$log")
warnings=$(awk '$2 == "WARN" { n++ } END { print n + 0 }' "$log")

echo "Writing the report"
{
  echo "# Digest of ${log##*/}"
  echo
  echo "$lines lines, $errors errors, $warnings warnings."
  echo
  echo '| times | error |'
  echo '|--:|---|'
  awk '$2 == "ERROR" { $1 = ""; $2 = ""; gsub(/[0-9]+/, "#"); sub(/^ +/, ""); count[$0]++ }
       END { for (text in count) print count[text] "\t" text }' "$log" | sort -rn | head -n 10 |
    awk -F '\t' '{ gsub(/\|/, "\\|", $2); print "| " $1 " | " $2 " |" }'
} > "$out/report.md"

echo "{\"lines\": $lines, \"errors\": $errors, \"warnings\": $warnings}"
