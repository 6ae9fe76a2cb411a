package styles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// Shape is how a line could set a label apart, by signs alone and whatever the label says:
// what stands around it, and whether a time does. Where labels come again and again in one
// shape, that is the document's form (package marks finds it).
type Shape struct {
	Lead  string // before the label: "[", "○", "0. " for a number
	Sign  string // behind it, up to the words: "] ", " / ", ".- ", "\n" where the words stand below
	Timed bool   // a time stands beside it
	Bold  bool   // the label, and hardly more, is in bold type
}

// Distinct reports whether the signs are such as hardly stand behind the first words of
// sentences.
func (s Shape) Distinct() bool {
	sign := strings.TrimSpace(s.Sign)
	return s.Timed || s.Bold || s.Lead != "" || sign != "" && sign != "." && sign != ";" && sign != "—"
}

// closes reports whether the sign is one that ends sentences, at the end of a line: most
// lines have it.
func (s Shape) closes() bool {
	return s.Lead == "" && !s.Timed && !s.Bold && strings.HasSuffix(s.Sign, "\n") && strings.HasPrefix(s.Sign, ".")
}

// Strong reports whether the signs are such as hardly stand in prose at all: a time, a number
// or a bracket before the label, several signs behind it, or bold type that ends before the
// words do, since headings have lines of their own in bold type.
func (s Shape) Strong() bool {
	return s.Timed || s.Bold && !strings.HasSuffix(s.Sign, "\n") || s.Lead != "" && !strings.Contains("-–—*• ", s.Lead[:1]) || utf8.RuneCountInString(strings.TrimSpace(s.Sign)) > 1
}

// Reading is a line cut in two by one shape.
type Reading struct {
	Shape
	Label string // as printed
	Rest  string // the words behind it
	Clock layout.Clock
	lead  string // as printed
	verb  string // of saying behind the label, with the blank before it
}

const mostReadings = 6 // of one line

// Readings are the ways in which a line may be a label and words, in the order in which the
// label ends.
func Readings(l layout.Line) []Reading {
	if l.Code || l.Cells || l.Furniture || strings.HasPrefix(l.Text, "|") {
		return nil // the latter is a row of a table
	}
	base := Reading{}
	clock, body, timed := layout.LeadingTime(l.Text)
	if timed {
		body = strings.TrimLeftFunc(body, layout.IsDecoration)
		base.Clock, base.Timed = clock, true
	}
	l = l.Without(len(l.Text) - len(body))
	lead, body := cutLead(l.Text)
	if lead == "" {
		lead, body = cutMark(l.Text)
	}
	base.lead, base.Lead = lead, shapeOf(lead)
	l = l.Without(len(l.Text) - len(body))
	if body == "" {
		return nil
	}
	if r, ok := inPair(base, l); ok {
		return []Reading{r}
	}
	return bySigns(base, l)
}

// cutMark takes a sign that is glued to a label off the start of a line: "○", "@".
func cutMark(s string) (mark, rest string) {
	r, size := utf8.DecodeRuneInString(s)
	if r == '+' || r != '@' && r != '>' && !unicode.Is(unicode.So, r) && !unicode.Is(unicode.Sm, r) && !strings.ContainsRune("•·●◆■□◦※＊", r) {
		return "", s
	}
	rest = strings.TrimLeft(s[size:], "> \t")
	return s[:len(s)-len(rest)], rest
}

// shapeOf makes one shape of leads that differ in their number alone.
func shapeOf(lead string) string {
	figures := strings.IndexAny(lead, "0123456789")
	if figures < 0 {
		return lead
	}
	return lead[:figures] + "0" + strings.TrimLeft(lead[figures:], "0123456789")
}

// pairs are the brackets in which a label may stand.
var pairs = map[rune]string{'[': "]", '(': ")", '<': ">", '{': "}", '【': "】", '「': "」", '［': "］"}

