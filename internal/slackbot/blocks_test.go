package slackbot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

const answerID = "0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e"

var shown = look{PublicURL: "https://pullquote.example", Citations: true}

// roe is a quotation of Jane Roe's.
func roe(quote string) answer.Citation {
	return answer.Citation{
		Quote: quote, TranscriptID: "0198c5a2-0000-7000-8000-000000000001", TranscriptTitle: "Harbour briefing", Date: "2026-03-04",
		Turn: 7, Speaker: "Jane Roe", Affiliation: "Harbour Authority", Role: model.RoleAnswer, Start: 400, End: 400 + utf8.RuneCountInString(quote),
	}
}

// poe is a quotation from a question of John Poe's.
func poe(quote string) answer.Citation {
	c := roe(quote)
	c.Turn, c.Speaker, c.Affiliation, c.Role = 6, "John Poe", "Tide Weekly", model.RoleQuestion
	return c
}

// aloud is a quotation that its speaker reads aloud.
func aloud(c answer.Citation) answer.Citation {
	c.ReadAloud, c.ReadAloudSpans = true, []sentence.Span{{Start: c.Start, End: c.End}}
	return c
}

// doubtful is a quotation whose speaker is uncertain.
func doubtful(c answer.Citation) answer.Citation {
	c.Label, c.Doubt = "POE 2", "the label stands once"
	return c
}

// recorded is a quotation of which there is a recording.
func recorded(c answer.Citation, link string, ms int64) answer.Citation {
	c.MediaURL, c.StartMS = model.Optional(link), &ms
	return c
}

// write makes an answer of statements, each of prose (string) and quotations
// (answer.Citation) in turn, as package answer writes them.
func write(statements ...[]any) *answer.Answer {
	a := &answer.Answer{ID: answerID, Question: "When does the harbour open?", Mode: answer.ModeLLM, Model: "scripted", Answerable: true}
	for i, parts := range statements {
		var text strings.Builder
		if i > 0 {
			text.WriteString(" ")
		}
		numbers := []int{}
		for _, part := range parts {
			c, quoted := part.(answer.Citation)
			if !quoted {
				text.WriteString(part.(string))
				continue
			}
			c.Number = len(a.Citations) + 1
			c.URL = fmt.Sprintf("https://pullquote.example/t/%s?start=%d&end=%d#turn-%d", c.TranscriptID, c.Start, c.End, c.Turn)
			c.AnswerStart = utf8.RuneCountInString(a.Text+text.String()) + 1
			c.AnswerEnd = c.AnswerStart + utf8.RuneCountInString(c.Quote)
			fmt.Fprintf(&text, "“%s” [%d]", c.Quote, c.Number)
			numbers = append(numbers, c.Number)
			a.Citations = append(a.Citations, c)
		}
		a.Text += text.String()
		a.Statements = append(a.Statements, answer.Statement{Text: strings.TrimSpace(text.String()), Citations: numbers})
	}
	return a
}

func with(a *answer.Answer, change func(*answer.Answer)) *answer.Answer {
	change(a)
	return a
}

const (
	hostile = "<!channel> <@U024BE7LH> <#C024BE7LR|general> <https://evil.example|here> https://evil.example *bold* :tada: " +
		`{"type":"section","text":{"type":"mrkdwn","text":"<!here>"}} &amp; <!date^1^{date}|x>`
	turned = "He paid \u202Eyllacigam\u202C \u2066nothing\u2069\u0007 at all.\u200F"
)

// example is an answer and how it is shown.
type example struct {
	name   string
	answer *answer.Answer
	look   look
}

