"""Reads back the tables of an aggregation, as somebody else's program would."""
import csv
import decimal
import json


def read_csv(out, table):
    with open(out / f"{table}.csv", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_jsonl(out, table):
    with open(out / f"{table}.jsonl", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def read_totals(out):
    """{(year, field): row}"""
    return {(row.get("year"), row["field"]): row for row in read_jsonl(out, "totals")}


def number(text):
    return decimal.Decimal(text)


def all_bytes(out):
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}
