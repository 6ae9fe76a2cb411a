package postgres_test

import (
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/migrations"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// A record from before there was a directory gets the one that it would have had.
func TestSpeakersOfAnOlderRecord(t *testing.T) {
	t.Parallel()
	store, url := openStore(t)
	for _, file := range []string{retrievaltest.Lighthouse, retrievaltest.Orchard, `{"date":"2026-07-01","turns":[
		{"speaker":"JON BASTABLE","label":"MR. BASTABLE","affiliation":"Harbour Office","text":"The lamp came in June."},
		{"speaker":"…","text":"Hear, hear."}]}`} {
		retrievaltest.Add(t, store, "news", file)
	}
	retrievaltest.Add(t, store, "archive", retrievaltest.Orchard)
	before := speakersOf(t, store)
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*config)
	defer db.Close()
	if err := migrations.DownTo(t.Context(), db, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if after := speakersOf(t, store); !reflect.DeepEqual(after, before) {
		t.Errorf("the directory was\n%+v\nand is\n%+v", before, after)
	}
}

// speakersOf are the speakers of "news" and "archive" without their ids, which
// must be of the right form.
func speakersOf(t *testing.T, store *postgres.Store) []retrieval.Speaker {
	t.Helper()
	var all []retrieval.Speaker
	for _, collection := range []string{"news", "archive"} {
		page, err := store.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: collection, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Speakers {
			if s.ID[14] != '7' {
				t.Errorf("%s is no UUIDv7", s.ID)
			}
			s.ID = ""
			all = append(all, s)
		}
	}
	return all
}
