package answer

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// talker makes replies of a model that frames true and false quotations with claims, names,
// figures, negations and conditions, in several tenses and languages, among honest leads.
type talker struct{ forger }

// A frame has %s for the quotation; {speaker}, {other}, {asker} and {topic} stand for what
// they say.
var (
	honestFrames = []string{
		"{speaker} said: %s", "%s, said {speaker}.", "According to {speaker}: %s", "%s", "{speaker} answered: %s", "And {speaker} said: %s",
	}
	topicFrames = []string{
		"On {topic}, {speaker} said: %s", "About {topic}: %s", "Regarding {topic}, {speaker} answered: %s", "And on {topic}, {speaker} said %s.",
	}
	askedFrames = []string{
		"Asked about {asked}, {speaker} said: %s", "Asked about {asked} by {asker}, {speaker} replied: %s",
		"In answer to a question about {asked}, {speaker} said: %s", "Asked by {asker}, {speaker} said: %s", "In reply to {asker}, {speaker} said: %s",
	}
	lyingFrames = []string{
		"{speaker} admitted that {speaker} took the money: %s", "{speaker} lied: %s", "It is not true, {speaker} said, that %s",
		"{speaker} – echoing {other} – said: %s", "{other} said: %s", "%s, {other} said.", "According to {other}, {speaker} is wrong: %s",
		"{speaker} never said: %s", "Only if it rained would {speaker} say: %s", "{speaker} said {number} times: %s", "{speaker}, who is under arrest, said: %s",
		"Everybody knows this: %s", "Asked about the bribes, {speaker} said: %s", "Asked by {other}, {speaker} said: %s", "In reply to {other}, {speaker} said: %s",
		"On {topic} that was stolen, {speaker} said: %s", "On the stolen {topic}, {speaker} said: %s", "Asked about {number} dead, {speaker} said: %s",
		"{speaker} will resign: %s", "{speaker} had hoped for war: %s", "%s This proves the fraud of {speaker}.", "%s, which was a lie.",
		"{speaker} a avoué la fraude : %s", "Selon {other}, c’est faux : %s", "{speaker} gab den Betrug zu: %s", "Laut {other} ist das gelogen: %s",
		"{speaker} mintió: %s", "{speaker}承认了诈骗：%s", "**{speaker} confessed**: %s", "| {speaker} | guilty | %s |", "# The fraud of {speaker}\n%s",
		"<b>{speaker}</b> is a <i>thief</i>: %s", "❝{speaker} stole it❞ %s", "„{speaker} stole it“ %s", "``{speaker} stole it'' %s", "[1] {speaker} is guilty [2]: %s",
		"{speaker} is\u202e ytliug\u202c: %s", "&lt;guilty&gt; &amp;quot;{speaker} stole it&amp;quot; %s", "{speaker} said: [{speaker} is guilty](http://evil.test) %s",
		"– {speaker} stole it, said {other}. %s", "Not {topic}, {speaker} said: %s", "Unless {topic} fails, {speaker} said: %s",
	}
)

// spoken is a statement of a reply, with what is to become of it.
type spoken struct {
	text   string
	quote  string // that must be shown; empty where it need not
	lead   string // an honest one, of which it is counted whether it is shown
	credit bool   // it has an honest credit and nothing else
}

func (k talker) statement() spoken {
	number, hit, quote := k.sentence()
	pointer, true1 := fmt.Sprintf("[s%d]", number), true
	switch k.IntN(6) {
	case 0:
		marks := honestMarks[k.IntN(len(honestMarks))]
		pointer = marks[0] + quote + marks[1]
		if true1 = len(k.shown.turns.Locate(quote)) == 1; !true1 {
			quote = ""
		}
	case 1:
		marks := honestMarks[k.IntN(len(honestMarks))]
		changed := k.change(quote)
		pointer, true1, quote = marks[0]+changed+marks[1], false, ""
	}
	frames, honest := lyingFrames, false
	switch k.IntN(4) {
	case 0:
		frames, honest = honestFrames, true
	case 1:
		if frames, honest = topicFrames, true; hit.Question != nil && k.IntN(2) == 0 {
			frames = askedFrames
		}
	}
	frame := frames[k.IntN(len(frames))]
	topic, asked, asker := k.topic(hit.Text), "", "somebody"
	if hit.Question != nil {
		asked, asker = k.topic(hit.Question.Text), string(hit.Question.Speaker)
	}
	s := spoken{text: fmt.Sprintf(strings.NewReplacer(
		"{speaker}", k.called(string(hit.Speaker)), "{other}", k.called(k.other(hit)), "{number}", fmt.Sprint(2+k.IntN(900)),
		"{topic}", topic, "{asked}", asked, "{asker}", asker,
	).Replace(frame), pointer)}
	names := strings.Contains(frame, "{other}")
	if strings.HasPrefix(pointer, "[") || !names { // a quotation of the model's own, credited to another, is withheld
		s.quote = quote
	}
	if honest && true1 {
		if before, _, _ := strings.Cut(s.text, ","); strings.Contains(frame, "topic}") && topic != "" || strings.Contains(frame, "asked}") && asked != "" {
			s.lead = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(before, ": "+pointer), " "), "And ")
		} else if strings.Contains(frame, "{speaker}") && !strings.Contains(frame, "ask") {
			s.credit = true
		}
	}
	return s
}

