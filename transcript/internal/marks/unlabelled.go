package marks

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/asking"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// A label holds for the paragraphs below it only as long as nothing speaks against that: files in
// which some turns have no labels would put their words under the name above. Strong signs give a
// paragraph to nobody, weak ones leave it the label and a doubt. What follows a paragraph that is
// another's is doubtful as well, until the next label.

// Why it is uncertain whose a paragraph without a label is.
const (
	doubtUnlabelled = "no label stands before these words, which seem to be somebody else's than those above"
	doubtCarried    = "no label stands before these words, and somebody else may speak here"
)

// stretch is what stands below a label: paragraphs, of which the first has it.
type stretch struct {
	label      *labels.Label
	timed      bool
	paragraphs []paragraph
	remarked   bool          // a stage direction ends it
	next       *labels.Label // of the turn behind it; nil if there is none
}

// paragraph is one of a stretch.
type paragraph struct {
	line    int // with which it begins
	text    string
	setting setting
	whose   whose
}

// setting is how all of a paragraph is set.
type setting uint8

const (
	settingPlain setting = iota
	settingBold
	settingSlanted
	settingHeading
)

// whose says to whom a paragraph belongs.
type whose uint8

const (
	whoseLabels  whose = iota // the label's, as far as is seen
	whosePerhaps              // perhaps the label's
	whoseOthers               // somebody else's
	whoseClerks               // of the record, which tells what happened
)

// findUnlabelled divides turns before paragraphs that may be another's.
func (t *Text) findUnlabelled() {
	heads := t.unreadLabels()
	u := unlabelled{stretches: t.stretches(heads), heads: heads, sides: map[string]tally{}, brief: map[string]tally{}, settings: map[setting]tally{}}
	u.survey()
	for i := range u.stretches {
		u.divide(&u.stretches[i])
	}
	if u.isHabit() {
		for i := range u.stretches {
			u.stretches[i].doubtAll()
		}
	}
	for _, s := range u.stretches {
		for k, p := range s.paragraphs {
			if heading := p.setting == settingHeading && k+1 == len(s.paragraphs); heading {
				continue // right before a label: it is in no turn
			}
			if k > 0 && (p.whose != s.paragraphs[k-1].whose || p.whose == whoseOthers && p.asks()) {
				t.divideAt(p, s.label)
			}
		}
	}
}

// divideAt begins a turn without a label.
func (t *Text) divideAt(p paragraph, above *labels.Label) {
	m := Mark{Cut: &styles.Cut{First: true}, Kind: LineUnlabelled}
	switch p.whose {
	case whoseClerks:
		m.Kind = LineReport
	case whoseOthers:
		m.Doubt = doubtUnlabelled
	case whoseLabels, whosePerhaps:
		m.Doubt, m.Label = doubtCarried, above
	}
	t.Marks[p.line] = m
}

// unreadLabels counts, folded, what stands before the colons of paragraphs and looks like a label,
// but was not read as one: it has small letters, signs or markup that no form explains.
func (t *Text) unreadLabels() map[string]int {
	heads := map[string]int{}
	for i, m := range t.Marks {
		if head := unreadLabel(t.Lines[i].Text); m.Kind == LineText && t.Lines[i].Gap && head != "" {
			heads[head]++
		}
	}
	return heads
}

// unreadLabel is what stands before the colon of a paragraph, folded, if it may be a label: one or
// two words, or some of which none is an ordinary one in small letters; else empty.
func unreadLabel(text string) string {
	head, rest, ok := strings.Cut(letters.Head(text, longestUnread), ":")
	words := strings.Fields(head)
	if !ok || len(words) == 0 || !strings.HasPrefix(rest, " ") || labels.NamesNobody(lexicon.Bare(words[0])) {
		return ""
	}
	for _, w := range words {
		if len(words) > 2 && letters.StartsLower(w) && !strings.HasSuffix(w, ".") && !lexicon.Particles[lexicon.Bare(w)] {
			return ""
		}
	}
	return lexicon.Fold(head)
}

const longestUnread = 80 // bytes of a paragraph's start in which a label ends: a name, a nickname and an office

