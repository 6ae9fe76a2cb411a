package llm

import (
	"errors"
	"slices"
	"strings"
	"unicode"
)

// errUnmarked says that thoughts ended which nothing had begun: some servers let the
// opening mark be lost with the prompt.
var errUnmarked = errors.New("thoughts came as a part of the reply")

// thoughts drops what a model thinks from its stream, wherever that stands, and keeps the
// reply to the letter. Thoughts stand between marks (see mark), and within other thoughts;
// where they are not closed, all that follows is thought. Blanks before the reply go with
// them, and byte order marks, which some servers put between pieces, everywhere. The
// stream may be cut anywhere, within the marks too. The zero value is ready.
type thoughts struct {
	orders  byteOrder
	held    string   // may be a part of a mark
	open    []string // what closes the thoughts that are open, the innermost last
	message message
	pending string // what may be nothing but blanks before the reply, or the beginning of a header
	dropped bool   // marks, before the reply
	begun   bool   // the text of a message has
	handed  bool   // something of the reply
}

// message is one of OpenAI's harmony format, in which a reply is several: a header names
// who speaks and the channel, and only the channel "final" is for the reader.
type message struct {
	inHeader, hasChannel, hidden bool
	header                       string // what it says of the channel, or else of who speaks
}

const blanks = " \t\r\n"

// assistant is who speaks in the header of a message: the model.
const assistant = "assistant"

// pass returns what of the reply is certain with the next piece.
func (t *thoughts) pass(piece string) (string, error) {
	t.held += t.orders.pass(piece)
	var reply strings.Builder
	for t.held != "" {
		at := t.candidate()
		reply.WriteString(t.text(t.held[:at]))
		t.held = t.held[at:]
		m, size, verdict := t.readMark()
		if verdict == undecided {
			break
		}
		if verdict == isText {
			reply.WriteString(t.text(t.held[:size]))
		} else {
			said, err := t.take(m)
			if err != nil {
				return "", err
			}
			reply.WriteString(said)
		}
		t.held = t.held[size:]
	}
	return reply.String(), nil
}

// rest is what was held back of a reply that is over.
func (t *thoughts) rest() string {
	rest := t.text(t.held+t.orders.held) + t.settled()
	t.held, t.orders.held = "", ""
	return rest
}

// isHidden reports whether text is not of the reply now.
func (t *thoughts) isHidden() bool { return len(t.open) > 0 || t.message.hidden }

// text takes text without marks and returns what of it is certainly the reply's.
func (t *thoughts) text(text string) string {
	switch {
	case t.isHidden() || text == "":
		return ""
	case t.message.inHeader:
		t.message.header += text
		return ""
	}
	text, t.pending = t.pending+text, ""
	if t.dropped && !t.handed {
		text = strings.TrimLeft(text, blanks)
	}
	said := strings.Trim(text, blanks)
	if !t.handed && said == "" || !t.begun && strings.HasPrefix(assistant, said) {
		t.pending = text
		return ""
	}
	t.begun, t.handed = true, true
	return text
}

// settled is what was pending and is the reply's after all.
func (t *thoughts) settled() string {
	pending := t.pending
	t.pending = ""
	if strings.Trim(pending, blanks) == "" {
		return ""
	}
	t.begun, t.handed = true, true
	return pending
}

// take does what a mark says, and returns what it shows to have been of the reply.
func (t *thoughts) take(m mark) (said string, err error) {
	switch {
	case m.does == opens:
		said = t.settled()
		t.open = append(t.open, m.closer)
	case m.does == closes:
		if i := lastIndex(t.open, m.closer); i >= 0 {
			t.open = t.open[:i]
		} else if !t.isHidden() && !t.message.inHeader {
			return "", errUnmarked
		}
	case len(t.open) > 0: // a thought of messages
	case m.does == startsMessage:
		said = t.settledBeforeHeader()
		t.message = message{inHeader: true}
	case m.does == namesChannel:
		if !t.message.inHeader {
			said = t.settledBeforeHeader()
		}
		t.message = message{inHeader: true, hasChannel: true}
	case m.does == beginsText:
		if !t.message.inHeader && !t.message.hidden {
			return "", errUnmarked
		}
		if t.message.inHeader {
			t.message = message{hidden: !t.message.isForReader()}
		}
	case m.does == endsMessage:
		said = t.settled()
		t.message, t.begun = message{}, false
	}
	t.dropped = true
	return said, nil
}

// settledBeforeHeader is settled, without what a header begins with where its first mark
// is lost.
func (t *thoughts) settledBeforeHeader() string {
	if strings.Trim(t.pending, blanks) == assistant {
		t.pending = ""
	}
	return t.settled()
}

// isForReader reports whether the text of a message is for whoever asked.
func (m message) isForReader() bool {
	name := strings.ToLower(strings.TrimLeft(m.header, blanks))
	if end := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		name = name[:end]
	}
	return m.hasChannel && name == "final" || !m.hasChannel && name == assistant
}

// byteOrder takes byte order marks out of a stream.
type byteOrder struct {
	held string // the beginning of one
}

const byteOrderMark = "\uFEFF"

func (b *byteOrder) pass(piece string) string {
	text := strings.ReplaceAll(b.held+piece, byteOrderMark, "")
	b.held = ""
	for n := len(byteOrderMark) - 1; n > 0; n-- {
		if strings.HasSuffix(text, byteOrderMark[:n]) {
			text, b.held = text[:len(text)-n], byteOrderMark[:n]
			break
		}
	}
	return text
}

func lastIndex(list []string, s string) int {
	for i, v := range slices.Backward(list) {
		if v == s {
			return i
		}
	}
	return -1
}
