package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/sentence"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const (
	roundTrips  = 200 // answers
	transcripts = 10
	turnsOfEach = 24
	publicURL   = "https://quotes.example"
)

// sentences are what people say in the transcripts; the number makes each one
// the only one of its kind.
var sentences = []string{
	"We will dredge the north channel %d times before the storms.", "It costs %d %% more & nobody, not even I, likes it.",
	"She called it “dredging no. %d” – and then ‘nothing’.", "They said \"%d boats\", 'perhaps'; it's theirs.", "Use *stars* %d, _lines_, `ticks` and ~tildes~ # here.",
	"The file a<b>c</b> &amp; d.txt has %d [links](https://evil.example/x?a=1&b=2).", "Write \\textbf{%d} or $x_{1}^2$ or {braces} and %% signs.",
	"1. A list item, number %d, begins.", "+ %d is a sum = 2.", "See www.example.com or mail a@b.example, entry %d.", "[^1]: note %d is no footnote.",
	"ابتدأت السنة %d في الميناء، قالت السيدة.", "הנמל נסגר %d פעמים, לדבריה.", "港は%d回閉鎖されました。", "항구는 %d번 닫혔습니다.", "Гавань закрыли %d раз, «навсегда».",
	"Το λιμάνι έκλεισε %d φορές;", "बंदरगाह %d बार बंद हुआ।", "ท่าเรือปิด %d ครั้ง", "Der Hafen schloß „%d-mal“, sagte er – früher …", "Un café à %d € ? « Oui ! »",
	"Fish 🐟 %d and families 👩‍👩‍👧 and flags 🇳🇴 and 𝔊𝔲𝔩𝔩.", "Cafe\u0301 no. %d is decomposed.", "No break\u00a0here, %d\u202fkm, a soft\u00adhyphen.", "(In brackets: [%d] {and} <so> on!)",
}

var people = []string{"Jane Roe", "John Poe", "Ludwig van der Roe Jr.", "ليلى حسن", "山田花子", "Ólafur O’Shea", "Roe & Sons", "N.N.", ""}

// record is a real library with what checks documents against it.
type record struct {
	*retrieval.Library
	verifier *answer.Verifier
	url      string
}

