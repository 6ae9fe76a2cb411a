"""Measures ONNX Runtime where bench_test.go measures the encoder: the same texts,
the same weights in 8-bit integers, two threads.

    python3 -m venv v && v/bin/pip install numpy onnxruntime tokenizers
    v/bin/python onnxruntime.py MODEL.onnx TOKENIZER.json

The texts go in batches of equal length or nearly so, in the size of batch that is
fastest.
"""

import pathlib
import statistics
import sys
import time

# This file has the name of the package that it imports.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

WINDOW = 256  # tokens, as the model's sentence_bert_config.json has it
QUESTION = "Has the contractor threatened to leave the site of the gate?"


def passages():
    samples = pathlib.Path(__file__).resolve().parents[3] / "samples"
    for file in sorted(samples.glob("*.txt")):
        words = file.read_text().split()
        for i in range(0, len(words), 120):
            yield " ".join(words[i : i + 120])


def embed(session, tokenizer, texts, size):
    encoded = sorted((e.ids for e in tokenizer.encode_batch(texts)), key=len)
    for i in range(0, len(encoded), size):
        batch = encoded[i : i + size]
        width = max(map(len, batch))
        ids = np.array([b + [0] * (width - len(b)) for b in batch], dtype=np.int64)
        mask = np.array([[1] * len(b) + [0] * (width - len(b)) for b in batch], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        rows = session.run(None, inputs)[0] * mask[..., None]
        vectors = rows.sum(1) / mask.sum(1, keepdims=True)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return sum(map(len, encoded))


def timed(run, times):
    """The median of the seconds by the clock, and by the time of a processor."""
    clock, processor = [], []
    for _ in range(times):
        start = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return statistics.median(clock), statistics.median(processor)


def main(model, tokenizer):
    tokenizer = Tokenizer.from_file(tokenizer)
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    # Threads that wait would count as time of a processor.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model, options)
    texts = list(passages())
    for size in (1, 4, 16):
        tokens = embed(session, tokenizer, texts, size)
        clock, processor = timed(lambda: embed(session, tokenizer, texts, size), 3)
        print(f"batches of {size:2}: {tokens / clock:.0f} tokens/s, {tokens / processor:.0f} tokens/cpu-s")
    clock, processor = timed(lambda: embed(session, tokenizer, [QUESTION], 1), 50)
    print(f"one question: {clock * 1000:.2f} ms, {processor * 1000:.2f} cpu-ms")


main(*sys.argv[1:])