// stretches lists what stands below each label; heads are what looks like one and was not read.
func (t *Text) stretches(heads map[string]int) []stretch {
	var all []stretch
	open := false
	for i, m := range t.Marks {
		l := t.Lines[i]
		switch {
		case m.Kind == LineTurn:
			if n := len(all); n > 0 && open {
				all[n-1].next = m.Label
			}
			open = true
			all = append(all, stretch{label: m.Label, timed: m.Timed})
			if m.Rest != "" {
				all[len(all)-1].add(paragraph{line: i, text: m.Rest, setting: settingOf(l)})
			}
		case m.Kind == LineEnd:
			open = false
		case !open:
		case m.Kind == LineNote && l.Heading > 0:
			all[len(all)-1].add(paragraph{line: i, text: l.Text, setting: settingHeading})
		case m.Kind != LineText:
		default:
			s := &all[len(all)-1]
			if n := len(s.paragraphs); n == 0 || t.begins(i, s.paragraphs[n-1], heads) {
				s.add(paragraph{line: i, text: l.Text, setting: settingOf(l)})
			} else {
				p := &s.paragraphs[n-1]
				p.text += " " + l.Text
				if settingOf(l) != p.setting {
					p.setting = settingPlain
				}
			}
		}
	}
	return all
}

func (s *stretch) add(p paragraph) { s.paragraphs = append(s.paragraphs, p) }

// leaveOut leaves out what tells nothing of whose the words are: stage directions, and headings
// that are no questions.
func (s *stretch) leaveOut(headings bool) {
	var kept []paragraph
	for k, p := range s.paragraphs {
		last := k+1 == len(s.paragraphs)
		s.remarked = last && isDirection(p.text)
		if k == 0 || !isDirection(p.text) && (p.setting != settingHeading || headings) {
			kept = append(kept, p)
		}
	}
	s.paragraphs = kept
}

// isDirection reports whether a paragraph is a remark in brackets: (Applause.)
func isDirection(text string) bool {
	return strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]")
}

// settingOf is how a line is set throughout.
func settingOf(l layout.Line) setting {
	switch {
	case l.Heading > 0:
		return settingHeading
	case l.Strong == len(l.Text):
		return settingBold
	case l.Slanted:
		return settingSlanted
	}
	return settingPlain
}

// begins reports whether line i certainly begins a paragraph of its own behind another: a
// sentence has ended above it, or it begins as others do whose labels were not read.
func (t *Text) begins(i int, before paragraph, heads map[string]int) bool {
	l := t.Lines[i]
	if l.Gap && heads[unreadLabel(l.Text)] > 1 {
		return true
	}
	if l.Code || l.Cells || letters.StartsLower(l.Text) || !letters.EndsSentence(before.text) && before.setting == settingOf(l) {
		return false
	}
	return l.Gap || t.breaks.ends(t.Lines[i-1], l.Text)
}

// asks reports whether a paragraph ends with a question, or is set as only questions are.
func (p paragraph) asks() bool { return p.setting == settingHeading || sentence.EndsAsking(p.text) }

// tally counts some, and those of them that are so: that ask, say.
type tally struct{ all, such int }

func (n tally) plus(such bool) tally {
	n.all++
	if such {
		n.such++
	}
	return n
}

// atLeast reports whether so many percent are so.
func (n tally) atLeast(percent int) bool { return n.all > 0 && 100*n.such >= percent*n.all }

// unlabelled is what a document shows of who asks, and how.
type unlabelled struct {
	stretches []stretch
	heads     map[string]int    // what looks like a label and was not read as one, folded
	sides     map[string]tally  // of the stretches of each label, by its key
	brief     map[string]tally  // likewise, those of one paragraph
	settings  map[setting]tally // of the paragraphs in each setting
	bearers   []string          // the labels, as printed
	askers    int               // labels of people who ask
	repeats   bool              // a label that comes again behind its own turn tells that somebody spoke between
}

const (
	askerShare    = 50 // percent of an asker's turns that ask
	answererShare = 20 // percent of an answerer's that may
	briefShare    = 75 // percent of an asker's turns that have one paragraph, where more are a sign
	houseShare    = 10 // percent of the turns of one paragraph that the same label follows, where that is a house's way
)

