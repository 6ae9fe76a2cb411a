"""Trains the two small tokenizers of these tests on the sentences of reference.py.

    python3 train.py

It writes wordpiece/ and unigram/ beside itself. Needs the packages tokenizers,
sentencepiece and protobuf.
"""

import base64
import io
import json
import pathlib
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from reference import SENTENCES

HERE = pathlib.Path(__file__).parent

# Rules of all shapes: one character to one, to several, to a space, to nothing,
# several to one.
RULES = {
    "\u00a0": " ", "\u3000": " ", "\t": " ", "\r": " ", "\n": " ", "\r\n": " ", "\u2028": " ",
    "\u200b": "", "\ufeff": "", "\x07": "", "\u00ad": "",
    "ﬁ": "fi", "ﬂ": "fl", "½": "1\u20442", "™": "TM", "№": "No", "㎏": "kg", "²": "2",
    "e\u0301": "é", "e\u0302": "ê", "A\u030a": "Å", "o\u0308": "ö", "\u30b7\u3099": "ジ",
    "\u212b": "Å", "…": "...", "\u0958": "\u0915\u093c",
}
RULES.update({chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)})


def wordpiece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(SENTENCES, trainers.WordPieceTrainer(vocab_size=900, special_tokens=special))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    folder = HERE / "wordpiece"
    folder.mkdir(exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    (folder / "vocab.txt").write_text("".join(piece + "\n" for piece, _ in vocabulary), encoding="utf-8")


def charsmap():
    """The rules as SentencePiece compiles them."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as rules:
        for old, new in RULES.items():
            row = [" ".join(f"{ord(c):X}" for c in text) for text in (old, new)]
            rules.write("\t".join(row) + "\n")
        rules.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(SENTENCES * 10), model_writer=model, vocab_size=900, hard_vocab_limit=False,
            normalization_rule_tsv=rules.name, bos_id=-1, eos_id=-1, unk_id=0, minloglevel=2)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return proto.normalizer_spec.precompiled_charsmap, [(p.piece, p.score) for p in proto.pieces[1:]]


def unigram():
    rules, pieces = charsmap()
    vocabulary = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)] + pieces + [("<mask>", 0.0)]
    special = [(0, "<s>"), (1, "<pad>"), (2, "</s>"), (3, "<unk>"), (len(vocabulary) - 1, "<mask>")]
    description = {
        "version": "1.0",
        "added_tokens": [
            {"id": id, "content": content, "single_word": False, "lstrip": content == "<mask>", "rstrip": False,
             "normalized": False, "special": True} for id, content in special
        ],
        "normalizer": {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(rules).decode()},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        ]},
        "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0],
                           "trim_offsets": False, "add_prefix_space": False},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": False},
    }
    folder = HERE / "unigram"
    folder.mkdir(exist_ok=True)
    with open(folder / "tokenizer.json", "w", encoding="utf-8") as f:
        json.dump(description, f, ensure_ascii=False)


wordpiece()
unigram()
