#!/usr/bin/env python3
"""Compares base/decimal.c with Python's decimal on random cases. The seed is printed; another one
may be given: decimal_oracle.py PROGRAM [SEED] [CASES]."""
import decimal
import random
import struct
import subprocess
import sys
from decimal import Decimal

MAX_DIGITS, MAX_SCALE, QUOTIENT_DIGITS, STORED_DIGITS = 38, 34, 28, 15
decimal.setcontext(decimal.Context(prec=400, Emin=-99999, Emax=99999))

MODES = {"half_up": decimal.ROUND_HALF_UP, "half_even": decimal.ROUND_HALF_EVEN,
         "down": decimal.ROUND_DOWN, "floor": decimal.ROUND_FLOOR, "ceiling": decimal.ROUND_CEILING}


def exact(value):
    """The value if it fits into 38 digits and 34 places, else None."""
    value = value.normalize() if value else Decimal(0)
    scale = max(0, -value.as_tuple().exponent)
    return value if scale <= MAX_SCALE and abs(value.scaleb(scale)) < 10 ** MAX_DIGITS else None


def rounded(value, digits):
    """Rounded once, half-even, to that many digits and at most 34 places; None when too large."""
    if value:
        unit = max(value.adjusted() - digits + 1, -MAX_SCALE)
        value = value.quantize(Decimal(1).scaleb(unit), decimal.ROUND_HALF_EVEN)
    return exact(value)


def divide(a, b):
    if not b:
        return None
    # 400 digits hold every terminating quotient of two 38-digit numbers, so ties are seen as ties.
    return rounded(a / b, QUOTIENT_DIGITS)


def rounded_if_needed(value):
    result = exact(value)
    return rounded(value, QUOTIENT_DIGITS) if result is None else result


def round_to(mode):
    return lambda a, b: exact(a.quantize(Decimal(1).scaleb(-int(b)), mode)
                              if -a.as_tuple().exponent > int(b) else a)


def double_of(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


ORACLES = {
    "add": lambda a, b: exact(a + b),
    "subtract": lambda a, b: exact(a - b),
    "multiply": lambda a, b: exact(a * b),
    "divide": divide,
    "add_rounded": lambda a, b: rounded_if_needed(a + b),
    "multiply_rounded": lambda a, b: rounded_if_needed(a * b),
    "compare": lambda a, b: a.compare(b),
    **{name: round_to(mode) for name, mode in MODES.items()},
}


def random_number(chance):
    digits = chance.choice([1, 2, 4, 6, 8, 15, 18, 19, 20, 28, 37, 38])
    kind = chance.random()
    if kind < 0.7:
        coefficient = chance.randrange(10 ** digits)
    elif kind < 0.85:  # near a power of ten, where carries happen
        coefficient = max(0, 10 ** digits - chance.randrange(3))
    else:
        coefficient = chance.randrange(1, 10) * 10 ** (digits - 1) // chance.choice([1, 2, 4, 5, 8])
    coefficient = min(coefficient, 10 ** MAX_DIGITS - 1)
    scale = chance.choice([0, 0, 2, 2, 4, chance.randrange(MAX_SCALE + 1)])
    sign = "-" if chance.random() < 0.3 else ""
    return f"{sign}{Decimal(coefficient).scaleb(-scale):f}"


def random_double(chance):
    if chance.random() < 0.5:
        return chance.uniform(-1, 1) * 10 ** chance.uniform(-12, 12)
    return round(chance.uniform(0, 1e6), 2) + round(chance.uniform(0, 1e6), 2)


def make_case(chance):
    """Returns (line for the program, expected result)."""
    name = chance.choice([*ORACLES, "divide", "stored", "from_double", "to_double"])
    if name == "stored":
        text = repr(abs(random_double(chance)))
        return f"{name} {text} 0", rounded(Decimal(float(text)), STORED_DIGITS)
    if name == "from_double":
        number = random_double(chance)
        bits = struct.pack(">d", number).hex()
        return f"{name} {bits} 0", rounded(Decimal(number), STORED_DIGITS)
    left, right = random_number(chance), random_number(chance)
    if name == "to_double":
        return f"{name} {left} 0", float(Decimal(left))
    if name in MODES:
        right = str(chance.randrange(-40, 40))
    return f"{name} {left} {right}", ORACLES[name](Decimal(left), Decimal(right))


def agrees(expected, answer):
    if isinstance(expected, float):
        return double_of(answer) == expected
    if expected is None or answer == "none":
        return expected is None and answer == "none"
    return Decimal(answer) == expected


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20230817
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 60000
    chance = random.Random(seed)
    cases = [make_case(chance) for _ in range(count)]
    run = subprocess.run([program], input="\n".join(line for line, _ in cases) + "\n", text=True,
                         capture_output=True, check=True, timeout=60)
    answers = run.stdout.splitlines()
    wrong = [(line, expected, answer) for (line, expected), answer in zip(cases, answers)
             if not agrees(expected, answer)]
    for line, expected, answer in wrong[:20]:
        print(f"{line}: expected {expected}, got {answer}")
    print(f"seed {seed}: {len(answers)} of {count} cases answered, {len(wrong)} wrong")
    return 1 if wrong or len(answers) != count else 0


if __name__ == "__main__":
    sys.exit(main())
