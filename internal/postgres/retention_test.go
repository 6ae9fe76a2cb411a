package postgres_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

const day = 24 * time.Hour

// What is older than it is to be kept goes, and the log says so; what a conversation was asked
// lately keeps all of it.
func TestExpire(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name          string
		keep          postgres.Retention
		conversations string
		log           string
	}{
		{"for ever", postgres.Retention{}, "abcd", ""},
		{"conversations for 90 days since their last answer", postgres.Retention{Conversations: 90 * day}, "bcd", "retention conversations expired 1"},
		{"for a week", postgres.Retention{Conversations: 7 * day}, "c", "retention conversations expired 3"},
		{"redacted answers for 30 days", postgres.Retention{Redacted: 30 * day}, "abc", "retention redacted answers expired 1"},
		{"the log", postgres.Retention{Audit: 365 * day}, "abcd", "retention log of acts expired 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store, _ := openStore(t)
			for i, days := range [][]int{{200, 100}, {200, 20}, {300, 1}, {50}} { // ago, of the answers of conversations a to d
				for n, ago := range days {
					a := &answer.Answer{
						ID: fmt.Sprintf("01900000-0000-7000-8000-0000000000%x%x", 10+i, n), ConversationID: fmt.Sprintf("01900000-0000-7000-8000-00000000000%x", 10+i),
						Question: "Why?", Filter: retrieval.Filter{Collection: "news"}, CreatedAt: time.Now().Add(-time.Duration(ago) * day),
					}
					if err := store.SaveAnswer(t.Context(), a, n == 0); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, statement := range []string{
				`UPDATE answers SET redacted_at = now() - interval '40 days' WHERE conversation_id = '01900000-0000-7000-8000-00000000000d'`,
				`UPDATE answers SET redacted_at = now() - interval '20 days' WHERE conversation_id = '01900000-0000-7000-8000-00000000000a'`,
				`INSERT INTO audit (id, at, by, act, subject) SELECT gen_random_uuid(), now() - interval '400 days', 'operator', 'key created', 'k' FROM generate_series(1, 2)`,
			} {
				if _, err := store.Pool().Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second finds nothing
				if err := store.Expire(t.Context(), test.keep); err != nil {
					t.Fatal(err)
				}
			}
			page, err := store.Conversations(t.Context(), answer.ConversationsQuery{Limit: 9})
			if err != nil {
				t.Fatal(err)
			}
			left := ""
			for _, c := range page.Conversations {
				left = c.ID[len(c.ID)-1:] + left
			}
			if left != test.conversations {
				t.Errorf("left are the conversations %s, want %s", left, test.conversations)
			}
			wantLogged(t, store, test.log)
		})
	}
}

// wantLogged wants one act of the retention in the log, or none, with the number of what it removed.
func wantLogged(t *testing.T, store *postgres.Store, want string) {
	t.Helper()
	acts, err := store.Audit(t.Context(), 99)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, n := range acts {
		if n.By == access.RetentionName {
			var count int
			fmt.Sscanf(n.Subject, "%d,", &count)
			got += fmt.Sprintf("%s %s %d", n.By, n.Act, count)
		}
	}
	if got != want {
		t.Errorf("the log has %q, want %q", got, want)
	}
}

// Of several servers one at a time removes what is old: while another does nothing is done, and
// what several remove at once is removed and counted once.
func TestOneExpires(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	servers := []*postgres.Store{store}
	for range 2 {
		other, err := postgres.Open(t.Context(), url, embeddings.NewBuiltin().Model(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(other.Close)
		servers = append(servers, other)
	}
	const old = 3500
	if _, err := store.Pool().Exec(t.Context(), `INSERT INTO audit (id, at, by, act, subject) SELECT gen_random_uuid(), now() - interval '400 days', 'operator', 'key created', 'k' FROM generate_series(1, $1)`, old); err != nil {
		t.Fatal(err)
	}
	removed := func() (rows int) {
		acts, err := store.Audit(t.Context(), old)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range acts {
			if n.By == access.RetentionName {
				var count int
				fmt.Sscanf(n.Subject, "%d,", &count)
				rows += count
			}
		}
		return rows
	}
	expire := func() {
		var all sync.WaitGroup
		for _, s := range servers {
			all.Go(func() {
				if err := s.Expire(t.Context(), postgres.Retention{Audit: 365 * day}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	busy, err := store.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Rollback(context.WithoutCancel(t.Context()))
	if _, err := busy.Exec(t.Context(), `SELECT pg_advisory_xact_lock(hashtext('pullquote.retention'))`); err != nil {
		t.Fatal(err)
	}
	if expire(); removed() != 0 {
		t.Errorf("%d rows were removed while another process does that", removed())
	}
	if err := busy.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if expire(); removed() != old {
		t.Errorf("%d rows were removed, want %d, each once", removed(), old)
	}
}

// Since when an answer has been redacted is known, whether it was there when the transcript was
// deleted or is stored thereafter.
func TestRedactedSince(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	h := hold(t, store)
	cite := func(id string) *answer.Answer {
		return &answer.Answer{
			ID: id, ConversationID: h.conversation, Question: "Who?", Filter: retrieval.Filter{Collection: "news"}, CreatedAt: time.Now(),
			Nearest: []retrieval.Hit{{TranscriptID: h.transcript}},
		}
	}
	if err := store.SaveAnswer(t.Context(), cite("01900000-0000-7000-8000-0000000000b1"), false); err != nil {
		t.Fatal(err)
	}
	if err := store.Delete(t.Context(), h.transcript); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveAnswer(t.Context(), cite("01900000-0000-7000-8000-0000000000b2"), false); err != nil {
		t.Fatal(err)
	}
	var redacted, others int
	err := store.Pool().QueryRow(t.Context(), `SELECT count(*) FILTER (WHERE redacted_at > now() - interval '1 hour'), count(*) FILTER (WHERE redacted_at IS NULL) FROM answers`).Scan(&redacted, &others)
	if err != nil || redacted != 2 || others != 1 {
		t.Errorf("%d answers are redacted since now and %d not, %v; want 2 and 1", redacted, others, err)
	}
}
