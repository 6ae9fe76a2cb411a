package quotation

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
)

// Edit is what an editor has changed in a quotation, openly or as print always does.
type Edit struct {
	Kind     EditKind `json:"kind"`
	Original string   `json:"original"` // the record's words in the place of the change; empty where it has none
	note     string   // what of it a reader has to look up in the record; empty where it is plain
}

// EditKind says how a quotation was edited.
type EditKind string

const (
	EditCapital         EditKind = "capital"          // a first letter is in the other case: It, for and it
	EditBracketedLetter EditKind = "bracketed_letter" // likewise, in brackets: [I]t
	EditReplaced        EditKind = "replaced"         // a noun or a name in brackets, for a pronoun or a noun
	EditInserted        EditKind = "inserted"         // a remark, an explanation or a small word in brackets: [sic]
	EditOmitted         EditKind = "omitted"          // an ellipsis, for words of the same turn
)

// draftParts are a folded quotation, divided where an editor has changed it: literals that
// have to stand in the record, and between, before and behind them what the editor put.
type draftParts struct {
	literals []literal
	joints   [][]editorial // joints[i] stands before literals[i]; the last one behind all
}

// literal are words that are the record's, if the quotation is.
type literal struct {
	text string
	kind EditKind // of an edit of its first letter's case; empty where that may not differ
}

// editorial is what an editor put between the record's words.
type editorial struct {
	omission bool
	text     string // in brackets, where it is no omission
}

// editorsMark is an omission, or something in brackets, in a folded text.
var editorsMark = regexp.MustCompile(`\[…\]|\(…\)|\.?…|\[([^\[\]]*)\]`)

// roundRemark is the remark that editors put in round brackets as well.
var roundRemark = regexp.MustCompile(`(?i)\((sic!?)\)`)

// bracketed is a first letter whose case the writer has changed.
var bracketed = regexp.MustCompile(`(^|[^\pL\pN\pM])\[(\pL)\]([\pL\pM'])`)

// letterMark stands in a folded text before a first letter that was in brackets.
const letterMark = "\x00"

// partsOf divides a quotation; ok is false where brackets stand inside a word or around
// nothing, or where there are no words besides.
func partsOf(quote string) (parts draftParts, ok bool) {
	text := roundRemark.ReplaceAllString(fold(quote).text, "[$1]")
	for bracketed.MatchString(text) {
		text = bracketed.ReplaceAllString(text, "$1"+letterMark+"$2$3")
	}
	at := 0
	var joint []editorial
	for _, m := range editorsMark.FindAllStringSubmatchIndex(text, -1) {
		if m[2] >= 0 && (isWordAt(text[:m[0]], true) || isWordAt(text[m[1]:], false) || strings.IndexFunc(text[m[2]:m[3]], isWordRune) < 0) {
			return parts, false
		}
		joint = parts.add(text[at:m[0]], joint)
		mark := editorial{omission: m[2] < 0}
		if !mark.omission {
			mark.text = strings.TrimSpace(text[m[2]:m[3]])
		}
		joint = append(joint, mark)
		at = m[1]
	}
	joint = parts.add(text[at:], joint)
	if len(parts.literals) == 0 {
		return parts, false
	}
	parts.joints = append(parts.joints, joint)
	parts.trim()
	return parts, true
}

// isWordAt reports whether a text ends, or begins, inside a word of a script with spaces.
func isWordAt(text string, end bool) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if end {
		r, _ = utf8.DecodeLastRuneInString(text)
	}
	return isWordRune(r) && !words.Unspaced(r)
}

// add adds a text with the joint before it, and divides it where a letter was in brackets.
// It gives back the joint that is open: what has no words belongs to it.
func (p *draftParts) add(text string, joint []editorial) []editorial {
	for i, t := range strings.Split(text, letterMark) {
		if strings.IndexFunc(t, isWordRune) < 0 {
			continue
		}
		l := literal{text: strings.TrimSpace(t)}
		switch left := len(joint) > 0 && joint[len(joint)-1].omission; {
		case i > 0:
			l.kind = EditBracketedLetter
		case len(p.literals) == 0 && len(joint) == 0 || left:
			l.kind = EditCapital
		}
		p.literals = append(p.literals, l)
		p.joints = append(p.joints, joint)
		joint = nil
	}
	return joint
}

// trim takes omissions off the ends, where they say only that the record has more, and lets
// literals beside others lose their punctuation.
func (p *draftParts) trim() {
	last := len(p.literals)
	if onlyOmissions(p.joints[0]) {
		p.joints[0] = nil
	}
	if onlyOmissions(p.joints[last]) {
		p.joints[last] = nil
	}
	for i := range p.literals {
		l := &p.literals[i]
		if before := p.joints[i]; len(before) > 0 && before[len(before)-1].omission {
			l.text = strings.TrimLeft(l.text, " ,.;:-")
		}
		if behind := p.joints[i+1]; len(behind) > 0 && behind[0].omission {
			l.text = strings.TrimRight(l.text, " ,.;:-")
		}
	}
}

func onlyOmissions(joint []editorial) bool {
	for _, e := range joint {
		if !e.omission {
			return false
		}
	}
	return true
}

// otherCase is a text with its first letter in the other case; ok is false where the letter
// has only one, or where more than it would have to change: US is not us.
func otherCase(text string) (other string, ok bool) {
	i := strings.IndexFunc(text, isWordRune)
	if i < 0 {
		return "", false
	}
	first, size := utf8.DecodeRuneInString(text[i:])
	changed := unicode.ToUpper(first)
	if unicode.IsUpper(first) {
		changed = unicode.ToLower(first)
	}
	return text[:i] + string(changed) + text[i+size:], changed != first
}
