"""Small changes to a definition's rules, each of which some case must notice: a rule dropped, a
comparison turned round, a condition left out, a parameter or a constant moved, another severity."""
import dataclasses
import decimal
import json
import re

TOKEN = re.compile(r'"(?:[^"]|"")*"|\d+(?:\.\d+)?|<>|<=|>=|[A-Za-z_][\w.]*\(?|.', re.S)
OPERATORS = {"=": ["<>"], "<>": ["="], "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="],
             ">=": [">", "<"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"]}
NAMES = {"AND(": ["OR("], "OR(": ["AND("], "NOT(": ["("], "MIN(": ["MAX("], "MAX(": ["MIN("],
         "TRUE": ["FALSE"], "FALSE": ["TRUE"]}
SEVERITIES = ("error", "warning", "notice")
STEP = decimal.Decimal("1.2")  # by which a fraction is moved


@dataclasses.dataclass
class Mutant:
    name: str
    text: str        # the definition as it is
    change: object   # called with the document
    rules: set       # the ids of the rules that it is about
    word: str = ""   # that was left out of a parameter

    def make(self):
        document = json.loads(self.text)
        self.change(document)
        return document


def moved(number):
    """The number a little higher and a little lower."""
    value = decimal.Decimal(number)
    if value == value.to_integral_value():
        return [str(value + 1), str(value - 1)]
    return [f"{value * STEP:f}", f"{value / STEP:.8f}"]


def changed_tokens(token):
    if token.startswith('"'):
        return ['"~"']
    if token[0].isdigit():
        return moved(token)
    return OPERATORS.get(token, []) + NAMES.get(token, [])


def changed_formulas(formula):
    """(what was changed, the formula) for each change of one token."""
    tokens = TOKEN.findall(formula)
    for at, token in enumerate(tokens):
        for other in changed_tokens(token):
            place = sum(len(t) for t in tokens[:at]) + 1
            yield f"{token} → {other} at {place}", "".join(tokens[:at] + [other] + tokens[at + 1:])


def changed_value(value):
    """Other values of a parameter: a number moved, a switch turned, one word of a list left out."""
    if value in ("true", "false"):
        return ["false" if value == "true" else "true"]
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return moved(value)
    for separator in "| ":
        if separator in value:
            words = value.split(separator)
            return [separator.join(words[:i] + words[i + 1:]) for i in range(len(words))]
    return ["~"]


def left_out(old, new):
    """The word that was left out, or nothing."""
    separators = [separator for separator in "| " if separator in old]
    return next((word for separator in separators for word in old.split(separator)
                 if word not in new.split(separator)), "")


def what_moved(old, new):
    word = left_out(old, new)
    return f"without {word}" if word else f"{old} → {new}"


def changed_parameters(parameters):
    """(what was changed, (whose, the word left out), all parameters) for each change of one."""
    for at, parameter in enumerate(parameters):
        for value in changed_value(parameter["value"]):
            changed = {**parameter, "value": value}
            yield (f'{parameter["id"]}: {what_moved(parameter["value"], value)}',
                   (parameter["id"], left_out(parameter["value"], value)),
                   parameters[:at] + [changed] + parameters[at + 1:])


def setting(**members):
    """A change of a rule or a definition."""
    return lambda changed: changed.update(members)


def drop_rule(document, index):
    """What names the rule would not compile without it."""
    del document["rules"][index]
    ids = {rule["id"] for rule in document["rules"]}
    for rule in document["rules"]:
        for parameter in rule.get("parameters", []):
            if parameter["id"] == "equations":
                parameter["value"] = " ".join(i for i in parameter["value"].split() if i in ids)


class Changes:
    """All mutants of a definition."""

    def __init__(self, document):
        self.document = document
        self.text = json.dumps(document, ensure_ascii=False)

    def rule_name(self, index):
        rules = self.document["rules"]
        same = [i for i, rule in enumerate(rules) if rule["id"] == rules[index]["id"]]
        number = f"#{same.index(index) + 1}" if len(same) > 1 else ""
        return rules[index]["id"] + number

    def of(self, index, what, change):
        return Mutant(f"{self.rule_name(index)}: {what}", self.text, change,
                      {self.document["rules"][index]["id"]})

    def with_rule(self, index, what, change):
        return self.of(index, what, lambda document: change(document["rules"][index]))

    def of_lists(self, index, rule):
        for key in ("for", "only", "each"):
            values = rule.get(key)
            for at, value in enumerate(values if isinstance(values, list) else []):
                if len(values) > 1:
                    yield self.with_rule(index, f"{key} without {value}",
                                         setting(**{key: values[:at] + values[at + 1:]}))

    def of_formulas(self, index, rule):
        for key in ("formula", "when"):
            for what, formula in changed_formulas(rule.get(key, "")):
                yield self.with_rule(index, f"{key}: {what}", setting(**{key: formula}))

    def of_rule(self, index):
        rule = self.document["rules"][index]
        yield self.of(index, "dropped", lambda document: drop_rule(document, index))
        for severity in SEVERITIES:
            if severity != rule["severity"]:
                yield self.with_rule(index, severity, setting(severity=severity))
        if "when" in rule:
            yield self.with_rule(index, "without its condition", lambda r: r.pop("when"))
        yield from self.of_lists(index, rule)
        yield from self.of_formulas(index, rule)
        for what, _, parameters in changed_parameters(rule.get("parameters", [])):
            yield self.with_rule(index, what, setting(parameters=parameters))

    def rules_that_use(self, parameter):
        return {rule["id"] for rule in self.document["rules"]
                if re.search(rf"\b{parameter}\b", rule.get("formula", "") + rule.get("when", ""))}

    def of_definition_parameters(self):
        for what, (name, word), parameters in changed_parameters(self.document["parameters"]):
            yield Mutant(what, self.text, setting(parameters=parameters), self.rules_that_use(name),
                         word)

    def all(self):
        for index in range(len(self.document["rules"])):
            yield from self.of_rule(index)
        yield from self.of_definition_parameters()