// inPair reads a line that begins with a label in brackets.
func inPair(base Reading, l layout.Line) (Reading, bool) {
	first, size := utf8.DecodeRuneInString(l.Text)
	closing, ok := pairs[first]
	if !ok {
		return base, false
	}
	window := l.Text[:min(len(l.Text), labels.LongestLabel)]
	end := closingOf(window, string(first), closing)
	if end <= size {
		return base, false
	}
	rest := l.Text[end+len(closing):]
	verb := sayingBefore(rest)
	rest = rest[len(verb):]
	words := strings.TrimLeftFunc(rest, isSign)
	r := base.with(l, l.Text[size:end], rest[:len(rest)-len(words)], words)
	r.verb += verb
	r.Lead += string(first)
	r.lead += string(first)
	r.Sign = closing + r.Sign
	return r, r.Label != "" && !isRemark(r.Label) && !directionWords[lexicon.Bare(strings.Fields(r.Label)[0])]
}

// isRemark reports whether a text in brackets is a remark, which ends as sentences do.
func isRemark(text string) bool {
	return strings.ContainsAny(text[len(text)-1:], ".!?") && !names.KeepsStop(letters.LastWord(text))
}

// closingOf finds the bracket that closes the one with which a text begins: its byte, -1 if
// there is none.
func closingOf(text, opening, closing string) int {
	end := strings.Index(text, closing)
	for end >= 0 && strings.Count(text[:end], opening) > strings.Count(text[:end], closing)+1 {
		next := strings.Index(text[end+len(closing):], closing)
		if next < 0 {
			return -1
		}
		end += len(closing) + next
	}
	return end
}

// sayingBefore is the verb of saying, with the blank before it, that stands before the colon
// with which a text goes on: " says" of " says: Good morning."
func sayingBefore(text string) string {
	verb, _, colon := strings.Cut(text[:min(len(text), longestVerb)], ":")
	if !colon || !strings.HasPrefix(verb, " ") || !labels.IsSaying(verb[1:]) {
		return ""
	}
	return verb
}

const longestVerb = 20 // bytes of a verb of saying, with its blank and colon

// bySigns reads a line by each run of signs outside of brackets, and by its end.
func bySigns(base Reading, l layout.Line) []Reading {
	var found []Reading
	depth, from := 0, -1 // of brackets; where the signs began
	for i, r := range l.Text {
		if i > labels.LongestLabel {
			break
		}
		if from >= 0 && !isSign(r) && depth == 0 {
			if sign := l.Text[from:i]; mayDivide(base, l.Text[:from], sign, r) && len(found) < mostReadings {
				found = append(found, base.with(l, l.Text[:from], sign, l.Text[i:]))
				if strings.ContainsAny(sign, ":：\t") {
					return found // no label goes on behind these
				}
			}
			from = -1
		}
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth == 0 && isSign(r) && from < 0 && i > 0:
			from = i
		}
	}
	if len(l.Text) <= labels.LongestLabel {
		label := strings.TrimRightFunc(l.Text, isSign)
		found = append(found, base.with(l, label, l.Text[len(label):]+"\n", ""))
	}
	return found
}

// isSign reports whether a character may stand between a label and the words.
func isSign(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiSigns[r]
	}
	return unicode.IsSpace(r) || strings.ContainsRune("–—―»•·→►：，。、", r)
}

var asciiSigns = func() (signs [utf8.RuneSelf]bool) {
	for _, r := range "\t\n\v\f\r .,:;-|/\\>=~*" {
		signs[r] = true
	}
	return signs
}()