func examples() []example {
	twoParagraphs := "We open the harbour in spring.\n\nNot before the ice is gone."
	return []example{
		{"one quotation", write([]any{"Jane Roe (Harbour Authority) said (Harbour briefing, 4 March 2026): ", roe("We open the harbour in spring.")}), shown},
		{"plain links", write([]any{"Jane Roe said: ", roe("We open the harbour in spring.")}), look{PublicURL: "https://pullquote.example"}},
		{"with recordings", write(
			[]any{"Jane Roe said: ", recorded(roe("We open the harbour in spring."), "https://media.example/a_*b*.mp3?x=1&y=(2)#t=725.5", 725_500)},
			[]any{"She said: ", recorded(roe("In spring."), "javascript:alert(1)", 1)},
		), shown},
		{"several in one statement", write([]any{
			"Roe said ", roe(twoParagraphs), " (Harbour briefing, 4 March 2026), and when asked again said ", roe("In spring."), ", which she repeated: ", roe("Spring."), " (Harbour briefing, 4 March 2026).",
		}), shown},
		{"two speakers", write(
			[]any{"John Poe asked: ", poe("Will it open in winter?"), "."},
			[]any{"Jane Roe answered: ", roe("No.")},
			[]any{"Nothing by Ada Moe on this was found."},
		), shown},
		{"doubtful and read aloud", write(
			[]any{"Jane Roe said, quoting: ", aloud(roe("The northern wall is rotten from end to end."))},
			[]any{"Speaker uncertain (printed: POE 2), asking: ", doubtful(poe("Who paid for the lanterns?"))},
			[]any{"Others paid: ", doubtful(roe("The fishers paid for the lanterns.")), " (speaker uncertain (printed: POE 2))."},
		), shown},
		{"declined", &answer.Answer{ID: answerID, Text: answer.NotAnswered, Mode: answer.ModeExtractive, Nearest: []retrieval.Hit{
			{TranscriptID: "0198c5a2-0000-7000-8000-000000000001", Title: "Harbour briefing", Date: "2026-03-04", Turn: 7, Speaker: "Jane Roe", Role: model.RoleAnswer, Start: 400, End: 470, Text: "We open the harbour in spring. " + strings.Repeat("It is a long story which goes on. ", 10)},
			{TranscriptID: "0198c5a2-0000-7000-8000-000000000002", Turn: 3, Role: model.RoleQuestion, Start: 90, End: 490, Text: strings.Repeat("and then ", 50) + "it ended."},
		}}, shown},
		{"over the limits", write(repeated(40, "Jane Roe said: ", roe(strings.Repeat("The harbour is open in spring. ", 20)+"So it is."))...), shown},
		{"a quotation longer than the room", write(
			[]any{"Jane Roe read the whole order: ", roe(strings.Repeat("The harbour is open in spring. ", 400) + "So it is.")},
			[]any{"She then said: ", roe("That is all.")},
		), shown},
		{"private", write([]any{"Jane Roe said: ", roe("In spring.")}), look{PublicURL: "https://pullquote.example", Citations: true, Private: true, Model: true}},
		{"notice and withheld", with(write([]any{"Jane Roe said: ", roe("In spring.")}), func(a *answer.Answer) {
			a.Notice = "The embedding server did not answer; the search was by words alone."
			a.Withheld = []answer.Withheld{{Text: "“Never,” said Roe.", Reason: answer.ReasonFabricated}, {Text: "“Soon,” said Poe.", Reason: answer.ReasonFabricated}}
		}), shown},
		{"hostile text", with(write(
			[]any{hostile + " " + turned + ": ", hostileCitation()},
			[]any{strings.Repeat("x", 100_000)},
		), func(a *answer.Answer) { a.Question, a.Notice = hostile, hostile }), shown},
	}
}

func TestAnswerMessage(t *testing.T) {
	for _, tt := range examples() {
		t.Run(tt.name, func(t *testing.T) {
			m := answerMessage(tt.answer, tt.look)
			checkMessage(t, m)
			checkShown(t, tt.name, m)
		})
	}
}

func hostileCitation() answer.Citation {
	c := roe("Say " + hostile + ", she said.")
	c.Speaker, c.Affiliation, c.TranscriptTitle = "<@U024BE7LH> \u202Eeod", "*bold*\n:tada:", "<https://evil.example|Title>"
	return c
}