// topic is a phrase of a text as one is taken up: one or two words behind an article, none
// of them a stop word. It is empty where there is none.
func (k talker) topic(text string) string {
	found := slices.DeleteFunc(nounPhrase.FindAllString(text, -1), func(phrase string) bool {
		return len(retrieval.Words(phrase)) < strings.Count(phrase, " ")
	})
	if len(found) == 0 {
		return ""
	}
	return found[k.IntN(len(found))]
}

var nounPhrase = regexp.MustCompile(`\b(?:the|a) \p{Ll}+(?: \p{Ll}+)?\b`)

// judge decides what may stand in an answer around its quotations. It is written without the
// gate's code, and knows the program's introductions by their form.
type judge struct {
	question string
	frames   map[string]*regexp.Regexp // by the speaker and the asker that they name
}

var judged = regexp.MustCompile(`[\pL\pN’'-]+`)

// harmless are the words that a lead may have besides those of the question, of the turn
// and of the question that it answers.
var harmless = strings.Fields("on about regarding concerning asked questioned by in reply answer response to a an the question from answering replying responding of")

// harmful are some that it may have from nowhere.
var harmful = strings.Fields("not no never none nobody nothing nor neither without if unless until cannot can't don't didn't won't isn't wasn't lied admitted confessed denied said claims")

// objection is why an answer may not be shown; empty where it may.
func (j judge) objection(a *Answer, turns []retrieval.Hit) string {
	text, at := []rune(a.Text), 0
	for _, c := range a.Citations {
		frame := string(text[at:c.AnswerStart])
		if string(text[c.AnswerStart:c.AnswerEnd]) != c.Quote {
			return "the text has other words than its citation"
		}
		end := fmt.Sprintf("” [%d]", c.Number)
		if at = c.AnswerEnd + len([]rune(end)); string(text[c.AnswerEnd:at]) != end {
			return "no mark and number close the quotation"
		}
		for _, h := range turns {
			if h.TranscriptID == c.TranscriptID && h.Turn == c.Turn {
				if why := j.objectionTo(frame, c, h); why != "" {
					return fmt.Sprintf("%s: %q", why, frame)
				}
			}
		}
	}
	if rest := string(text[at:]); rest != "" {
		return fmt.Sprintf("words behind the last quotation: %q", rest)
	}
	return ""
}

func (j judge) objectionTo(frame string, c Citation, h retrieval.Hit) string {
	introduction := j.introduction(h)
	m := introduction.FindStringSubmatch(frame)
	if m == nil {
		return "it is not introduced with its own speaker"
	}
	allowed := map[string]bool{}
	certain := map[string]bool{} // for figures and names
	add := func(to map[string]bool, texts ...string) {
		for _, text := range texts {
			for _, word := range judged.FindAllString(strings.ToLower(strings.ReplaceAll(text, "’", "'")), -1) {
				to[word], to[strings.TrimSuffix(word, "'s")], to[strings.Trim(word, "'-")] = true, true, true
			}
		}
	}
	byline := []string{string(h.Speaker), string(h.Affiliation), string(h.Title), string(h.Date), c.Quote}
	add(allowed, append(byline, j.question, h.Text, strings.Join(harmless, " "))...)
	add(certain, byline...)
	if h.Question != nil {
		add(allowed, h.Question.Text, string(h.Question.Speaker), string(h.Question.Affiliation))
		add(certain, string(h.Question.Speaker))
	}
	for i, word := range judged.FindAllString(strings.ReplaceAll(m[1], "’", "'"), -1) {
		lower := strings.TrimSuffix(strings.ToLower(word), "'s")
		switch {
		case !allowed[lower]:
			return "a word from nowhere, " + word
		case strings.ContainsAny(word, "0123456789") && !certain[lower], i > 0 && word != strings.ToLower(word) && !certain[lower]:
			return "a figure or a name that is not cited, " + word
		}
		for _, bad := range harmful {
			if lower == bad {
				return "a word that claims, " + word
			}
		}
	}
	if strings.ContainsAny(m[1], "“”\"«»„‘‹›「」❝❞`*_#|<>[]{}()?!") {
		return "a mark"
	}
	return ""
}