// mayDivide reports whether signs may set a label apart: not those that stand within
// sentences, names and times, or between the words of any text. A single word behind a time
// is rather a label than a sentence.
func mayDivide(base Reading, before, sign string, next rune) bool {
	bare := strings.TrimSpace(sign)
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.HasPrefix(bare, ".") && names.KeepsStop(letters.LastWord(before)) && bare == "." {
		return false
	}
	switch bare {
	case "":
		return len(sign) > 1 || sign == "\t"
	case ",", "，", "、", "。", "...":
		return false
	case ".":
		return base.Timed || strings.ContainsAny(before, " 0123456789_") || letters.IsAllCaps(before)
	case ":", "：":
		return (!unicode.IsDigit(last) || !unicode.IsDigit(next) || len(sign) > len(bare)) && !strings.HasSuffix(before, "http") && !strings.HasSuffix(before, "https")
	case "—":
		return true
	case "-", "–", "―", "/", "*", "·", "=", "~", "\\":
		return unicode.IsSpace(rune(sign[0])) && len(strings.TrimRightFunc(sign, unicode.IsSpace)) < len(sign)
	}
	return true
}

// with is a reading of a line, the time behind the label taken off.
func (base Reading) with(l layout.Line, label, sign, rest string) Reading {
	r := base
	label = strings.TrimSpace(label)
	if at := strings.LastIndexByte(label, ' '); at > 0 && strings.HasPrefix(sign, ":") && labels.IsSaying(label[at+1:]) {
		r.verb, label = label[at:], label[:at]
	}
	if clock, before, ok := layout.TrailingClock(label); ok {
		r.Clock, r.Timed, label = clock, true, before
	} else if clock, after, ok := layout.LeadingClock(rest); ok && (after == "" || strings.IndexByte("[(<{", rest[0]) >= 0) {
		r.Clock, r.Timed, rest = clock, true, after
		if rest == "" {
			sign += "\n"
		}
	}
	if _, ok := labels.Form(label); !ok && !labels.MayBe(label) {
		label = ""
	}
	r.Label, r.Sign, r.Rest = label, plain(sign), strings.TrimSpace(rest)
	r.Bold = l.Strong >= len(label) && l.Strong > 0 && l.Strong <= len(label)+len(sign)
	return r
}

var plainSign = strings.NewReplacer("–", "—", "―", "—", "\u00a0", " ")

// plain is a sign with one kind of dashes, and two blanks for more of them.
func plain(sign string) string {
	sign = plainSign.Replace(sign)
	for strings.Contains(sign, "   ") {
		sign = strings.ReplaceAll(sign, "   ", "  ")
	}
	return sign
}

// found is the style of a shape that a document was found to have.
type found struct{ shape Shape }

// Found is the style of one shape, for a document whose labels come again in it.
func Found(s Shape) Style { return found{s} }

func (found) Name() string { return "shape that comes again" }

func (f found) Cut(r labels.Reader, l layout.Line) (Cut, bool) {
	for _, reading := range Readings(l) {
		if reading.Shape != f.shape || reading.Label == "" {
			continue
		}
		c := reading.cut(r)
		return c, !c.Loose || !f.shape.closes() || c.Label.IsDistinct()
	}
	return Cut{}, false
}

// cut is the reading as other styles give it.
func (r Reading) cut(reader labels.Reader) Cut {
	c := Cut{Label: reader.Read(r.Label), Rest: r.Rest, Clock: r.Clock, Lead: r.lead, Timed: r.Timed, Bold: r.Bold, Verb: r.verb, Shape: true}
	if sign := strings.TrimSpace(r.Sign); sign != ":" && sign != "：" && r.Sign != "\n" || r.Lead != "" {
		c.Sign = r.Lead + r.Sign
	}
	if strings.HasPrefix(c.Lead, "<") || strings.HasSuffix(c.Lead, "<") {
		c.Sign = Angle
	}
	if strings.ContainsAny(c.Lead, "[(<{【「［") {
		c.Lead = strings.TrimRight(c.Lead, "[(<{【「［")
	}
	_, ok := labels.Form(r.Label)
	c.Loose = !ok
	return c
}

// Proven holds because the shape was found by its labels.
func (found) Proven(Survey) bool { return true }

func (f found) Anywhere(*labels.Label) bool { return f.shape.Timed || f.shape.Lead != "" }
