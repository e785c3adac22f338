"""What the adapter learns from, and what it is judged by: texts in groups that mean the same."""

import json
import lzma
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from encoder import unmarked

FOREIGN = "foreign"


@dataclass
class Texts:
    """What is looked through: rows of text, the group of each, and which groups are kin (a family and its members)."""

    rows: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    is_name: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)
    kin: set = field(default_factory=set)
    code_group: dict = field(default_factory=dict)

    def group(self, key):
        return self.numbers.setdefault(key, len(self.numbers))

    def add(self, group, text, is_name=False):
        self.rows.append(text)
        self.groups.append(group)
        self.is_name.append(is_name)


def read(corpus, sources):
    texts = Texts()
    say = everyday(corpus)
    for code, name, area in procedures(sources):
        # Copies of one procedure share name and field.
        group = texts.group((unmarked(name).lower(), area.lower()))
        if code not in texts.code_group:
            texts.code_group[code] = group
            if group == len(texts.numbers) - 1 and group not in texts.groups[-1:]:
                texts.add(group, name, True)
            for saying in say.get(code, []):
                texts.add(group, saying)
    for at, family in enumerate(tomllib.loads((corpus / "lexicon/families.toml").read_text())["families"]):
        group = texts.group(("family", at))
        members = {texts.code_group.get(option["code"]) for option in family["options"]} - {None}
        texts.kin |= {pair for one in members for pair in ((group, one), (one, group))}
        for saying in family.get("say", []):
            texts.add(group, saying)
    group = texts.group(FOREIGN)
    for topic in tomllib.loads((corpus / "lexicon/foreign.toml").read_text())["topics"]:
        for saying in topic["say"]:
            texts.add(group, saying)
    return texts


def everyday(corpus):
    found = {}
    for path in sorted((corpus / "everyday").glob("*.toml")):
        found.update(tomllib.loads(path.read_text())["say"])
    for path in sorted((corpus / "procedures").rglob("*.toml")):
        procedure = tomllib.loads(path.read_text())
        if "code" in procedure:
            own = found.setdefault(procedure["code"], [])
            own.extend(say for say in procedure.get("everyday", []) if say not in own)
    return found


def procedures(sources):
    for source in sources:
        for line in lzma.open(source, "rt"):
            record = json.loads(line)
            yield record["code"].strip(), record["name"].strip(), record.get("field") or ""


def questions(path, texts):
    """Questions that name one procedure or more, with the groups that are right."""
    for line in Path(path).read_text().splitlines():
        one = json.loads(line)
        right = {texts.code_group[code] for code in one.get("gold_code") or [] if code in texts.code_group}
        if one["behaviour"] in ("answer", "follow_up") and right:
            yield one["question"], right