func openRecord(t *testing.T) record {
	t.Helper()
	url := postgrestest.Migrated(t)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	embedder := embeddings.NewBuiltin()
	store, err := postgres.Open(t.Context(), url, embedder.Model(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return record{retrieval.NewLibrary(store, embedder), answer.NewVerifier(store, publicURL, log), url}
}

// spoken is a transcript in Pullquote's own format.
type spoken struct {
	Title *string      `json:"title"`
	Date  *string      `json:"date"`
	Turns []spokenTurn `json:"turns"`
}

type spokenTurn struct {
	Speaker *string `json:"speaker"`
	Role    string  `json:"role"`
	Text    string  `json:"text"`
}

// speak makes up a transcript.
func speak(random *rand.Rand, number int) spoken {
	var s spoken
	if number%4 > 0 {
		title, date := fmt.Sprintf("Interview & <hearing> “no. %d” in *Port* {Roe} – مقابلة", number), "2031-04-02"
		s.Title, s.Date = &title, &date
	}
	for i := range turnsOfEach {
		turn := spokenTurn{Role: []string{"question", "answer", "statement", "narration"}[random.IntN(4)]}
		if name := people[random.IntN(len(people))]; name != "" && turn.Role != "narration" {
			turn.Speaker = &name
		}
		for j := range 1 + random.IntN(6) {
			if j > 0 {
				turn.Text += []string{" ", " ", "\n\n"}[random.IntN(3)]
			}
			turn.Text += fmt.Sprintf(sentences[random.IntN(len(sentences))], number*10_000+i*100+j)
		}
		s.Turns = append(s.Turns, turn)
	}
	return s
}

func (r record) add(t *testing.T, s spoken, number int) retrieval.StoredTranscript {
	t.Helper()
	file, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	added, created, err := r.Add(t.Context(), retrieval.AddRequest{Data: file, Options: transcript.Options{Filename: fmt.Sprintf("talk-%d.json", number)}})
	if err != nil || !created {
		t.Fatalf("the transcript was not added: %v", err)
	}
	return added
}

// quote cites a random run of sentences of a transcript.
func (r record) quote(t *testing.T, random *rand.Rand, of retrieval.StoredTranscript) answer.Citation {
	t.Helper()
	turns, err := r.Turns(t.Context(), of.ID)
	if err != nil {
		t.Fatal(err)
	}
	turn := turns[random.IntN(len(turns))]
	spans := sentence.Split(turn.Text)
	first := random.IntN(len(spans))
	last := min(len(spans)-1, first+random.IntN(3))
	start, end := spans[first].Start, spans[last].End
	c := answer.Citation{
		Quote: string([]rune(turn.Text)[start:end]), Status: answer.StatusExact, TranscriptID: of.ID, TranscriptTitle: of.Title, Collection: of.Collection,
		Date: of.Date, Version: of.Version, SHA256: of.SHA256, Turn: turn.Index, Speaker: turn.Speaker, Role: turn.Role,
		Start: turn.Start + start, End: turn.Start + end,
	}
	if turn.Answers != nil {
		asked := turns[*turn.Answers]
		c.Question = &retrieval.QuestionTurn{Turn: asked.Index, Speaker: asked.Speaker, Text: asked.Text, Start: asked.Start, End: asked.End}
	}
	if random.IntN(2) == 0 { // a recording whose address looks like a place in a transcript
		ms := random.Int64N(5_000_000)
		c.StartMS, c.MediaURL = &ms, "https://media.example/t/0192a000-0000-7000-8000-000000000001/a_(b)*.html?x=[1]&y='#turn-3"
	}
	c.URL = fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-%d", publicURL, of.ID, c.Start, c.End, c.Turn)
	return c
}

// answerOf puts citations into an answer, with prose that would be markup.
func answerOf(random *rand.Rand, citations []answer.Citation) answer.Answer {
	a := answer.Answer{Question: "What of “we dredge at night”, & <b>who</b> *said* \"so on and so forth\"?", Mode: answer.ModeExtractive, Answerable: true, CreatedAt: time.Unix(1_900_000_000, 0)}
	prose := []string{"Roe answered: ", "# In the *same* answer, ", "<i>They</i> [said](x): ", "وقالت: ", "1. And & then, ", "[^1]: "}
	for i, c := range citations {
		if i > 0 {
			a.Text += []string{" ", "\n\n"}[random.IntN(2)]
		}
		a.Text += prose[random.IntN(len(prose))] + "“"
		c.Number, c.AnswerStart = i+1, len([]rune(a.Text))
		c.AnswerEnd = c.AnswerStart + len([]rune(c.Quote))
		a.Text += fmt.Sprintf("%s” [%d].", c.Quote, c.Number)
		a.Citations = append(a.Citations, c)
	}
	return a
}

// document is an answer that was exported.
type document struct {
	format    string
	file      []byte
	citations []answer.Citation
}

func (r record) export(t *testing.T, a answer.Answer, style string, formats ...string) []document {
	t.Helper()
	d, err := export.NewDocument(t.Context(), r, []answer.Answer{a}, style)
	if err != nil {
		t.Fatal(err)
	}
	var documents []document
	for _, name := range formats {
		format, err := export.FormatOf(name)
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := format.Write(&file, d); err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document{name, file.Bytes(), a.Citations})
	}
	return documents
}

// recheck reads documents back and counts what has become of their quotations. It
// holds each to what is wanted of it.
func (r record) recheck(t *testing.T, documents []document, want func(answer.Citation) answer.Status) map[answer.Status]int {
	t.Helper()
	var quotes []answer.CitedQuote
	var citations []answer.Citation
	var formats []string
	for _, d := range documents {
		exported, ok, err := export.Read(d.file, draft.Source{})
		if err != nil || !ok || len(exported.Quotes) != len(d.citations) {
			t.Fatalf("%s with %d quotations was read as %d (%v):\n%s", d.format, len(d.citations), len(exported.Quotes), err, d.file)
		}
		rest, err := draft.Read([]byte(exported.Rest), draft.Source{ContentType: "text/plain"})
		if err != nil || len(rest.Quotes) > 0 {
			t.Errorf("%s has other quotations, %+v (%v):\n%s", d.format, rest, err, d.file)
		}
		quotes = append(quotes, exported.Quotes...)
		for _, c := range d.citations {
			citations, formats = append(citations, c), append(formats, d.format)
		}
	}
	verdicts, err := r.verifier.Recheck(t.Context(), r, quotes)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[answer.Status]int{}
	for i, v := range verdicts {
		counts[v.Status]++
		if status := want(citations[i]); v.Status != status {
			t.Errorf("%s: “%s” at %d of turn %d is %s, want %s: %+v", formats[i], citations[i].Quote, citations[i].Start, citations[i].Turn, v.Status, status, v)
		}
	}
	return counts
}

// Whatever answers quote, it is confirmed when it comes back; and whatever
// happens to a transcript is told of the quotations that it happens to.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	r := openRecord(t)
	var talks []spoken
	var stored []retrieval.StoredTranscript
	for i := range transcripts {
		talks = append(talks, speak(random, i))
		stored = append(stored, r.add(t, talks[i], i))
	}
	var documents []document
	for i := range roundTrips {
		var citations []answer.Citation
		for range 1 + random.IntN(5) {
			citations = append(citations, r.quote(t, random, stored[random.IntN(transcripts)]))
		}
		documents = append(documents, r.export(t, answerOf(random, citations), export.Styles()[i%3].Name, "md", "html", "docx", "json")...)
	}

	t.Log("as stored:", r.recheck(t, documents, func(answer.Citation) answer.Status { return answer.StatusUnchanged }))

	altered := documents[0].citations[0]
	at := r.alter(t, altered)
	t.Log("one character altered in the record:", r.recheck(t, documents, func(c answer.Citation) answer.Status {
		if c.TranscriptID == altered.TranscriptID && c.Start <= at && at < c.End {
			return answer.StatusChanged
		}
		return answer.StatusUnchanged
	}))
	r.restore(t, altered, at)

	const edited = 1 // it begins anew, and one number in a quotation is another
	was := numberIn(documents, stored[edited])
	talk := talks[edited]
	talk.Turns = append([]spokenTurn{{Role: "narration", Text: "Corrected on Monday."}}, talk.Turns...)
	for i := range talk.Turns {
		talk.Turns[i].Text = strings.ReplaceAll(talk.Turns[i].Text, was, "19999")
	}
	r.add(t, talk, edited)
	const deleted = 2
	if err := r.Delete(t.Context(), stored[deleted].ID); err != nil {
		t.Fatal(err)
	}
	counts := r.recheck(t, documents, func(c answer.Citation) answer.Status {
		switch {
		case c.TranscriptID == stored[deleted].ID:
			return answer.StatusGone
		case c.TranscriptID != stored[edited].ID:
			return answer.StatusUnchanged
		case strings.Contains(c.Quote, was):
			return answer.StatusChanged
		}
		return answer.StatusMoved
	})
	t.Log("one transcript edited and one deleted:", counts)
	if len(counts) != 4 {
		t.Errorf("want quotations that are unchanged, moved, changed and gone: %v", counts)
	}
}

