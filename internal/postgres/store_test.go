package postgres_test

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// openStore opens a Store on a database of the test's own.
func openStore(t testing.TB) (store *postgres.Store, url string) {
	t.Helper()
	url = postgrestest.Migrated(t)
	store, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store, url
}

func TestStore(t *testing.T) {
	retrievaltest.TestRecord(t, func(t *testing.T) retrievaltest.Record {
		store, _ := openStore(t)
		return store
	})
}

// lighthouse is a document ready to be stored.
func lighthouse(t testing.TB) retrieval.Document {
	t.Helper()
	parsed, err := transcript.Parse([]byte(retrievaltest.Lighthouse), transcript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := retrieval.Document{
		Collection: "news", SHA256: strings.Repeat("ab", 32), Transcript: parsed,
		Passages: retrieval.Passages(parsed), Model: embeddings.NewBuiltin().Model(),
	}
	for range d.Passages {
		vector := make([]float32, d.Model.Dimensions)
		vector[0] = 1
		d.Vectors = append(d.Vectors, vector)
	}
	return d
}

func TestSaveIsAllOrNothing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(*retrieval.Document)
	}{
		{"a turn that Postgres refuses", func(d *retrieval.Document) { d.Transcript.Turns[3].Text = "nine\x00thousand" }},
		{"a vector that is none", func(d *retrieval.Document) { d.Vectors[3][0] = float32(math.NaN()) }},
		{"a vector of another dimension", func(d *retrieval.Document) { d.Vectors[3] = []float32{1} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			store, url := openStore(t)
			d := lighthouse(t)
			tt.spoil(&d)
			if _, _, err := store.Save(t.Context(), d); err == nil {
				t.Fatal("it was stored")
			}
			conn, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(context.WithoutCancel(t.Context()))
			var rows int
			err = conn.QueryRow(t.Context(), `
				SELECT (SELECT count(*) FROM transcripts) + (SELECT count(*) FROM turns) + (SELECT count(*) FROM passages)
					+ (SELECT count(*) FROM embeddings) + (SELECT count(*) FROM lexeme_frequencies) + (SELECT count(*) FROM speakers)
					+ (SELECT sum(passages) FROM collections)`).Scan(&rows)
			if err != nil || rows != 0 {
				t.Errorf("%d rows are left behind, %v", rows, err)
			}
		})
	}
}

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url := postgrestest.URL(t)
	const servers = 10
	var applied [servers]int
	var wg sync.WaitGroup
	for i := range servers {
		wg.Go(func() {
			var err error
			if applied[i], err = postgres.Migrate(context.WithoutCancel(t.Context()), url); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	current, newest, err := postgres.SchemaVersions(t.Context(), url)
	if err != nil || current != newest {
		t.Fatalf("the schema has version %d of %d, %v", current, newest, err)
	}
	want, err := postgres.Migrate(t.Context(), postgrestest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range applied {
		total += n
	}
	if total != want {
		t.Errorf("%d migrations were applied in all by servers %v, want %d", total, applied, want)
	}
}

// TestMigrateLate brings a file whose number is lower than that of one which the
// database has.
func TestMigrateLate(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	if _, err := store.Pool().Exec(t.Context(), `DROP TABLE feedback; DELETE FROM goose_db_version WHERE version_id = 8`); err != nil {
		t.Fatal(err)
	}
	if applied, err := postgres.Migrate(t.Context(), url); err != nil || applied != 1 {
		t.Fatalf("%d migrations were applied, %v", applied, err)
	}
	var there bool
	if err := store.Pool().QueryRow(t.Context(), `SELECT to_regclass('feedback') IS NOT NULL`).Scan(&there); err != nil || !there {
		t.Errorf("the table is there: %v, %v", there, err)
	}
}

// What is claimed under a key is not claimed again, by whoever comes at the same
// time, until it is forgotten.
func TestClaim(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	claims := make(chan string)
	for i := range 4 {
		go func() {
			id, err := store.Claim(t.Context(), answer.Claim{Key: "k", ID: fmt.Sprintf("01900000-0000-7000-8000-00000000000%d", i)})
			if err != nil {
				id = err.Error()
			}
			claims <- id
		}()
	}
	first := <-claims
	for range 3 {
		if id := <-claims; id != first || !retrieval.ValidID(id) {
			t.Errorf("claimed %s and %s", first, id)
		}
	}
	other := answer.Claim{Key: "k", Digest: [32]byte{1}, ID: "01900000-0000-7000-8000-000000000009"}
	if _, err := store.Claim(t.Context(), other); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("another request claims under the key: %v", err)
	}
	if _, err := store.Pool().Exec(t.Context(), `UPDATE request_keys SET created_at = now() - interval '25 hours'`); err != nil {
		t.Fatal(err)
	}
	if id, err := store.Claim(t.Context(), other); err != nil || id != other.ID {
		t.Errorf("a day later another request claims %s: %v", id, err)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	first := &answer.Answer{ID: "01900000-0000-7000-8000-000000000001", ConversationID: "01900000-0000-7000-8000-00000000000a", Question: "Why?"}
	second := &answer.Answer{ID: "01900000-0000-7000-8000-000000000002", ConversationID: first.ConversationID, Question: "Since when?"}
	for i, a := range []*answer.Answer{first, second} {
		if err := store.SaveAnswer(t.Context(), a, i == 0); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Answer(t.Context(), second.ID); err != nil || got.Question != "Since when?" {
		t.Errorf("Answer = %+v, %v", got, err)
	}
	if got, err := store.Questions(t.Context(), first.ConversationID, 5); err != nil || strings.Join(got, " ") != "Why? Since when?" {
		t.Errorf("Questions = %q, %v", got, err)
	}
	if got, err := store.Questions(t.Context(), first.ConversationID, 1); err != nil || strings.Join(got, " ") != "Since when?" {
		t.Errorf("the last of the Questions = %q, %v", got, err)
	}
	if c, err := store.Conversation(t.Context(), first.ConversationID); err != nil || len(c.Answers) != 2 || c.Answers[0].ID != first.ID {
		t.Errorf("Conversation = %+v, %v", c, err)
	}
	for _, id := range []string{"01900000-0000-7000-8000-0000000000ff", "no-id"} {
		_, answerErr := store.Answer(t.Context(), id)
		_, questionsErr := store.Questions(t.Context(), id, 1)
		_, conversationErr := store.Conversation(t.Context(), id)
		for what, err := range map[string]error{"Answer": answerErr, "Questions": questionsErr, "Conversation": conversationErr} {
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s(%q): %v", what, id, err)
			}
		}
	}
}

func TestConversations(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	ids := []string{"01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b", "01900000-0000-7000-8000-00000000000c"}
	for _, id := range ids {
		if err := store.NewConversation(t.Context(), &answer.Conversation{ID: id, CreatedAt: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	for i, question := range []string{"Why?", "Since when?"} {
		a := &answer.Answer{ID: fmt.Sprintf("01900000-0000-7000-8000-00000000000%d", i+1), ConversationID: ids[1], Question: question}
		if err := store.SaveAnswer(t.Context(), a, false); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Questions(t.Context(), ids[0], 5); err != nil || len(got) > 0 {
		t.Errorf("Questions of an empty conversation = %q, %v", got, err)
	}
	list := func(cursor string, limit int) string {
		t.Helper()
		page, err := store.Conversations(t.Context(), answer.ConversationsQuery{Cursor: cursor, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range page.Conversations {
			fmt.Fprintf(&b, "%s %q %d, ", c.ID[35:], c.Question, c.AnswerCount)
		}
		return b.String() + "next " + page.NextCursor
	}
	if got, want := list("", 2), `c "" 0, b "Why?" 2, next `+ids[1]; got != want {
		t.Errorf("the first page is %s; want %s", got, want)
	}
	if got, want := list(ids[1], 2), `a "" 0, next `; got != want {
		t.Errorf("the second page is %s; want %s", got, want)
	}
	if _, err := store.Conversations(t.Context(), answer.ConversationsQuery{Cursor: "tomorrow", Limit: 1}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a cursor that is none: %v", err)
	}

	if err := store.DeleteConversation(t.Context(), ids[1]); err != nil {
		t.Fatal(err)
	}
	if got, want := list("", 3), `c "" 0, a "" 0, next `; got != want {
		t.Errorf("without the deleted one there are %s; want %s", got, want)
	}
	if _, err := store.Answer(t.Context(), "01900000-0000-7000-8000-000000000001"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer of a deleted conversation: %v", err)
	}
	late := &answer.Answer{ID: "01900000-0000-7000-8000-000000000003", ConversationID: ids[1], Question: "Until when?"}
	if err := store.SaveAnswer(t.Context(), late, false); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an answer for a deleted conversation: %v", err)
	}
	if got, want := list("", 3), `c "" 0, a "" 0, next `; got != want {
		t.Errorf("after an answer came too late there are %s; want %s", got, want)
	}
	for _, id := range []string{ids[1], "no-id"} {
		if err := store.DeleteConversation(t.Context(), id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("DeleteConversation(%q): %v", id, err)
		}
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, url string
		code      fault.Code
		says      string
	}{
		{"a URL that is none", "postgres://%zz", fault.Invalid, "DATABASE_URL cannot be read"},
		{"nobody there", "postgres://user:secret@127.0.0.1:1/db", fault.Unavailable, "cannot be reached"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), tt.url, embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
			if fault.CodeOf(err) != tt.code || !strings.Contains(fault.MessageOf(err), tt.says) || strings.Contains(fault.MessageOf(err), "secret") {
				t.Errorf("Open(%s) says %q (%s)", tt.url, fault.MessageOf(err), fault.CodeOf(err))
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	empty, err := postgres.Describe(t.Context(), postgrestest.URL(t))
	if err != nil || empty.Schema != 0 || empty.Vector == "" {
		t.Errorf("an empty database is %+v, %v", empty, err)
	}
	store, url := openStore(t)
	if _, _, err := store.Save(t.Context(), lighthouse(t)); err != nil {
		t.Fatal(err)
	}
	d, err := postgres.Describe(t.Context(), url)
	if err != nil || d.Schema != d.NewestSchema || d.Transcripts != 1 || d.Passages != 4 || d.Models[embeddings.NewBuiltin().Model().Name] != 4 {
		t.Errorf("the record is %+v, %v", d, err)
	}
}