func repeated(n int, parts ...any) [][]any {
	statements := make([][]any, n)
	for i := range statements {
		statements[i] = parts
	}
	return statements
}

// checkShown holds a message to the golden file of its name.
func checkShown(t *testing.T, name string, m any) {
	t.Helper()
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".json"), encoded.Bytes())
}

// checkMessage holds a message to the limits, and to showing nothing active but
// our own links.
func checkMessage(t *testing.T, m Message) {
	t.Helper()
	checkBlocks(t, m.Blocks)
	if units(m.Text) > maxNotification {
		t.Errorf("the notification has %d characters", units(m.Text))
	}
	if strings.ContainsAny(m.Text, "<>\n") || strings.Contains(m.Text, "*bold*") || strings.Contains(m.Text, ":tada:") || strings.Contains(m.Text, "https://") {
		t.Errorf("the notification %q has markup", m.Text)
	}
}

func checkBlocks(t *testing.T, blocks []slack.Block) {
	t.Helper()
	if len(blocks) > maxBlocks || weight(blocks) > maxCharacters {
		t.Errorf("%d blocks of %d characters", len(blocks), weight(blocks))
	}
	checkElements(t, blocks)
}

func checkElements(t *testing.T, blocks []slack.Block) {
	t.Helper()
	encoded, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		t.Fatal(err)
	}
	walk(decoded, func(object map[string]any) {
		text, _ := object["text"].(string)
		if units(text) > maxText {
			t.Errorf("a text of %d characters", units(text))
		}
		if text != words.Inert(text) || !utf8.ValidString(text) {
			t.Errorf("the text %q is not clean", text)
		}
		switch kind := object["type"]; kind {
		case "mrkdwn", "user", "usergroup", "channel", "broadcast", "emoji", "date", "team", "markdown":
			t.Errorf("an element of type %s", kind)
		case "link", "citation":
			if address := object["url"].(string); !strings.HasPrefix(address, "https://pullquote.example/") && !strings.HasPrefix(address, "https://media.example/") {
				t.Errorf("a link to %s", address)
			}
		case "text", "plain_text":
			if text == "" {
				t.Error("an empty text")
			}
			if emoji, _ := object["emoji"].(bool); emoji {
				t.Errorf("%q may have emoji", text)
			}
		case "rich_text_section", "rich_text_quote", "rich_text_list":
			if elements, _ := object["elements"].([]any); len(elements) == 0 {
				t.Errorf("an empty %s", kind)
			}
		}
	})
}

// walk visits all objects of decoded JSON.
func walk(value any, visit func(map[string]any)) {
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			walk(e, visit)
		}
	case map[string]any:
		visit(v)
		for _, e := range v {
			walk(e, visit)
		}
	}
}

// quotations are the words in the quotation elements of blocks.
func quotations(blocks []slack.Block) []string {
	var all []string
	for _, b := range blocks {
		rich, ok := b.(*slack.RichTextBlock)
		if !ok {
			continue
		}
		for _, e := range rich.Elements {
			if q, ok := e.(*slack.RichTextQuote); ok {
				all = append(all, textOf(q.Elements))
			}
		}
	}
	return all
}

func textOf(elements []slack.RichTextSectionElement) string {
	var text strings.Builder
	for _, e := range elements {
		if e, ok := e.(*slack.RichTextSectionTextElement); ok {
			text.WriteString(e.Text)
		}
	}
	return text.String()
}

// statementBlocks are those of one statement without a bound: a block for each quotation
// with the prose that leads to it, and one for prose after the last.
func statementBlocks(text string, citations []answer.Citation, o look) []slack.Block {
	var blocks []slack.Block
	for _, p := range divide(text, citations) {
		blocks = append(blocks, p.block(o))
	}
	return blocks
}