// A PDF comes back too, unless it shows characters in the order in which they are seen, or a
// square for them: those who have it are told to give another format.
func TestRoundTripOfPDFs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	r := openRecord(t)
	stored := r.add(t, speak(random, 1), 1)
	var whole []document
	lost := 0
	for i := range 60 {
		var citations []answer.Citation
		for range 1 + random.IntN(4) {
			citations = append(citations, r.quote(t, random, stored))
		}
		a := answerOf(random, citations)
		pdf := r.export(t, a, export.Styles()[i%3].Name, "pdf")
		turned := strings.ContainsFunc(a.Text, func(c rune) bool { return unicode.In(c, unicode.Arabic, unicode.Hebrew) })
		switch _, ok, err := export.Read(pdf[0].file, draft.Source{}); {
		case err != nil && strings.Contains(err.Error(), "export the answer as md, html, docx or json"):
			lost++
		case err != nil || !ok:
			t.Errorf("read %t, %v", ok, err)
		case !turned:
			whole = append(whole, pdf...)
		}
	}
	if len(whole) < 10 || lost < 10 {
		t.Errorf("%d answers that a PDF keeps and %d that it does not are too few", len(whole), lost)
	}
	t.Log("as stored:", r.recheck(t, whole, func(answer.Citation) answer.Status { return answer.StatusUnchanged }))
}

// numberIn is the number of a sentence that is quoted from a transcript.
func numberIn(documents []document, from retrieval.StoredTranscript) string {
	for _, d := range documents {
		for _, c := range d.citations {
			if number := regexp.MustCompile(`\d{5}`).FindString(c.Quote); c.TranscriptID == from.ID && number != "" {
				return number
			}
		}
	}
	return "nothing is quoted"
}

// alter puts another letter in the place of one within a quotation, behind the
// program's back. It returns the place.
func (r record) alter(t *testing.T, c answer.Citation) int {
	t.Helper()
	for i, letter := range []rune(c.Quote) {
		if unicode.IsLetter(letter) {
			r.overlay(t, c, c.Start+i, "Ѯ")
			return c.Start + i
		}
	}
	t.Fatalf("“%s” has no letter", c.Quote)
	return 0
}

func (r record) restore(t *testing.T, c answer.Citation, at int) {
	t.Helper()
	r.overlay(t, c, at, string([]rune(c.Quote)[at-c.Start]))
}

func (r record) overlay(t *testing.T, c answer.Citation, at int, letter string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), r.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, statement := range []string{
		`UPDATE turns SET text = overlay(text PLACING $3 FROM $2 - start_char + 1 FOR 1) WHERE transcript_id = $1 AND start_char <= $2 AND $2 < end_char`,
		`UPDATE transcripts SET text = overlay(text PLACING $3 FROM $2 + 1 FOR 1) WHERE id = $1`,
	} {
		if tag, err := conn.Exec(t.Context(), statement, c.TranscriptID, at, letter); err != nil || tag.RowsAffected() != 1 {
			t.Fatalf("the record was not altered: %s %v", tag, err)
		}
	}
}
