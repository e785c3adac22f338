"""Learns an adapter of multilingual-e5-small from what people say of procedures.

Each saying is to be nearer to another saying or the name of its procedure than to any other text:
softmax over a bank of all groups' texts (van den Oord et al. 2018, InfoNCE), whose vectors are
computed anew every so many steps, and over the batch's own. The changes are of low rank (Hu et al.
2021, LoRA), so that they fit into the repository. Questions of tests/ are never learned from: they
judge.
"""

import argparse
import hashlib
import json
import math
import random
import time
from pathlib import Path

import torch
from encoder import Encoder, unmarked
from safetensors.torch import save_file
from texts import FOREIGN, questions, read


def arguments():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--model", required=True, help="file of the embedder")
    parse.add_argument("--corpus", type=Path, default=Path("corpus"))
    parse.add_argument("--source", action="append", required=True, help="*.jsonl.xz with procedures")
    parse.add_argument("--judge", action="append", default=[], help="questions to judge by")
    parse.add_argument("--out", type=Path, required=True)
    parse.add_argument("--first", type=int, default=6, help="the lowest layer that is changed")
    parse.add_argument("--rank", type=int, default=16)
    parse.add_argument("--steps", type=int, default=320)
    parse.add_argument("--renew", type=int, default=80, help="steps between two looks at all texts")
    parse.add_argument("--batch", type=int, default=64)
    parse.add_argument("--pace", type=float, default=1e-3)
    parse.add_argument("--heat", type=float, default=0.02, help="temperature of the softmax")
    parse.add_argument("--sayings", type=int, default=3, help="of a group that the bank holds at a time")
    parse.add_argument("--names", type=int, default=500, help="of procedures nobody has words for, in the bank")
    parse.add_argument("--threads", type=int, default=2)
    parse.add_argument("--minutes", type=float, default=1e9, help="when it must end, whatever was done")
    return parse.parse_args()


class Said:
    """Questions made of sayings: said as people say things."""

    def __init__(self, texts, dice):
        self.texts, self.dice = texts, dice
        self.of_group, self.name_words = {}, {}
        for row, (group, is_name) in enumerate(zip(texts.groups, texts.is_name)):
            if is_name:
                self.name_words[group] = set(texts.rows[row].lower().split())
            else:
                self.of_group.setdefault(group, []).append(row)
        self.names = [row for row, is_name in enumerate(texts.is_name) if is_name]
        self.name_of = {texts.groups[row]: row for row in self.names}
        self.sayings = [row for rows in self.of_group.values() if len(rows) > 1 for row in rows]

    def draw(self, count):
        """Rows that a question is made of, the question, and a row that is right."""
        for _ in range(count):
            if self.dice.random() < 0.1:
                row = self.dice.choice(self.names)
                yield [], self.spoil(row, 0.15), row
                continue
            row = self.dice.choice(self.sayings)
            group = self.texts.groups[row]
            others = [one for one in self.of_group[group] if one != row]
            used, text = [row], self.spoil(row, 0.1)
            if len(others) > 1 and self.dice.random() < 0.2:
                second = others.pop(self.dice.randrange(len(others)))
                used, text = [row, second], f"{text}, {self.spoil(second, 0.1)}"
            if group in self.name_of and self.dice.random() < 0.3:
                others = [self.name_of[group]]
            yield used, text, self.dice.choice(others)

    def spoil(self, row, share):
        words = self.texts.rows[row].split()
        name = self.name_words.get(self.texts.groups[row], ())
        official = 0.4 if self.dice.random() < 0.3 and not self.texts.is_name[row] else share
        gone = lambda word: self.dice.random() < (official if word.lower() in name else share)
        kept = [word for word in words if not gone(word)] if self.dice.random() < 0.5 else words
        text = " ".join(kept if len(kept) > 1 else words)
        return unmarked(text) if self.dice.random() < 0.25 else text


class Lower:
    """What the layers that stay make of each text, computed once."""

    def __init__(self, encoder, texts):
        self.encoder, self.texts, self.known = encoder, texts, {}

    def of(self, rows):
        new = sorted({row for row in rows if row not in self.known})
        found = self.encoder.lower([self.texts.rows[row] for row in new], "passage")
        self.known.update((row, state.half()) for row, state in zip(new, found))
        return [self.known[row].float() for row in rows]


