package answer_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// answers is an answer.Store in memory, of conversations.
type answers []answer.Conversation

func (s *answers) SaveAnswer(ctx context.Context, a *answer.Answer, begins bool) error {
	if begins {
		*s = append(*s, answer.Conversation{ID: a.ConversationID, CreatedAt: a.CreatedAt})
	}
	c, err := s.Conversation(ctx, a.ConversationID)
	if err != nil {
		return err
	}
	c.Answers = append(c.Answers, *a)
	return nil
}

func (s *answers) Answer(_ context.Context, id string) (*answer.Answer, error) {
	for _, c := range *s {
		for i := range c.Answers {
			if c.Answers[i].ID == id {
				return &c.Answers[i], nil
			}
		}
	}
	return nil, fault.New(fault.NotFound, "there is no answer %s", id)
}

func (s *answers) Conversation(_ context.Context, id string) (*answer.Conversation, error) {
	for i := range *s {
		if (*s)[i].ID == id {
			return &(*s)[i], nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no conversation %s", id)
}

func (s *answers) Questions(ctx context.Context, id string, last int) ([]string, error) {
	c, err := s.Conversation(ctx, id)
	if err != nil {
		return nil, err
	}
	var questions []string
	for _, a := range c.Answers[max(0, len(c.Answers)-last):] {
		questions = append(questions, a.Question)
	}
	return questions, nil
}

// Feedback is tested with the real store.
func (s *answers) SaveFeedback(context.Context, *answer.Feedback) error { return nil }

func (s *answers) Feedback(context.Context, answer.FeedbackQuery) (page answer.FeedbackPage, err error) {
	return page, nil
}

func (s *answers) Claim(_ context.Context, c answer.Claim) (string, error) { return c.ID, nil }

func (s *answers) NewConversation(_ context.Context, c *answer.Conversation) error {
	*s = append(*s, *c)
	return nil
}

func (s *answers) Conversations(context.Context, answer.ConversationsQuery) (page answer.ConversationsPage, err error) {
	for _, c := range slices.Backward(*s) {
		page.Conversations = append(page.Conversations, answer.ConversationSummary{ID: c.ID, CreatedAt: c.CreatedAt, AnswerCount: len(c.Answers)})
	}
	return page, nil
}

// Lists and deletions of answers, and titles, are tested with the real store.
func (s *answers) Answers(context.Context, answer.ConversationsQuery) (page answer.AnswersPage, err error) {
	return page, nil
}

func (s *answers) DeleteAnswer(context.Context, string) error { return nil }

func (s *answers) NameConversation(context.Context, string, string) error { return nil }

func (s *answers) DeleteConversation(_ context.Context, id string) error {
	*s = slices.DeleteFunc(*s, func(c answer.Conversation) bool { return c.ID == id })
	return nil
}

// newService answers from the transcripts of an archive.
func newService(t testing.TB, archive *txtar.Archive) (*answer.Service, *retrievaltest.Memory) {
	t.Helper()
	record := new(retrievaltest.Memory)
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "transcripts/") {
			retrievaltest.Add(t, record, retrieval.DefaultCollection, string(f.Data))
		}
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), log)
	return answer.NewService(searcher, new(answers), nil, "http://pullquote.test", log), record
}

func readArchive(t testing.TB) *txtar.Archive {
	t.Helper()
	return readArchiveOf(t, "testdata/extractive.txtar")
}

