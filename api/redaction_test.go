package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
)

// When a transcript is deleted its words leave the database, out of answers too, and every face
// says so; the words of others stay.
func TestRedaction(t *testing.T) {
	t.Parallel()
	url := postgrestest.Migrated(t)
	config := newConfigAt(t, url, nil)
	handler := newDescribed(t, New(config))
	quarry := add(t, config, "quarry.txt", []byte(`Quarry inquiry
3 March 2031

MS. WREN: How deep is the quarry today?

MR. TULLOCH: The quarry is forty fathoms deep, and the xylophonic granite goes on below.

MS. WREN: Who pays for the pumps?

MR. TULLOCH: The parish pays for the pumps at the quarry.
`))
	addLighthouse(t, config)
	ask := func(path, body string) (a answer.Answer) {
		t.Helper()
		unmarshal(t, post(t, handler, path, body).Body.String(), &a)
		return a
	}
	asked := ask("/v1/answers", `{"question": "How deep is the quarry?"}`)
	other := ask("/v1/answers", fmt.Sprintf(`{"question": "How far does the new lamp reach?", "conversation_id": %q}`, asked.ConversationID))
	counted := ask("/v1/answers", `{"question": "Which transcripts are there?"}`)
	declined := ask("/v1/answers", `{"question": "Who won the regatta at the quarry with a xylophone?"}`)
	if !asked.Answerable || asked.Citations[0].TranscriptID != quarry.ID || declined.Answerable || len(declined.Nearest) == 0 || len(counted.Citations) < 2 {
		t.Fatalf("the test asks the wrong questions: %+v\n%+v\n%+v", asked, counted, declined)
	}
	chat := func() string {
		request := httptest.NewRequest(http.MethodPost, "/v1/chat/completions", strings.NewReader(`{"model": "pullquote", "messages": [{"role": "user", "content": "How deep is the quarry?"}]}`))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", "once")
		response := httptest.NewRecorder()
		handler.ServeHTTP(response, request)
		return response.Body.String()
	}
	if !strings.Contains(chat(), "xylophonic") {
		t.Fatalf("the chat does not answer: %s", chat())
	}
	exported := get(t, handler, "/v1/answers/"+asked.ID+"/export?format=md").Body.String()

	response := httptest.NewRecorder()
	if handler.ServeHTTP(response, httptest.NewRequest(http.MethodDelete, "/v1/transcripts/"+quarry.ID, nil)); response.Code != http.StatusNoContent {
		t.Fatalf("deleted: %d %s", response.Code, response.Body)
	}

	secret := []string{"xylophonic", "fathoms", "Tulloch", "Quarry inquiry"}
	for _, where := range placesOf(t, url, secret) {
		t.Errorf("in the database there is %s", where)
	}
	read := func(id string) (a answer.Answer) {
		unmarshal(t, get(t, handler, "/v1/answers/"+id).Body.String(), &a)
		return a
	}
	got := read(asked.ID)
	c := got.Citations[0]
	if got.Text != "[Redacted: the transcript has been deleted.] [1]" && !strings.HasPrefix(got.Text, "[Redacted: the transcript has been deleted.] [1] ") || got.Statements[0].Text != got.Text ||
		!c.Redacted || c.Number != 1 || c.RedactedReason == "" || c.TranscriptID != quarry.ID || c.Quote+c.Prefix+c.Suffix+string(c.Speaker)+string(c.TranscriptTitle) != "" {
		t.Errorf("the answer is %+v", got)
	}
	if got = read(other.ID); got.Text != other.Text || got.Citations[0].Quote != other.Citations[0].Quote {
		t.Errorf("another answer has become %+v", got)
	}
	got = read(counted.ID)
	if kept := answer.Standing(got.Citations); len(kept) != len(counted.Citations)-1 || string([]rune(got.Text)[kept[0].AnswerStart:kept[0].AnswerEnd]) != kept[0].Quote {
		t.Errorf("what is told of both transcripts is %+v", got)
	}
	for path, of := range map[string]string{"/v1/answers/" + asked.ID: "an answer", "/v1/conversations/" + asked.ConversationID: "a conversation"} {
		for _, format := range export.Formats() {
			response := get(t, handler, path+"/export?format="+format.Name)
			if response.Code != http.StatusOK {
				t.Errorf("%s as %s: %d", of, format.Name, response.Code)
			}
			document := response.Body.String()
			for _, word := range secret {
				if strings.Contains(document, word) {
					t.Errorf("%s as %s says %q", of, format.Name, word)
				}
			}
			tells := map[string]string{"md": "Redacted: the transcript has been deleted", "html": "Redacted: the transcript has been deleted", "csv": ",redacted,", "json": `"redacted": true`}
			if !strings.Contains(document, tells[format.Name]) {
				t.Errorf("%s as %s does not say that it is redacted:\n%s", of, format.Name, document)
			}
		}
	}
	told := chat()
	if strings.Contains(told, "xylophonic") || !strings.Contains(told, "Redacted: the transcript has been deleted.") || !strings.Contains(told, "1. The transcript has been deleted.") {
		t.Errorf("a repeated chat says %s", told)
	}
	var verified verifyResponse
	for _, document := range []string{exported, get(t, handler, "/v1/answers/"+asked.ID+"/export?format=json").Body.String()} {
		unmarshal(t, post(t, handler, "/v1/verify", fmt.Sprintf(`{"text": %s}`, quoted(t, document))).Body.String(), &verified)
		if len(verified.Quotes) == 0 || verified.Quotes[0].Status != answer.StatusGone || !strings.Contains(verified.Quotes[0].Note, "transcript") {
			t.Errorf("the exported answer is %+v", verified)
		}
	}
}

// placesOf tells in which tables of a database there are words.
func placesOf(t *testing.T, url string, words []string) (places []string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) < 10 {
		t.Fatalf("the database has the tables %q", tables)
	}
	for _, table := range tables {
		for _, word := range words {
			var n int
			if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM `+table+` AS r WHERE r::text LIKE '%' || $1 || '%'`, word).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				places = append(places, fmt.Sprintf("%q in %d rows of %s", word, n, table))
			}
		}
	}
	return places
}
