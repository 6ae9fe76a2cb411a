"""Embeds sentences.txt by a forward pass in float64 that is as plain as the
definition of BERT, for the encoder to be compared with.

    python3 -m venv v && v/bin/pip install numpy safetensors tokenizers
    v/bin/python reference.py FOLDER > all-MiniLM-L6-v2.json

FOLDER holds all-MiniLM-L6-v2: config.json, model.safetensors, tokenizer.json.
"""

import hashlib
import json
import math
import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

erf = np.vectorize(math.erf)


def forward(w, config, ids):
    def linear(x, name):
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    def normalised(x, name):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return x * w[name + ".weight"] + w[name + ".bias"]

    def heads(x):
        return x.reshape(len(ids), config["num_attention_heads"], -1).transpose(1, 0, 2)

    e = "embeddings."
    x = w[e + "word_embeddings.weight"][ids] + w[e + "position_embeddings.weight"][: len(ids)]
    x = normalised(x + w[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
    for i in range(config["num_hidden_layers"]):
        n = f"encoder.layer.{i}."
        q, k, v = (heads(linear(x, n + "attention.self." + part)) for part in ("query", "key", "value"))
        scores = np.exp(q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1]))
        seen = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(x.shape)
        x = normalised(x + linear(seen, n + "attention.output.dense"), n + "attention.output.LayerNorm")
        h = linear(x, n + "intermediate.dense")
        h = h * (1 + erf(h / math.sqrt(2))) / 2
        x = normalised(x + linear(h, n + "output.dense"), n + "output.LayerNorm")
    return x


def main(folder):
    weights = folder / "model.safetensors"
    w = {name: value.astype(np.float64) for name, value in load_file(weights).items()}
    config = json.loads((folder / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    vectors = []
    for line in pathlib.Path(__file__).with_name("sentences.txt").read_text().splitlines():
        v = forward(w, config, tokenizer.encode(line).ids).mean(0)
        vectors.append([float(f"{x:.7f}") for x in v / np.linalg.norm(v)])
    json.dump({"weights": hashlib.sha256(weights.read_bytes()).hexdigest(), "vectors": vectors}, sys.stdout)
    print()


main(pathlib.Path(sys.argv[1]))
