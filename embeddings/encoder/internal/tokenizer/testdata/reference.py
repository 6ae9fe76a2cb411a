"""Writes lines of text and their tokens as Hugging Face's library has them.

    python3 reference.py MODEL LINES OUT

MODEL is a folder with tokenizer.json, LINES how many lines to make, and OUT a file
of JSON lines {"text", "ids", "starts", "ends"}, the last two in bytes; some also have
{"second", "pair", "types"}, the tokens of the text with a second one. The lines are
made by a seeded generator from ranges of Unicode and from the sentences below, so
that they are the same every time. Needs the package tokenizers.
"""

import json
import random
import sys

from tokenizers import Tokenizer

SCRIPTS = {
    "latin": [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x17F), (0x1E00, 0x1EFF)],
    "cyrillic": [(0x400, 0x45F), (0x430, 0x44F)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    "arabic": [(0x620, 0x65F), (0x660, 0x6FF)],
    "hebrew": [(0x591, 0x5F4)],
    "han": [(0x4E00, 0x9FFF), (0x3400, 0x3420), (0x20000, 0x20020), (0xF900, 0xFA6D)],
    "kana": [(0x3041, 0x30FF), (0xFF61, 0xFF9F), (0x3001, 0x3011)],
    "hangul": [(0xAC00, 0xD7A3), (0x1100, 0x11F9)],
    "devanagari": [(0x900, 0x97F)],
    "thai": [(0xE01, 0xE3A), (0xE3F, 0xE5B)],
    "emoji": [(0x1F300, 0x1F64F), (0x1F3FB, 0x1F3FF), (0x2600, 0x27BF), (0x1F1E6, 0x1F1FF)],
    "marks": [(0x300, 0x36F), (0x1AB0, 0x1AFF), (0x20D0, 0x20F0), (0xFE00, 0xFE2F)],
    "symbols": [(0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2460, 0x24FF), (0xFF01, 0xFF5E), (0xBC, 0xBE)],
    "controls": [(0x00, 0x1F), (0x7F, 0xA0), (0x200B, 0x200F), (0x2028, 0x202E), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)],
    "any": [(0x20, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0xE0000, 0xE01EF)],
}

SENTENCES = [
    "Mrs. Ottilie Brandvold-Nkemelu didn't answer; she asked the clerk to re-read line 14 (twice!).",
    "«Ça ne s'est pas passé ainsi», répondit l'ingénieure Maëlle Œuvray-Kœnig, déjà fatiguée.",
    "Die Straßenbahn fährt um 7:45 Uhr – wäre übermorgen nicht möglich, sagte Jörg Überreiter.",
    "La señora Ñíguez pidió 3.250,75 € y un café con leche a las 18h30.",
    "Свидетельница Ёлкина ответила: «Я никогда не видела этого письма».",
    "Η κυρία Ροδανθίδου είπε ότι δεν θυμάται τίποτα από το 1998.",
    "قالت السيدة نورهان الراوي إنها لم توقّع على العقد رقم ١٢٣.",
    "高橋博士は「その会議には出席していません」と答えました。",
    "证人林晓岚说：她在二〇〇三年之前从未去过那家工厂。",
    "증인 한가람은 그 회의록을 본 적이 없다고 말했습니다.",
    "साक्षी अनन्या ने कहा कि उन्होंने वह पत्र नहीं पढ़ा था।",
    "Bà Đặng Thị Huyền Diệu nói rằng bà không biết việc đó.",
    "Q. And then?  A. Well -- I uh, I think... 50% of it's gone, i.e. $1,000,000.00 (U.S.)!?",
    "The email was sent to o.brandvold@example.org at 09:17:33Z, see https://example.org/a_b?c=d&e=f#g.",
    "ＦＵＬＬ ｗｉｄｔｈ, ﬁne ﬂour, ½ cup, x², №5, ™, ㍿, ㎏ and Å.",
    "👩‍🔬 said 👍🏽 to the 🇳🇴 team ❤️ — naïve coöperation, e\u0301te\u0301, A\u030Angstro\u0308m.",
    "[CLS] is not the [MASK] that [SEP]arates [UNK] from <s>, </s>, <unk>, <pad> and <mask> here.",
    "IT WAS İSTANBUL, NOT ISPARTA; ΟΔΟΣ ΣΟΦΟΣ, STRAẞE.",
]


def word(rnd, script):
    ranges = SCRIPTS[script]
    length = rnd.choice([1, 2, 3, 4, 5, 6, 8, 12])
    chars = []
    while len(chars) < length:
        low, high = rnd.choice(ranges)
        chars.append(chr(rnd.randint(low, high)))
    return "".join(chars)


def line(rnd):
    shape = rnd.random()
    if shape < 0.25:
        return mutated(rnd, rnd.choice(SENTENCES))
    if shape < 0.32:
        return long_word(rnd)
    scripts = [rnd.choice(list(SCRIPTS))] if shape < 0.7 else list(SCRIPTS)
    words = []
    for _ in range(rnd.randint(1, 12)):
        kind = rnd.random()
        if kind < 0.25:
            words.append(rnd.choice(rnd.choice(SENTENCES).split()))
        elif kind < 0.35:
            words.append(word(rnd, rnd.choice(scripts)) + word(rnd, "marks"))
        else:
            words.append(word(rnd, rnd.choice(scripts)))
    spaces = [" ", " ", " ", " ", "  ", "\t", "", "\u3000", "\u00a0", "\r\n", "-", ", "]
    return "".join(w + rnd.choice(spaces) for w in words)


def mutated(rnd, text):
    """A sentence of ours with some characters doubled, dropped, changed or joined."""
    chars = list(text)
    for _ in range(rnd.randint(0, 4)):
        at = rnd.randrange(len(chars))
        kind = rnd.randrange(5)
        if kind == 0:
            chars[at] += chars[at]
        elif kind == 1:
            chars[at] = ""
        elif kind == 2:
            chars[at] = word(rnd, rnd.choice(list(SCRIPTS)))
        elif kind == 3:
            chars[at] = chars[at].upper()
        else:
            chars[at] += word(rnd, "marks")
    return "".join(chars)


def long_word(rnd):
    """Words about as long as WordPiece takes, and longer."""
    base = rnd.choice(["a", "ab", "antidis", "é", "ß", "щ", "मा", "한", "x-", "ﬁ", "1"])
    return base * rnd.randint(40, 110) + " " + base * rnd.randint(1, 30)


def byte_offsets(text, offsets):
    """Ranges of characters as ranges of UTF-8 bytes."""
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode()))
    return [at[s] for s, _ in offsets], [at[e] for _, e in offsets]


def main(model, lines, out):
    tokenizer = Tokenizer.from_file(model + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rnd = random.Random(20260301)
    texts = SENTENCES + [line(rnd) for _ in range(int(lines) - len(SENTENCES))]
    with open(out, "w", encoding="utf-8") as f:
        for number, text in enumerate(texts):
            encoding = tokenizer.encode(text)
            starts, ends = byte_offsets(text, encoding.offsets)
            row = {"text": text, "ids": encoding.ids, "starts": starts, "ends": ends}
            if number % 10 == 9:
                second = texts[number - 9]
                pair = tokenizer.encode(text, second)
                row |= {"second": second, "pair": pair.ids, "types": pair.type_ids}
            f.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