// survey counts who asks, and in which settings.
func (u *unlabelled) survey() {
	for _, s := range u.stretches {
		for _, p := range s.paragraphs {
			u.settings[p.setting] = u.settings[p.setting].plus(sentence.EndsAsking(p.text))
		}
	}
	single, again := 0, 0
	for _, s := range u.stretches {
		if s.label.Text != "" && !slices.Contains(u.bearers, s.label.Text) {
			u.bearers = append(u.bearers, s.label.Text)
		}
	}
	for i := range u.stretches {
		s := &u.stretches[i]
		s.leaveOut(u.isOfQuestions(settingHeading))
		n := len(s.paragraphs)
		if n == 0 {
			continue
		}
		last := s.paragraphs[n-1]
		u.sides[s.label.Key] = u.sides[s.label.Key].plus(s.paragraphs[0].asks() || last.asks() && s.next != nil && s.next.Key != s.label.Key)
		u.brief[s.label.Key] = u.brief[s.label.Key].plus(n == 1)
		if n == 1 {
			single++
			if s.comesAgain() {
				again++
			}
		}
	}
	for key, n := range u.sides {
		if key != "" && n.atLeast(askerShare) {
			u.askers++
		}
	}
	u.repeats = 100*again <= houseShare*single
}

// comesAgain reports whether the label of a stretch is also the next one, and neither a time nor
// a stage direction between them is the reason.
func (s stretch) comesAgain() bool {
	return !s.timed && !s.remarked && s.next != nil && s.next.Key == s.label.Key
}

// isAsker reports whether whoever has a label asks.
func (u *unlabelled) isAsker(l *labels.Label) bool {
	return l.Part == labels.PartAsker || l.Part != labels.PartAnswerer && u.sides[l.Key].atLeast(askerShare)
}

// isBrief reports whether nearly all turns of a label have one paragraph.
func (u *unlabelled) isBrief(l *labels.Label) bool { return u.brief[l.Key].atLeast(briefShare) }

// divide finds the paragraphs of a stretch that may be another's.
func (u *unlabelled) divide(s *stretch) {
	if len(s.paragraphs) < 2 || s.label.Text == "" {
		return
	}
	asker := u.isAsker(s.label)
	above := whoseLabels
	for k := 1; k < len(s.paragraphs); k++ {
		p := &s.paragraphs[k]
		p.whose = u.whose(*s, k, asker)
		if p.whose == whoseLabels && above != whoseLabels {
			p.whose = s.goesOn(k, asker)
		}
		above = p.whose
	}
}

// goesOn says whose a paragraph is, without a sign of its own, behind one that is not the
// label's for certain.
func (s stretch) goesOn(k int, asker bool) whose {
	before := s.paragraphs[k-1]
	if before.whose == whoseOthers && asker && !s.paragraphs[k].asks() {
		return whoseOthers
	}
	if before.whose == whoseClerks {
		return whoseOthers
	}
	return whosePerhaps
}

// whose says whose paragraph k of a stretch is by its own signs.
func (u *unlabelled) whose(s stretch, k int, asker bool) whose {
	p, first := s.paragraphs[k], s.paragraphs[0]
	switch {
	case reports(p.text, u.bearers):
		return whoseClerks
	case u.isSetApart(p, first), addresses(p.text, s.label), u.heads[unreadLabel(p.text)] > 1:
		return whoseOthers
	case asker:
		return u.whoseOfAskers(s, k)
	}
	return u.whoseOfAnswerers(s, k)
}

// isSetApart reports whether a paragraph is set as the document's questions are, while the one
// with the label is not, or the other way round.
func (u *unlabelled) isSetApart(p, first paragraph) bool {
	return p.setting != first.setting && u.isOfQuestions(p.setting) != u.isOfQuestions(first.setting)
}

// isOfQuestions reports whether a setting is that of questions: most paragraphs in it ask. Topics
// may be headed by a question, too, but seldom by two.
func (u *unlabelled) isOfQuestions(s setting) bool {
	n := u.settings[s]
	return s != settingPlain && 2*n.such > n.all && (s != settingHeading || n.such > 1)
}

// whoseOfAskers says whose paragraph k is below the label of somebody who asks.
func (u *unlabelled) whoseOfAskers(s stretch, k int) whose {
	p, before := s.paragraphs[k], s.paragraphs[k-1]
	switch {
	case p.asks():
		return whoseLabels
	case u.repeats && s.comesAgain():
		return whoseOthers
	case before.asks() && asking.Replies(p.text) && k+1 < len(s.paragraphs) && s.paragraphs[k+1].asks(), u.isBrief(s.label):
		return whosePerhaps
	}
	return whoseLabels
}

