package people

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// gatherHeadings gathers the full names in the headings between the turns, which say who
// comes next: STATEMENT OF JANE ROE, HARBOUR MASTER.
func (ms mentions) gatherHeadings(t *model.Transcript, reader labels.Reader) {
	surnames := surnamesOf(t.Turns, reader)
	at, atByte := 0, 0 // in the text, in code points and in bytes
	for _, turn := range t.Turns {
		from := atByte
		for ; at < turn.Start && atByte < len(t.Text); at++ {
			_, size := utf8.DecodeRuneInString(t.Text[atByte:])
			atByte += size
		}
		between := t.Text[from:atByte]
		if label := strings.LastIndex(between, string(turn.Label)); turn.Label != "" && label >= 0 {
			between = between[:label]
		}
		for line := range strings.Lines(between) {
			if line = lexicon.PlainBlanks(line); line != "" && len(line) <= longestHeading {
				ms.gather(line, surnames, naming.isHeading)
			}
		}
		at, atByte = turn.End, min(len(t.Text), atByte+len(turn.Text))
	}
}

const longestHeading = 200 // bytes

// isHeading reports whether a line between turns is the name of who speaks next, or of whom
// the statement below is.
func (n naming) isHeading() bool {
	before := n.before()
	switch {
	case len(before) == 0:
		return n.isClosed() && n.isSubject()
	case before[len(before)-1].Is("of") && len(before) > 1:
		return hasEventWord(before[len(before)-2].Text)
	}
	return false
}

// readPresiding adds those to the cast as chairs of whom the prose of a title block says that
// they preside: "The committee met at 10 a.m., Hon. Jane Roe (chair of the committee)
// presiding."
func (f *Front) readPresiding(rows []row) {
	var prose []string
	for i, r := range rows {
		if prose = append(prose, r.text); i+1 < len(rows) && !rows[i+1].gap {
			continue
		}
		before, _, ok := strings.Cut(strings.Join(prose, " "), presiding)
		prose = prose[:0]
		if !ok {
			continue
		}
		if named := names.FullNames(before[strings.LastIndexAny(before, ";")+1:]); len(named) == 1 {
			f.addCast(named[0], "chair")
		}
	}
}

const presiding = " presiding"
