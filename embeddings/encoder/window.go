package encoder

import (
	"slices"
	"unicode/utf8"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/tokenizer"
)

const (
	// maxText bounds the work on one text, in bytes. Passages are a hundredth of it.
	maxText = 64 << 10
	// minWindow leaves room for a text between the special tokens.
	minWindow = 8
	// shortWindow is up to how many tokens a window's rows are multiplied twice as exactly,
	// in twice the time. In a word or two nothing levels out the errors of 8-bit integers,
	// and most questions have fewer tokens than this, passages more.
	shortWindow = 24
)

// Span is a stretch of a text, in bytes.
type Span = embeddings.Span

// window is a run of a text's tokens that the model takes at once.
type window struct {
	text   int // of the texts
	tokens []tokenizer.Token
	// body is where the text's own tokens begin and end: before them are the first
	// special token and the prefix, after them the last.
	body [2]int
	row  int // of the pass, for its first token

	whole []float32 // what the window adds to its text's vector
	parts []part
}

// short reports whether the window is one of a few words.
func (w *window) short() bool { return len(w.tokens) <= shortWindow }

// part is what a window adds to the vector of a span.
type part struct {
	span  int
	sum   []float32
	count int
}

// windows cuts a text into windows of at most m.window tokens. Where it can it cuts
// before a span, so that a sentence is read in one.
func (m *Model) windows(text int, prefix, s string, spans []Span) []*window {
	s = cut(s, maxText)
	all := m.tokens.Encode(prefix+s, 2*(len(prefix)+len(s))+minWindow)
	head, body, last := frame(all, len(prefix))
	if len(head) > m.window/2 {
		head = head[:1]
	}
	shift(body, len(prefix))
	room := m.window - len(head) - len(last)
	var windows []*window
	for len(windows) == 0 || len(body) > 0 {
		n := fit(body, spans, room)
		w := &window{text: text, body: [2]int{len(head), len(head) + n}}
		w.tokens = append(append(append(make([]tokenizer.Token, 0, len(head)+n+len(last)), head...), body[:n]...), last...)
		windows = append(windows, w)
		body = body[n:]
	}
	return windows
}

// frame divides tokens into what stands before the text, its own, and the last.
func frame(all []tokenizer.Token, prefix int) (head, body, last []tokenizer.Token) {
	end := max(len(all)-1, 1)
	begin := 1
	for begin < end && all[begin].Start < prefix {
		begin++
	}
	return all[:begin], all[begin:end], all[end:]
}

// shift makes the places of tokens those in the text without its prefix.
func shift(tokens []tokenizer.Token, by int) {
	for i := range tokens {
		tokens[i].Start -= by
		tokens[i].End -= by
	}
}

// fit is how many of the tokens the next window takes.
func fit(tokens []tokenizer.Token, spans []Span, room int) int {
	if len(tokens) <= room {
		return len(tokens)
	}
	edge := tokens[room].Start
	for _, s := range spans {
		if s.Start >= edge || edge >= s.End {
			continue
		}
		if n := slices.IndexFunc(tokens[:room], func(t tokenizer.Token) bool { return t.Start >= s.Start }); n > 0 {
			return n
		}
	}
	return room
}

// collect sums the vectors of a window's tokens, which are rows of a pass.
func (m *Model) collect(w *window, rows []float32, spans []Span) {
	width := m.config.Hidden
	w.whole = make([]float32, width)
	if m.pooling == first {
		copy(w.whole, rows)
	} else {
		for i := range w.tokens {
			add(w.whole, rowOf(rows, i, width))
		}
	}
	for s, span := range spans {
		p := part{span: s}
		for i := w.body[0]; i < w.body[1]; i++ {
			if t := w.tokens[i]; span.Start < span.End && t.Start < span.End && t.End > span.Start {
				if p.sum == nil {
					p.sum = make([]float32, width)
				}
				add(p.sum, rowOf(rows, i, width))
				p.count++
			}
		}
		if p.count > 0 {
			w.parts = append(w.parts, p)
		}
	}
}

func add(sum, row []float32) {
	for i, x := range row {
		sum[i] += x
	}
}

// prefix is what the model expects before a text of the kind.
func (m *Model) prefix(kind embeddings.Kind) string {
	if kind == embeddings.Query {
		return m.prefixes.Query
	}
	return m.prefixes.Document
}

// cut shortens the text to at most n bytes of whole characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