const (
	mostAsking  = 75 // percent of the paragraphs below a label that may ask, as in an interview without labels
	leastAsking = 20 // percent of them that ask at least
)

// whoseOfAnswerers says whose paragraph k is below the label of somebody who seldom asks.
func (u *unlabelled) whoseOfAnswerers(s stretch, k int) whose {
	p, score := s.paragraphs[k].text, s.score(k)
	last := k+1 == len(s.paragraphs)
	switch {
	case last && u.repeats && s.comesAgain():
		if score >= asking.Asks {
			return whoseOthers
		}
		if !letters.EndsSentence(p) {
			return whoseLabels // a heading
		}
		return whosePerhaps
	case last || score < asking.Asks || s.score(k+1) > score:
		return whoseLabels
	case s.isExchange():
		return whoseOthers
	case score > asking.Addresses && u.askers > 0:
		return whosePerhaps
	}
	return whoseLabels
}

// score says how likely paragraph k asks somebody who speaks in the next.
func (s stretch) score(k int) int {
	next := ""
	if k+1 < len(s.paragraphs) {
		next = s.paragraphs[k+1].text
	}
	return asking.Score(s.paragraphs[k].text, next)
}

// isExchange reports whether the paragraphs of a stretch ask and answer in turn, as those of an
// interview without labels do: several address somebody.
func (s stretch) isExchange() bool {
	asks, addressed := 0, 0
	for k := 1; k < len(s.paragraphs); k++ {
		score := s.score(k)
		if score >= asking.Asks {
			asks++
		}
		if score >= asking.Addresses {
			addressed++
		}
	}
	n := len(s.paragraphs) - 1
	return addressed > 1 && 100*asks >= leastAsking*n && 100*asks <= mostAsking*n
}

// isHabit reports whether the document leaves labels out so often that none holds for certain
// beyond its own paragraph.
func (u *unlabelled) isHabit() bool {
	several, divided := 0, 0
	for _, s := range u.stretches {
		if len(s.paragraphs) > 1 {
			several++
			if slices.ContainsFunc(s.paragraphs, func(p paragraph) bool { return p.whose == whoseOthers }) {
				divided++
			}
		}
	}
	return (divided > 1 || divided == several) && divided > 0 && habitShare*divided >= several
}

const habitShare = 4 // one turn in so many, of those of several paragraphs, has another's, where labels are left out as a habit

// doubtAll leaves nothing beyond the labelled paragraph without doubt.
func (s *stretch) doubtAll() {
	for k := range s.paragraphs {
		if p := &s.paragraphs[k]; k > 0 && p.whose == whoseLabels {
			p.whose = whosePerhaps
		}
	}
}

// addresses reports whether a paragraph turns to the bearer of a label by name, at its start or
// its end: "Ms. Roe, why?", "Why, Jane?"
func addresses(text string, l *labels.Label) bool {
	if len(l.Name.Words) == 0 || strings.ContainsAny(text, "\"“”«»„") {
		return false
	}
	words := strings.Fields(text)
	for i, w := range words {
		end := strings.TrimRight(w, ",.?!")
		if end == w || !isNameOf(l, end) {
			continue
		}
		first := i
		for first > 0 && (lexicon.IsTitle(strings.ToLower(strings.Trim(words[first-1], "."))) || isNameOf(l, words[first-1])) {
			first--
		}
		opens := first == 0 || first == 1 && asking.OpensAside(lexicon.Bare(words[0]))
		closes := i+1 == len(words) && first > 0 && strings.HasSuffix(words[first-1], ",")
		if opens && strings.HasSuffix(w, ",") || closes {
			return true
		}
	}
	return false
}

// isNameOf reports whether a word is one of a label's name.
func isNameOf(l *labels.Label, word string) bool {
	first := []rune(word)
	return len(first) > 1 && unicode.IsUpper(first[0]) && slices.ContainsFunc(l.Name.Words, func(w string) bool { return lexicon.Fold(w) == lexicon.Fold(word) })
}
