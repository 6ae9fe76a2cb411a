package htmlpage

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Records of parliaments print the speaker in bold type, behind which a full stop ends the
// label, and an office may stand between the two. Bold type shows where the name is that
// no letter of the text does:
//
//	<b>M. Jean Poe.</b> Le quai est fermé.
//	<b>Mme Jane Roe,</b> <i>ministre des ports</i>. Il rouvrira.
//	<b>President</b>. – The debate is closed.
//
// Labels that end with a colon, or that have titles which texts are known by, are left to
// package transcript, which finds them in any text.

// boldLabel is a paragraph that begins with such a label.
type boldLabel struct {
	label, note, office, words string
	own                        bool // only the bold type tells that it is a label
}

const (
	longestBoldLabel = 120 // bytes
	longestOffice    = 250 // bytes
	fewestBoldLabels = 3
)

var (
	stopBehind = regexp.MustCompile(`^\s*\.?\s*(?:[–—-]\s+)?`)
	noteBehind = regexp.MustCompile(`^\s*\(([^()]*)\)`)
	officeEnd  = regexp.MustCompile(`\.\s+(?:[–—-]\s+)?|\s+[–—]\s+`)
)

// cutBoldLabel takes a label off a paragraph; ok reports whether something ends the label.
func cutBoldLabel(l content.Line) (b boldLabel, ok bool) {
	if !l.Gap || l.Heading > 0 || l.Cells != nil || l.Strong == 0 || l.Strong >= len(l.Text) || l.Strong > longestBoldLabel {
		return b, false
	}
	printed := strings.TrimRight(l.Text[:l.Strong], " \u00a0.,:–—-")
	behind := strings.TrimSpace(l.Text[len(printed):])
	b.label, b.words = printed, behind
	if m := noteBehind.FindStringSubmatchIndex(behind); m != nil {
		b.label, behind = printed+" "+strings.TrimSpace(behind[:m[1]]), strings.TrimSpace(behind[m[1]:])
	}
	if b.label == "" || strings.ContainsAny(b.label, ":?!;") || !text.StartsUpper(b.label) {
		return boldLabel{}, false
	}
	if head, note, found := strings.Cut(b.label, "("); found && strings.TrimSpace(head) != "" {
		b.note = strings.Trim(note, ") ")
	}
	return b.end(behind)
}

// end finds what ends the label, and the words behind it.
func (b boldLabel) end(behind string) (boldLabel, bool) {
	switch {
	case strings.HasPrefix(behind, ","):
		end := officeEnd.FindStringIndex(behind)
		if end == nil || end[0] > longestOffice {
			return b, false
		}
		b.office, b.words = strings.Trim(behind[:end[0]], ", \u00a0"), behind[end[1]:]
		b.own = true
	case strings.HasPrefix(behind, "."):
		b.words = stopBehind.ReplaceAllString(behind, "")
		b.own = strings.HasPrefix(strings.TrimLeft(behind, ". \u00a0"), "–") || !speaker.HasKnownTitle(b.label) && b.isPerson()
	default:
		return b, false
	}
	return b, b.words != ""
}

// isPerson reports whether a label has the form of one who speaks: a name with a title, an
// office that presides.
func (b boldLabel) isPerson() bool {
	if b.label == "" || b.words == "" {
		return false
	}
	first, _, _ := strings.Cut(b.label, " ")
	name, _, _ := strings.Cut(b.label, "(")
	return speaker.Presides(b.label) || first != b.label && speaker.IsTitle(first) || speaker.FullName(name) != ""
}

// markSpeakers gives lines the voices of those who are printed in bold before them, if the
// page as a whole proves that this is how it tells who speaks.
func markSpeakers(lines []content.Line) {
	if !proveBoldLabels(lines) {
		return
	}
	var voice *content.Voice
	president := ""
	for i := range lines {
		l := &lines[i]
		b, ok := cutBoldLabel(*l)
		switch {
		case ok, b.isPerson():
			voice = b.voice(president)
			if !ok {
				b.words, voice.Doubt = strings.TrimLeft(b.words, ":–—- \u00a0"), "nothing ends the bold name before the text"
			}
			l.Text, l.Strong = b.words, 0
		case speaker.PresidedBy(l.Text) != "":
			president, voice = speaker.PresidedBy(l.Text), nil
		case l.Heading > 0 || l.Strong == len(l.Text):
			voice = nil
		case text.IsBracketed(l.Text):
			continue
		}
		l.Voice = voice
	}
}

// proveBoldLabels reports whether most paragraphs that begin in bold type begin with
// somebody who speaks, more than labels with a colon, and a third of them as only bold
// type shows.
func proveBoldLabels(lines []content.Line) bool {
	people, others, own, colons := 0, 0, 0, 0
	for _, l := range lines {
		b, ok := cutBoldLabel(l)
		switch {
		case ok && b.isPerson():
			people++
			if b.own {
				own++
			}
		case ok:
			others++
		case l.Strong > 0 && l.Strong < len(l.Text) && strings.ContainsAny(l.Text[l.Strong-1:l.Strong+1], ":"):
			colons++
		}
	}
	return people >= fewestBoldLabels && people >= 3*others && own*3 >= people && people > colons
}

// voice is whoever a label names. What has not the form of one who speaks may be a heading.
func (b boldLabel) voice(president string) *content.Voice {
	name, _, _ := strings.Cut(b.label, "(")
	v := &content.Voice{Label: b.label, Name: speaker.FullName(name), Affiliation: cmp.Or(b.note, b.office)}
	switch {
	case speaker.Presides(b.label):
		v.Role = "moderator"
		if v.Name == "" {
			v.Name = president
		}
	case !b.isPerson():
		v.Doubt = "the bold words before the text may be a heading"
	}
	return v
}