func readArchiveOf(t testing.TB, path string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

func TestExtractive(t *testing.T) { testExtractive(t, "testdata/extractive.txtar") }

// TestAbout asks about the record itself.
func TestAbout(t *testing.T) { testExtractive(t, "testdata/about.txtar") }

// TestUnspaced asks in Japanese, Chinese, Thai and Korean.
func TestUnspaced(t *testing.T) { testExtractive(t, "testdata/unspaced.txtar") }

// TestUnspacedUnseen asks about what nothing was set by, so that it shows what to
// expect, mistakes included.
func TestUnspacedUnseen(t *testing.T) { testExtractive(t, "testdata/unspaced-unseen.txtar") }

// TestWhoseWords asks for words that are doubtful or read aloud.
func TestWhoseWords(t *testing.T) { testExtractive(t, "testdata/doubt.txtar") }

// TestPersons asks for the words of persons and of several transcripts.
func TestPersons(t *testing.T) { testExtractive(t, "testdata/persons.txtar") }

// testExtractive holds the answers of an archive to those that it has.
func testExtractive(t *testing.T, path string) {
	archive := golden.Open(t, path)
	service, record := newService(t, archive.Archive)
	for i := 0; i < len(archive.Files); i++ {
		name, isQuestion := strings.CutPrefix(archive.Files[i].Name, "ask/")
		if !isQuestion {
			continue
		}
		t.Run(name, func(t *testing.T) {
			got, err := service.Answer(t.Context(), answer.Request{Question: strings.TrimSpace(string(archive.Files[i].Data))}, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkAnswer(t, record, got)
			archive.Check(t, i+1, "answer/"+name, describe(got))
		})
	}
}

// describe is an answer as the archive has it.
func describe(a *answer.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "answerable: %v\n\n%s\n\n", a.Answerable, a.Text)
	if a.Notice != "" {
		fmt.Fprintf(&b, "notice: %s\n\n", a.Notice)
	}
	for _, c := range a.Citations {
		fmt.Fprintf(&b, "[%d] %s turn %d %d:%d, %s %q\n", c.Number, c.TranscriptTitle, c.Turn, c.Start, c.End, c.Role, c.Speaker)
		if c.Doubt != "" {
			fmt.Fprintf(&b, "    printed %q, doubt: %s\n", c.Label, c.Doubt)
		}
		for _, s := range c.ReadAloudSpans {
			fmt.Fprintf(&b, "    read aloud: %d:%d\n", s.Start, s.End)
		}
	}
	for _, h := range a.Nearest {
		fmt.Fprintf(&b, "near: %s turn %d\n", h.Title, h.Turn)
	}
	return b.String()
}

// checkAnswer holds an answer to the promise: every quotation is a span of the
// record within one turn, with that turn's speaker, and nothing else stands
// between quotation marks.
func checkAnswer(t *testing.T, record retrieval.Store, a *answer.Answer) {
	t.Helper()
	prose := []rune(a.Text)
	covered := make([]bool, len(prose))
	last := 0 // the end of the quotation before
	for _, c := range a.Citations {
		text, err := record.Text(t.Context(), c.TranscriptID)
		if err != nil {
			t.Fatal(err)
		}
		if got := string([]rune(text)[c.Start:c.End]); got != c.Quote {
			t.Errorf("citation %d quotes %q where the record has %q", c.Number, c.Quote, got)
		}
		if got := string(prose[c.AnswerStart:c.AnswerEnd]); got != c.Quote {
			t.Errorf("citation %d covers %q in the answer, want %q", c.Number, got, c.Quote)
		}
		for i := c.AnswerStart - 1; i <= c.AnswerEnd; i++ {
			covered[i] = true
		}
		turns, err := record.Turns(t.Context(), c.TranscriptID)
		if err != nil {
			t.Fatal(err)
		}
		turn := turns[c.Turn]
		if c.Start < turn.Start || c.End > turn.End || c.Speaker != turn.Speaker || c.Role != turn.Role || c.Affiliation != turn.Affiliation {
			t.Errorf("citation %d is %+v, its turn %+v", c.Number, c, turn)
		}
		if before := string(prose[:c.AnswerStart-1]); c.Doubt != turn.Doubt || c.Doubt != "" && !strings.Contains(strings.ToLower(before), "speaker uncertain") {
			t.Errorf("citation %d has the doubt %q, its turn %q, and the answer says: %s", c.Number, c.Doubt, turn.Doubt, before)
		}
		checkReadAloud(t, turn, c, string(prose[last:c.AnswerStart-1]))
		last = c.AnswerEnd
		if !strings.HasSuffix(c.Prefix+c.Quote, c.Quote) || !strings.Contains(turn.Text, c.Prefix+c.Quote+c.Suffix) {
			t.Errorf("citation %d has prefix %q and suffix %q", c.Number, c.Prefix, c.Suffix)
		}
	}
	for i, r := range prose {
		if strings.ContainsRune("“”\"«»„", r) && !covered[i] {
			t.Errorf("the answer has %q at %d, outside every citation: %s", r, i, a.Text)
		}
	}
}

// checkReadAloud holds that nothing read aloud is shown without the word, nor anything
// else with it.
func checkReadAloud(t *testing.T, turn model.Turn, c answer.Citation, introduction string) {
	t.Helper()
	aloud := quotes.Within(sentence.Span{Start: c.Start, End: c.End}, turn.Start, quotes.ReadAloud(turn.Text, string(turn.Continues)))
	if c.ReadAloud != (len(aloud) > 0) || !slices.Equal(aloud, c.ReadAloudSpans) || strings.Contains(introduction, ", quoting") != c.ReadAloud {
		t.Errorf("citation %d has read aloud %v, its turn %v, and the answer says: %s", c.Number, c.ReadAloudSpans, aloud, introduction)
	}
}

func TestFollowUp(t *testing.T) {
	archive := readArchive(t)
	service, record := newService(t, archive)
	first, err := service.Answer(t.Context(), answer.Request{Question: "What does Ole Brandt say about the toll?"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := service.Answer(t.Context(), answer.Request{Question: "Why did he vote against it?", ConversationID: first.ConversationID}, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkAnswer(t, record, second)
	if second.ConversationID != first.ConversationID || !strings.Contains(second.Text, "because a toll keeps the islands poor") {
		t.Errorf("the follow-up in conversation %s answers %s", second.ConversationID, second.Text)
	}
	c, err := service.Conversation(t.Context(), first.ConversationID)
	if err != nil || len(c.Answers) != 2 {
		t.Errorf("the conversation is %+v, %v", c, err)
	}
}

// Collections are asked in their order until one answers; that the others do not is
// not told.
func TestCollectionsInOrder(t *testing.T) {
	service, record := newService(t, readArchive(t))
	id := uuid.Must(uuid.NewV7()).String()
	var told strings.Builder
	got, err := service.Answer(t.Context(), answer.Request{
		ID: id, Question: "What does Ole Brandt say about the toll?", Collections: []string{"empty", retrieval.DefaultCollection, "more"},
	}, func(e answer.Event) error {
		if d, ok := e.(answer.Delta); ok {
			told.WriteString(d.Text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	checkAnswer(t, record, got)
	if got.ID != id || !got.Answerable || got.Filter.Collection != retrieval.DefaultCollection || told.String() != got.Text {
		t.Errorf("told %q; the answer is %+v", told.String(), got)
	}
	none, err := service.Answer(t.Context(), answer.Request{Question: "What does Ole Brandt say?", Collections: []string{"empty", "more"}}, nil)
	if err != nil || none.Text != answer.NotAnswered || none.Filter.Collection != "more" {
		t.Errorf("of empty collections: %+v, %v", none, err)
	}
}

// A conversation that is deleted while an answer is being written stays deleted,
// and who asked gets the answer all the same.
func TestConversationDeletedMeanwhile(t *testing.T) {
	service, _ := newService(t, readArchive(t))
	c, err := service.NewConversation(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	req := answer.Request{Question: "What does Ole Brandt say about the toll?", ConversationID: c.ID}
	got, err := service.Answer(t.Context(), req, func(e answer.Event) error {
		if _, begins := e.(answer.Retrieval); begins {
			return service.DeleteConversation(t.Context(), c.ID)
		}
		return nil
	})
	if err != nil || len(got.Citations) == 0 || !strings.Contains(got.Notice, "not kept") {
		t.Errorf("the answer is %+v, %v", got, err)
	}
	if _, err := service.Conversation(t.Context(), c.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the deleted conversation: %v", err)
	}
}

// What is not in the record is not found; why, is told only where words were so
// common that they could not be looked for everywhere.
func TestVerifyTellsWhyNot(t *testing.T) {
	_, record := newService(t, readArchive(t))
	verifier := answer.NewVerifier(record, "", slog.New(slog.DiscardHandler))
	for quote, note := range map[string]string{
		"Zebras quarrelled.": "",
		"They were not.":     "its words are too common to have been looked for everywhere; name the speaker or narrow the filter",
	} {
		got, err := verifier.Verify(t.Context(), answer.DraftQuote{Text: quote}, retrieval.Filter{})
		if err != nil || got.Status != answer.StatusNotFound || got.Note != note {
			t.Errorf("%q is %s, note %q, %v; want not_found, note %q", quote, got.Status, got.Note, err, note)
		}
	}
}

// Words are found within a sentence that has no spaces, and so is a quotation.
func TestVerifyUnspaced(t *testing.T) {
	_, record := newService(t, readArchiveOf(t, "testdata/unspaced.txtar"))
	verifier := answer.NewVerifier(record, "", slog.New(slog.DiscardHandler))
	for _, tt := range []struct {
		name, quote string
		want        answer.Status
	}{
		{"Japanese, within a sentence", "残りは町が十年かけて払います", answer.StatusExact},
		{"Japanese, one character altered", "残りは国が十年かけて払います", answer.StatusAltered},
		{"Japanese, of two turns", "新しい桟橋ができると定員は百二十人で", answer.StatusStitched},
		{"Japanese, not in the record", "空港の滑走路は完成しました", answer.StatusNotFound},
		{"Chinese", "渔民协会反对这个计划", answer.StatusExact},
		{"Thai, within a run without spaces", "ชาวประมงคัดค้าน", answer.StatusExact},
		{"Thai, not in the record", "สนามบินจะสร้างเสร็จ", answer.StatusNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := verifier.Verify(t.Context(), answer.DraftQuote{Text: tt.quote}, retrieval.Filter{})
			if err != nil || got.Status != tt.want || got.Note != "" && tt.want == answer.StatusNotFound {
				t.Errorf("%q is %s, note %q, %v; want %s", tt.quote, got.Status, got.Note, err, tt.want)
			}
		})
	}
}

// TestEvents holds the events to the answer: the deltas make up its text, and a
// citation comes before the words that it covers.
func TestEvents(t *testing.T) {
	service, _ := newService(t, readArchive(t))
	var text strings.Builder
	var cited []answer.Citation
	retrieved := false
	got, err := service.Answer(t.Context(), answer.Request{Question: "What do Brandt and Voss say about the toll?"}, func(e answer.Event) error {
		switch e := e.(type) {
		case answer.Retrieval:
			retrieved = len(e.Hits) > 0 && text.Len() == 0
		case answer.Cited:
			cited = append(cited, e.Citation)
		case answer.Delta:
			text.WriteString(e.Text)
			if strings.Contains(e.Text, "“") && !strings.Contains(e.Text, cited[len(cited)-1].Quote) {
				t.Errorf("%q came before its citation", e.Text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !retrieved || text.String() != got.Text || len(cited) != len(got.Citations) {
		t.Errorf("events told %q with %d citations, the answer is %q with %d", text.String(), len(cited), got.Text, len(got.Citations))
	}
}

func TestRequestsRefused(t *testing.T) {
	service, _ := newService(t, readArchive(t))
	tests := []struct {
		name string
		req  answer.Request
		want fault.Code
	}{
		{"no question", answer.Request{Question: " "}, fault.Invalid},
		{"unknown mode", answer.Request{Question: "Why?", Mode: "telepathy"}, fault.Invalid},
		{"a model where none is configured", answer.Request{Question: "Why?", Mode: answer.ModeLLM}, fault.Unavailable},
		{"a filter that is none", answer.Request{Question: "What did Brandt say?", Filter: retrieval.Filter{Transcript: "1"}}, fault.Invalid},
		{"unknown conversation", answer.Request{Question: "Why?", ConversationID: "01900000-0000-7000-8000-000000000000"}, fault.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := service.Answer(t.Context(), tt.req, nil); fault.CodeOf(err) != tt.want {
				t.Errorf("Answer says %v, want %s", err, tt.want)
			}
		})
	}
}

// FuzzPromise asks anything; whatever is answered keeps the promise.
func FuzzPromise(f *testing.F) {
	archive := readArchive(f)
	for _, file := range archive.Files {
		if strings.HasPrefix(file.Name, "ask/") {
			f.Add(string(file.Data))
		}
	}
	f.Add("Did Voss ask “nothing public ever costs”? 🌉 \x00 who asked who said the toll the toll the toll")
	service, record := newService(f, archive)
	f.Fuzz(func(t *testing.T, question string) {
		got, err := service.Answer(t.Context(), answer.Request{Question: question}, nil)
		if err == nil {
			checkAnswer(t, record, got)
		}
	})
}

// What is still being embedded may have the answer.
func TestDeclinesWhileWaiting(t *testing.T) {
	record := new(retrievaltest.Memory)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	library := retrieval.NewLibrary(record, embeddingstest.Apart{Embedder: embeddings.NewBuiltin()}) // which takes its time
	service := answer.NewService(retrieval.NewSearcher(record, embeddings.NewBuiltin(), log), new(answers), nil, "", log)
	for _, name := range []string{"ferry", "lamps"} {
		file := `{"title":"The ` + name + `","turns":[{"speaker":"Ada Ferrow","text":"The ` + name + ` of Ostvik stay as they are."}]}`
		if _, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: retrieval.DefaultCollection, Options: transcript.Options{Filename: name + ".json"}}); err != nil {
			t.Fatal(err)
		}
	}
	const notice = "2 transcripts are still being read, and only words find them until then: ask again in a moment."
	for _, waits := range []bool{true, false} {
		got, err := service.Answer(t.Context(), answer.Request{Question: "Why were zeppelins forbidden?"}, nil)
		if err != nil || got.Answerable || strings.Contains(got.Notice, notice) != waits {
			t.Errorf("while they wait (%t) the answer is %q, its notice %q (%v)", waits, got.Text, got.Notice, err)
		}
		if err := library.EmbedPending(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
}
