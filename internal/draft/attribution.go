package draft

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/marks"
)

// attribute gives the quotations their speakers.
func (c *cast) attribute() {
	for i := range c.quotes {
		q := &c.quotes[i]
		if q.Speaker != "" { // a block quotation's own markup says it
			name, _, _ := strings.Cut(q.Speaker, ",")
			q.Speaker = c.identify(name, i)
			continue
		}
		if found := c.credit(i); found.known() && !q.isOfProse(found.direct) && !speaksForAnother(found.name, q.before+" … "+q.after) {
			q.Speaker, q.Loose = c.identify(found.name, i), q.Loose || q.isTerm(found.direct)
			if q.Speaker == "" && roles.MatchString(found.name) {
				q.Office = found.name
			}
		}
	}
}

// nest gives the quotations that only credit another within them with that one.
func (c *cast) nest() {
	for i := range c.quotes {
		q := &c.quotes[i]
		text := []rune(q.Text)
		spans := marks.Find([][]rune{text})
		if q.Unchecked != "" || len(spans) != 1 || spans[0].State != marks.Closed || spans[0].Start == 0 ||
			strings.IndexFunc(string(text[spans[0].End:]), isWordRune) >= 0 {
			continue
		}
		credit := readBefore(string(text[:spans[0].Start]))
		if inside := spans[0].Inside; credit.direct && credit.known() && len(inside) == 1 && !pronouns.MatchString(credit.name) {
			q.Within = &answer.DraftQuote{Text: inLine(text[inside[0].Start:inside[0].End]), Speaker: c.identify(credit.name, i), Line: q.Line}
		}
	}
}

// speaksForAnother reports whether a text names somebody only to say whose lawyer, brother or
// office speaks.
func speaksForAnother(name, text string) bool {
	if !anyRelation.MatchString(text) { // most texts name none, and need no pattern of the name
		return false
	}
	name = regexp.QuoteMeta(lexicon.WithoutPossessive(name))
	for _, form := range []string{name + `['’]s?\s+(?:[\p{Ll}-]+\s+){0,3}` + relation, relation + `\s+(?:for|of|to)\s+(?:\pL+\.?\s+)?` + name} {
		if regexp.MustCompile(`(?:^|[^\pL])` + form + `(?:[^\pL]|$)`).MatchString(text) {
			return true
		}
	}
	return false
}

// relation is somebody who is called by whom they belong to.
var (
	relation    = lexicon.Any("relations that speak for others")
	anyRelation = regexp.MustCompile(relation)
)

// credit decides between the prose before a quotation and after it, and takes the
// speaker of the one before for a quotation that goes on.
func (c *cast) credit(i int) credit {
	q := &c.quotes[i]
	before := readBefore(q.before)
	if before.direct {
		return before
	}
	if after := readAfter(q.after, lastRune(q.Text)); after.known() {
		return after
	}
	switch {
	case before.known():
		return before
	case q.follows && c.goesOn(i) && !(q.isShort() && c.answers(i)):
		return credit{c.quotes[i-1].Speaker, false}
	}
	return c.announced(q.before)
}

// announced is the speaker of a quotation after a colon, where the sentence has no
// verb of saying but names one person: Renwick was blunt: “…”.
func (c *cast) announced(before string) credit {
	sentence, _ := lastSentence(before)
	sentence = inBrackets.ReplaceAllString(sentence, "") // who is named there is the source: was blunt (Roe 2026):
	if !strings.HasSuffix(sentence, ":") || anySaid.MatchString(sentence) || otherSaid.MatchString(sentence) || addressed.MatchString(sentence) {
		return credit{}
	}
	switch named, pronouns := c.named(sentence), anyPronoun.FindAllString(sentence, -1); {
	case len(named) == 1:
		return credit{named[0], true}
	case len(named) == 0 && len(pronouns) == 1:
		return credit{pronouns[0], true}
	}
	return credit{}
}

var (
	inBrackets = regexp.MustCompile(`\s*[(\[][^()\[\]]*[)\]]`)
	anyPronoun = regexp.MustCompile(`\b` + pronoun + `\b`)
	addressed  = regexp.MustCompile(`\b(?:to|for|about|against|of|on)\s+` + personName)
)

// goesOn reports whether a quotation continues the one before it: nothing stands
// between them but who said it, or words of the same sentence.
func (c *cast) goesOn(i int) bool {
	between := strings.TrimSpace(c.quotes[i].before)
	last := c.quotes[i-1]
	if readAfter(between, lastRune(last.Text)).known() && !strings.ContainsAny(strings.TrimRight(between, ".!?"), "!?") && oneSentence(between) {
		return true
	}
	return !anySaid.MatchString(between) && !otherSaid.MatchString(between) && !strings.ContainsAny(between, ".!?") && !namesAnother(between, last.Speaker)
}

// answers reports whether a quotation may answer the question that the one before it asks.
func (c *cast) answers(i int) bool {
	asks := func(text string) bool { return strings.ContainsRune("?？؟", lastRune(text)) }
	return asks(c.quotes[i-1].Text) && !asks(c.quotes[i].Text)
}

// namesAnother reports whether a text names a person, and not the one of that name.
func namesAnother(text, speaker string) bool {
	others := false
	for _, at := range names.FindAllStringIndex(text, -1) {
		switch name := family(person(text[at[0]:at[1]])); {
		case name == family(speaker):
			return false
		case name != "" && !placed.MatchString(text[max(0, at[0]-placedReach):at[0]]):
			others = true
		}
	}
	return others
}

// readBefore reads who is credited before a quotation, in whatever language.
func readBefore(text string) credit {
	text = text[max(0, len(text)-maxCredit):]
	other := otherBefore(text)
	if english := creditBefore(text); !other.direct && english.known() {
		return english
	}
	return other
}

// readAfter reads who is credited after a quotation whose last character is end.
func readAfter(text string, end rune) credit {
	text = text[:min(len(text), maxCredit)]
	if after := creditAfter(text, end); after.known() {
		return after
	}
	return otherAfter(text)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
