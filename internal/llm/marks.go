package llm

import "strings"

// mark begins or ends what a model thinks, or a message of its reply.
type mark struct {
	does   effect
	closer string // of the thoughts that it opens, or closes
}

type effect int

const (
	nothing effect = iota
	opens
	closes
	startsMessage
	namesChannel
	beginsText
	endsMessage
)

// elements are the names of elements that have thoughts, in a namespace (seed:think,
// mm:think) or none: <think>…</think>, as DeepSeek, Qwen, Kimi, Granite, GLM and many others
// write it, and those that instructions have made a habit of.
var elements = map[string]bool{
	"think": true, "thinking": true, "thought": true, "thoughts": true, "reasoning": true, "reflection": true, "scratchpad": true,
}

// pairs are other marks of thoughts, in small letters.
var pairs = [][2]string{
	{"[think]", "[/think]"},                           // Magistral
	{"◁think▷", "◁/think▷"},                           // Kimi-VL
	{"<|open|>think<|sep|>", "<|close|>think<|sep|>"}, // Kimi K3
	{"<|channel>", "<channel|>"},                      // Gemma 4, with a label that is dropped with them
	{"<|start_thinking|>", "<|end_thinking|>"},        // Command A
	{"<|begin_of_thought|>", "<|end_of_thought|>"},    // Sky-T1
	{"<|think|>", "<|/think|>"},
	{"<|thinking|>", "<|/thinking|>"},
}

// fixed are all marks that are written in one way, but for capitals: those of pairs, what
// stands around the reply itself, and OpenAI's harmony format (gpt-oss).
var fixed = func() map[string]mark {
	marks := map[string]mark{
		"<|open|>response<|sep|>":  {},
		"<|close|>response<|sep|>": {},
		"<|start_response|>":       {},
		"<|end_response|>":         {},
		"<|begin_of_solution|>":    {},
		"<|end_of_solution|>":      {},

		"<|start|>":   {does: startsMessage},
		"<|channel|>": {does: namesChannel},
		"<|message|>": {does: beginsText},
		"<|end|>":     {does: endsMessage},
		"<|return|>":  {does: endsMessage},
		"<|call|>":    {does: endsMessage},
	}
	for _, p := range pairs {
		marks[p[0]] = mark{opens, p[1]}
		marks[p[1]] = mark{closes, p[1]}
	}
	return marks
}()

// Where a server leaves out the marks of the harmony format and nothing else, thoughts
// stand between these words, which run into what they say.
const (
	bareAnalysis = "analysis"
	bareFinal    = "assistantfinal"
)

// markBegins has the bytes with which marks begin.
const markBegins = "<[\xE2"

type verdict int

const (
	undecided verdict = iota // more of the stream will tell
	isText
	isMark
)

// candidate is where the next mark may begin.
func (t *thoughts) candidate() int {
	first := markBegins
	if t.inBareAnalysis() || t.mayBeBare() {
		first += bareFinal[:1]
	}
	for at := range len(t.held) {
		if strings.IndexByte(first, t.held[at]) >= 0 {
			return at
		}
	}
	return len(t.held)
}

func (t *thoughts) inBareAnalysis() bool {
	return len(t.open) > 0 && t.open[len(t.open)-1] == bareFinal
}

// mayBeBare reports whether the stream has had nothing but blanks yet.
func (t *thoughts) mayBeBare() bool {
	return !t.handed && !t.dropped && strings.Trim(t.pending, blanks) == ""
}

// readMark reads the mark with which the held text begins, and its size; of what is none,
// how much of it is text.
func (t *thoughts) readMark() (m mark, size int, v verdict) {
	switch {
	case t.held == "":
		return mark{}, 0, undecided
	case strings.IndexByte(markBegins, t.held[0]) < 0:
		return t.readBare()
	}
	m, size, v = readFixed(t.held)
	if v == isMark || t.held[0] != '<' {
		return m, size, v
	}
	element, length, ofElement := readElement(t.held)
	if ofElement == isText && v == undecided {
		return mark{}, 0, undecided
	}
	return element, length, ofElement
}

// readBare reads the words of a harmony format without marks. The first of them has a
// capital behind it, as no word has.
func (t *thoughts) readBare() (mark, int, verdict) {
	word, more := bareAnalysis, 1
	if t.inBareAnalysis() {
		word, more = bareFinal, 0
	}
	switch {
	case !strings.HasPrefix(t.held, word) && strings.HasPrefix(word, t.held), t.held == word && more > 0:
		return mark{}, 0, undecided
	case !strings.HasPrefix(t.held, word):
		return mark{}, 1, isText
	case more == 0:
		return mark{closes, bareFinal}, len(word), isMark
	case t.held[len(word)] < 'A' || t.held[len(word)] > 'Z':
		return mark{}, len(word), isText
	}
	return mark{opens, bareFinal}, len(word), isMark
}

func readFixed(held string) (mark, int, verdict) {
	v := isText
	for written, m := range fixed {
		n := min(len(written), len(held))
		switch {
		case small(held[:n]) != written[:n]:
		case n == len(written):
			return m, n, isMark
		default:
			v = undecided
		}
	}
	return mark{}, 1, v
}

// What an element of thoughts has at the most, in bytes: its name, and its attributes.
const (
	longestElement    = 32
	longestAttributes = 256
)

// readElement reads the beginning or the end of an element.
func readElement(held string) (mark, int, verdict) {
	name, closing := strings.CutPrefix(held[1:], "/")
	from := len(held) - len(name)
	end := strings.IndexFunc(name, func(r rune) bool {
		return r != ':' && r != '_' && r != '-' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	switch {
	case end < 0 && len(name) < longestElement:
		return mark{}, 0, undecided
	case end < 0:
		return mark{}, 1, isText
	}
	rest := name[end:]
	name = small(name[:end])
	if !elements[name[strings.LastIndexByte(name, ':')+1:]] || strings.IndexByte(" \t\r\n/>", rest[0]) < 0 {
		return mark{}, 1, isText
	}
	attributes := strings.IndexAny(rest[:min(len(rest), longestAttributes)], "<>")
	switch {
	case attributes < 0 && len(rest) < longestAttributes:
		return mark{}, 0, undecided
	case attributes < 0 || rest[attributes] == '<':
		return mark{}, 1, isText
	}
	size := from + end + attributes + 1
	switch {
	case closing:
		return mark{closes, name}, size, isMark
	case strings.HasSuffix(rest[:attributes], "/"): // an element without content
		return mark{}, size, isMark
	}
	return mark{opens, name}, size, isMark
}

// small has the letters of ASCII in small ones, and all other bytes as they are.
func small(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
