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
	"github.com/pullquote/pullquote/internal/rounds"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// talker makes replies of a model that frames true and false quotations with claims, names,
// figures, negations and conditions, in several tenses and languages, among honest topics.
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
		"Asked by {asker} who had proved the theft, {speaker} said: %s", "In reply to {asker} the man that {speaker} murdered: %s", "Asked by Judge {asker}: %s",
		"On bail, {speaker} said: %s", "On 12 April 2024, {speaker} said: %s", "About to resign over {topic}, {speaker} said: %s", "On the {speaker}'s theft of {topic}: %s",
		"Asked about {asked} and the bribe by {asker}, {speaker} said: %s", "Asked by {speaker} about {asked}, {asker} said: %s", "On {topic} being stolen: %s",
		"– {speaker} stole it, said {other}. %s", "Not {topic}, {speaker} said: %s", "Unless {topic} fails, {speaker} said: %s",
	}
)

// spoken is a statement of a reply, with what is to become of it.
type spoken struct {
	text   string
	quote  string // that must be shown; empty where it need not
	topic  string // with an honest topic, of which it is counted whether it is shown
	credit bool   // it has an honest credit and nothing else
}

func (k talker) statement() spoken {
	number, hit, quote := k.sentence()
	pointer, stands := fmt.Sprintf("[s%d]", number), true
	switch k.IntN(6) {
	case 0:
		marks := honestMarks[k.IntN(len(honestMarks))]
		pointer = marks[0] + quote + marks[1]
		if stands = len(k.shown.turns.Locate(quote)) == 1; !stands {
			quote = ""
		}
	case 1:
		marks := honestMarks[k.IntN(len(honestMarks))]
		changed := k.change(quote)
		pointer, stands, quote = marks[0]+changed+marks[1], false, ""
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
	topic, asked, asker := k.topicIn(quote), "", "somebody"
	if hit.Question != nil {
		asked, asker = k.topicIn(hit.Question.Text), string(hit.Question.Speaker)
	}
	s := spoken{text: fmt.Sprintf(strings.NewReplacer(
		"{speaker}", k.called(string(hit.Speaker)), "{other}", k.called(k.other(hit)), "{number}", fmt.Sprint(2+k.IntN(900)),
		"{topic}", topic, "{asked}", asked, "{asker}", asker,
	).Replace(frame), pointer)}
	another := strings.Contains(frame, "{other}") || strings.Contains(frame, "{asker} said")
	if strings.HasPrefix(pointer, "[") || !another { // a quotation of the model's own, credited to another, is withheld
		s.quote = quote
	}
	switch {
	case !honest || !stands:
	case strings.Contains(frame, "{topic}") && topic != "":
		s.topic = "bout " + topic
	case strings.Contains(frame, "{asked}") && asked != "":
		s.topic = "bout " + asked
	case frames[0] == honestFrames[0]:
		s.credit = true
	}
	return s
}

// topicIn is a phrase of a text as one is taken up: one or two words behind an article, before
// punctuation or a stop word. It is empty where there is none.
func (k talker) topicIn(text string) string {
	found := slices.DeleteFunc(nounPhrase.FindAllStringSubmatch(text, -1), func(m []string) bool {
		return len(retrieval.Words(m[1])) < strings.Count(m[1], " ") || len(retrieval.Words(m[2])) > 0
	})
	if len(found) == 0 {
		return ""
	}
	return found[k.IntN(len(found))][1]
}

var nounPhrase = regexp.MustCompile(`\b((?:the|a) \p{Ll}+(?: \p{Ll}+)?)\b[^\pL]*(\pL*)`)

// judge decides what may stand in an answer around its quotations. It is written without the
// gate's code, and knows the program's introductions by their form.
type judge struct {
	frames map[string]*regexp.Regexp // by the speaker and the asker that they name
}

// objection is why an answer may not be shown; empty where it may.
func (j judge) objection(a *Answer, turns []retrieval.Hit) string {
	text, at := []rune(a.Text), 0
	var before *retrieval.Hit // the turn of the quotation before, unless its question was quoted since
	var last *retrieval.Hit   // the turn of the last quotation but for the questions quoted with others
	for _, c := range a.Citations {
		frame := string(text[at:c.AnswerStart])
		if string(text[c.AnswerStart:c.AnswerEnd]) != c.Quote {
			return "the text has other words than its citation"
		}
		end := fmt.Sprintf("” [%d]", c.Number)
		if at = c.AnswerEnd + len([]rune(end)); string(text[c.AnswerEnd:at]) != end {
			return "no mark and number close the quotation"
		}
		if before != nil && askedWith.MatchString(frame) {
			if q := before.Question; q == nil || q.Turn != c.Turn || before.Turn != q.Turn+1 || !strings.HasSuffix(strings.TrimSpace(q.Text), c.Quote) || c.Speaker != q.Speaker {
				return fmt.Sprintf("it is not the question that was answered, to its end: %q", c.Quote)
			}
			before = nil
			continue
		}
		for _, h := range turns {
			if h.TranscriptID == c.TranscriptID && h.Turn == c.Turn {
				if last != nil && last.Turn != h.Turn && last.Speaker != h.Speaker && !elsewhere.MatchString(frame) && !(h.Question != nil && h.Question.Turn == last.Turn && h.Turn == last.Turn+1) {
					return fmt.Sprintf("it seems to reply to another: %q", frame)
				}
				before, last = &h, &h
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

// askedWith leads from an answer to the question that it answers.
var askedWith = regexp.MustCompile(`^ The question was(?:, quoting(?: in part)?)?: “$`)

// elsewhere says of words that they do not answer what was quoted before.
var elsewhere = regexp.MustCompile(`^(?:\n\n)?Elsewhere, `)

// objectionTo is why the words before a quotation may not stand there. They are the program's
// introduction, which may say what the quotation is about: in a word or two in small letters
// that stand in the question that was asked, or in the quotation.
func (j judge) objectionTo(frame string, c Citation, h retrieval.Hit) string {
	m := j.introduction(h).FindStringSubmatch(frame)
	switch {
	case m == nil:
		return "it is not introduced with its own speaker alone"
	case m[3] == "asked" && !strings.Contains(c.Quote, "?"):
		return "nothing is asked"
	case m[3] == "declined to comment" && strings.TrimSpace(h.Text) != c.Quote:
		return "the turn does not decline alone"
	}
	for i, source := range []string{c.Quote, askedOf(h)} {
		if topic := m[1+i]; topic != "" && !strings.Contains(strings.ToLower(source), topic) {
			return "the record does not talk of " + topic
		}
	}
	return ""
}

func askedOf(h retrieval.Hit) string {
	if h.Question == nil {
		return ""
	}
	return h.Question.Text
}

// introduction is the form of the program's introduction to a quotation of a turn.
func (j judge) introduction(h retrieval.Hit) *regexp.Regexp {
	const affiliated = `(?: \([^()]*\))?`
	const topic = `(?:the|an?) (\p{Ll}[\p{Ll}-]*(?: \p{Ll}[\p{Ll}-]*)?)`
	said, asker := `(said|declined to comment)`, `()`
	if h.Role == model.RoleQuestion {
		said = `(said|asked)`
	}
	if h.Question != nil {
		asker = `(?:(?i:asked) by ` + regexp.QuoteMeta(string(h.Question.Speaker)) + affiliated + `(?: about ` + topic + `)?, )?`
	}
	pattern := `^(?:\n\n)?(?:Elsewhere, |(?i:(?:earlier |later )?in the same (?:answer|statement|turn), ))?(?:(?i:about) ` + topic + `, )?` + asker + regexp.QuoteMeta(string(h.Speaker)) + affiliated + ` ` + said +
		`(?:, quoting(?: in part)?)?(?: \([^()]*(?:\([^()]*\)[^()]*)*\))?: “$`
	if j.frames[pattern] == nil {
		j.frames[pattern] = regexp.MustCompile(pattern)
	}
	return j.frames[pattern]
}

// quotesQuestionOf reports whether an answer quotes a question that has a topic.
func quotesQuestionOf(a *Answer, topic string) bool {
	return slices.ContainsFunc(a.Citations, func(c Citation) bool { return c.Role == model.RoleQuestion && strings.Contains(c.Quote, topic) })
}

// TestNothingButTheRecord holds twenty thousand replies to the promise: around quotations
// stands nothing that a second judge does not allow; and what is true is shown.
func TestNothingButTheRecord(t *testing.T) {
	var shows []*shown
	short := slices.DeleteFunc(quotationtest.Turns(t), func(h retrieval.Hit) bool { return len(h.Text) > 500 }) // which take less time
	for turns := range slices.Chunk(short, 12) {
		shows = append(shows, showing(turns))
	}
	replies := rounds.Of(20_000)
	var statements, quotes, kept, topics, topicsKept, credits, creditsSilent, withheld int
	k := talker{forger{Rand: rand.New(rand.NewPCG(7, 8))}}
	j := judge{map[string]*regexp.Regexp{}}
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
			if s.topic != "" {
				topics++
				if strings.Contains(a.Text, s.topic) || quotesQuestionOf(a, strings.TrimPrefix(s.topic, "bout ")) {
					topicsKept++
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
	t.Logf("%d replies of %d statements, %d withheld in whole or part, nothing objected; %d of %d true quotations kept; of %d honest topics %d shown, in the question where it is quoted; of %d honest credits %d without a word withheld; at most %v a reply",
		replies, statements, withheld, kept, quotes, topics, topicsKept, credits, creditsSilent, longest)
	switch {
	case kept*1000 < quotes*995:
		t.Errorf("%d of %d true quotations kept", kept, quotes)
	case topicsKept*2 < topics:
		t.Errorf("%d of %d honest topics kept", topicsKept, topics)
	}
}