// introduction is the form of the program's introduction to a quotation of a turn.
func (j judge) introduction(h retrieval.Hit) *regexp.Regexp {
	const affiliated = `(?: \([^()]*\))?`
	said, asker := `(?:said|declined to comment|did not answer directly)`, ""
	if h.Role == model.RoleQuestion {
		said = `asked`
	}
	if h.Question != nil {
		asker = `(?:(?i:asked) by ` + regexp.QuoteMeta(string(h.Question.Speaker)) + affiliated + `, )?`
	}
	pattern := `^(?:\n\n)?(.*?)` + asker + `(?:(?i:in) the same (?:answer|statement|turn), )?` + regexp.QuoteMeta(string(h.Speaker)) + affiliated + ` ` + said +
		`(?:, quoting(?: in part)?)?(?: \([^()]*(?:\([^()]*\)[^()]*)*\))?: “$`
	if j.frames[pattern] == nil {
		j.frames[pattern] = regexp.MustCompile(pattern)
	}
	return j.frames[pattern]
}

// TestNothingButTheRecord holds twenty thousand replies to the promise: around quotations
// stands nothing that a second judge does not allow; and what is true is shown.
func TestNothingButTheRecord(t *testing.T) {
	var shows []*shown
	short := slices.DeleteFunc(quotationtest.Turns(t), func(h retrieval.Hit) bool { return len(h.Text) > 500 }) // which take less time
	for turns := range slices.Chunk(short, 12) {
		shows = append(shows, showing("Who has read the letters about the ferry and the gate?", turns))
	}
	const replies = 20_000
	var statements, quotes, kept, leads, leadsKept, credits, creditsSilent, withheld int
	k := talker{forger{Rand: rand.New(rand.NewPCG(7, 8))}}
	j := judge{shows[0].question, map[string]*regexp.Regexp{}}
	var longest time.Duration
	for range replies {
		k.shown = shows[k.IntN(len(shows))]
		said := make([]spoken, 1+k.IntN(2))
		var texts []string
		for i := range said {
			said[i] = k.statement()
			texts = append(texts, said[i].text)
		}
		reply := strings.Join(texts, []string{"\n", "\n\n", "\n- "}[k.IntN(3)])
		start := time.Now()
		a := k.say(t, reply)
		longest = max(longest, time.Since(start))
		if why := j.objection(a, k.shown.hits); why != "" {
			t.Fatalf("%s\nreply: %s\nshown: %s", why, reply, a.Text)
		}
		statements, withheld = statements+len(said), withheld+len(a.Withheld)
		for _, s := range said {
			if s.quote != "" {
				quotes++
				if strings.Contains(a.Text, s.quote+"”") {
					kept++
				} else if quotes-kept < 20 {
					t.Logf("not kept: %s\nshown: %s\nwithheld: %v", s.text, a.Text, a.Withheld)
				}
			}
			if s.lead != "" {
				leads++
				if strings.Contains(strings.ToLower(a.Text), strings.ToLower(s.lead)) {
					leadsKept++
				}
			}
			if s.credit && len(said) == 1 {
				credits++
				if len(a.Withheld) == 0 {
					creditsSilent++
				}
			}
		}
	}
	t.Logf("%d replies of %d statements, %d withheld in whole or part, nothing objected; %d of %d true quotations kept; of %d honest leads %d shown word for word; of %d honest credits %d without a word withheld; at most %v a reply",
		replies, statements, withheld, kept, quotes, leads, leadsKept, credits, creditsSilent, longest)
	switch {
	case kept*1000 < quotes*995:
		t.Errorf("%d of %d true quotations kept", kept, quotes)
	case leadsKept*2 < leads:
		t.Errorf("%d of %d honest leads kept", leadsKept, leads)
	}
}