class Bank:
    """Vectors of names and of some sayings of each group, as they were a while ago."""

    def __init__(self, texts, said, lower, dice, args):
        self.texts, self.said, self.lower = texts, said, lower
        asked_for = [row for row in said.names if texts.groups[row] in said.of_group]
        others = [row for row in said.names if texts.groups[row] not in said.of_group]
        rows = asked_for + dice.sample(others, min(args.names, len(others)))
        for group, own in said.of_group.items():
            most = 300 if group == texts.numbers[FOREIGN] else args.sayings
            rows += dice.sample(own, min(most, len(own)))
        self.rows = torch.tensor(rows)
        self.groups = torch.tensor([texts.groups[row] for row in rows])

    def renew(self):
        with torch.no_grad():
            self.vectors = self.lower.encoder.upper(self.lower.of(self.rows.tolist()))


def judged(bank, vectors, right):
    """Shares of questions whose right group is first and among five; foreign and families' texts left out."""
    own = {group for group in bank.said.name_of}
    keep = torch.tensor([int(group) in own for group in bank.groups])
    groups = bank.groups[keep]
    near = vectors @ bank.vectors[keep].T
    best = torch.full((len(vectors), len(bank.texts.numbers)), -2.0)
    best = best.scatter_reduce(1, groups.expand(len(vectors), -1), near, "amax")
    order = best.topk(5).indices.tolist()
    first = sum(row[0] in ok for row, ok in zip(order, right)) / len(right)
    five = sum(bool(ok & set(row)) for row, ok in zip(order, right)) / len(right)
    return round(first, 3), round(five, 3)


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    begun = time.time()
    torch.manual_seed(7)
    dice = random.Random(7)
    texts = read(args.corpus, args.source)
    encoder = Encoder(args.model, args.first, args.rank)
    said = Said(texts, dice)
    print(len(texts.rows), "texts,", len(said.sayings), "sayings", flush=True)
    lower = Lower(encoder, texts)
    bank = Bank(texts, said, lower, dice, args)
    sets = {Path(path).stem: list(questions(path, texts)) for path in args.judge}
    asked = {name: encoder.lower([text for text, _ in found], "query") for name, found in sets.items()}

    def report(step, loss):
        with torch.no_grad():
            found = {
                name: judged(bank, encoder.upper(asked[name]), [right for _, right in sets[name]]) for name in sets
            }
        print(json.dumps({"step": step, "loss": round(loss, 4), "minutes": round((time.time() - begun) / 60, 1)} | found), flush=True)

    kin = torch.zeros(len(texts.numbers), len(texts.numbers), dtype=torch.bool)
    for one, other in texts.kin:
        kin[one, other] = True
    folded = {}
    same = torch.tensor([folded.setdefault(unmarked(text).lower(), at) for at, text in enumerate(texts.rows)])

    learned = [one for one in encoder.parameters() if one.requires_grad]
    adam = torch.optim.AdamW(learned, lr=args.pace, weight_decay=0.01)
    sums, left = [], None
    for step in range(args.steps):
        if step % args.renew == 0:
            bank.renew()
            report(step, sum(sums) / max(len(sums), 1))
            sums = []
        # A run that must end early still ends slowly.
        minutes = (time.time() - begun) / 60
        left = left or args.minutes - minutes
        done = max(step / args.steps, 1 - (args.minutes - minutes) / left)
        if done >= 1:
            break
        adam.param_groups[0]["lr"] = args.pace * min((step + 1) / 20, 0.5 + 0.5 * math.cos(math.pi * done))
        drawn = list(said.draw(args.batch))
        asked_now = encoder.lower([text for _, text, _ in drawn], "query")
        right_rows = torch.tensor([row for *_, row in drawn])
        vectors = encoder.upper(asked_now + lower.of(right_rows.tolist()))
        question, passage = vectors[: args.batch], vectors[args.batch :]
        rows = torch.cat([right_rows, bank.rows])
        groups = torch.cat([torch.tensor([texts.groups[row] for row in right_rows.tolist()]), bank.groups])
        own = torch.tensor([texts.groups[row] for row in right_rows.tolist()])
        near = question @ torch.cat([passage, bank.vectors]).T / args.heat
        right = groups[None] == own[:, None]
        hidden = kin[own][:, groups]
        for at, (used, _, _) in enumerate(drawn):
            for row in used:
                hidden[at] |= (same[rows] == same[row])
        # What is said of another procedure in the very same words is no mistake.
        hidden |= (same[rows][None] == same[right_rows][:, None]) & ~right
        all_odds = near.masked_fill(hidden, -torch.inf).logsumexp(1)
        right_odds = near.masked_fill(hidden | ~right, -torch.inf).logsumexp(1)
        loss = (all_odds - right_odds).mean()
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        adam.step()
        sums.append(loss.item())
    about = {"base_sha256": hashlib.sha256(Path(args.model).read_bytes()).hexdigest()}
    save_file(encoder.adapter(), args.out, about)
    bank.renew()
    report(step, sum(sums) / max(len(sums), 1))


if __name__ == "__main__":
    main()
