package retrieval_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// quarry is a record whose words are typed wrong below.
const quarry = `{"title":"The quarry at Ostvik","date":"2026-03-04","turns":[
{"speaker":"Stavros Mikropoulos","role":"question","text":"What did the government decide on Wednesday, and what is its effect on the harbour?"},
{"speaker":"Karin Haavold","role":"answer","text":"We decided that the missiles go. The quarry is bought with M-Coin, and Ukraine pays for the machinery."},
{"speaker":"Stavros Mikropoulos","role":"question","text":"Is it permanent? What do the fishermen of Ostvik receive?"},
{"speaker":"Karin Haavold","role":"answer","text":"It is permanent. NASA has categories for such places, and people believe what they read of them."}]}`

// reader is a Searcher of the quarry.
func reader(t *testing.T) *retrieval.Searcher {
	t.Helper()
	record := new(retrievaltest.Memory)
	_, _, err := retrieval.NewLibrary(record, embeddings.NewBuiltin()).Add(t.Context(), retrieval.AddRequest{
		Data: []byte(quarry), Collection: retrieval.DefaultCollection, Options: transcript.Options{Filename: "quarry.json"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return retrieval.NewSearcher(record, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
}

func TestRead(t *testing.T) {
	s := reader(t)
	for _, test := range []struct{ name, typed, read, notice string }{
		{"what is known stays", "What did the government decide?", "What did the government decide?", ""},
		{"a letter left out", "what did the goverment decide", "what did the government decide", "Read goverment as government."},
		{"letters swapped", "what do they recieve", "what do they receive", "Read recieve as receive."},
		{"a double letter", "is it permannent", "is it permanent", "Read permannent as permanent."},
		{"the record has another inflection", "where is the missle", "where is the missiles", "Read missle as missiles."},
		{"by ear", "what about wensday", "what about Wednesday", "Read wensday as Wednesday."},
		{"two words", "did the goverment recieve it", "did the government receive it", "Read goverment as government, recieve as receive."},
		{"with a possessive", "the goverment's harbour", "the government's harbour", "Read goverment as government."},
		{"a word of asking", "waht is the harbour", "what is the harbour", "Read waht as what."},
		{"a country", "does ukrane pay", "does Ukraine pay", "Read ukrane as Ukraine."},

		{"a speaker in small letters", "what did mikropoulos ask", "what did Mikropoulos ask", ""},
		{"a speaker by ear", "what did mikropolous ask", "what did Mikropoulos ask", "Read mikropolous as Mikropoulos."},
		{"a speaker with a vowel more", "what did haavolde say", "what did Haavold say", "Read haavolde as Haavold."},
		{"who is called nearly the same may be another", "what did Haavod say", "what did Haavod say", "Did you mean Haavold where you typed Haavod?"},
		{"who is called otherwise is another", "what did Hammerfold say", "what did Hammerfold say", ""},
		{"a sign in a name", "what is emcoin", "what is M-Coin", "Read emcoin as M-Coin."},

		{"a name that the record does not have is no word of it", "what did recieve lunqvist say", "what did recieve lunqvist say", "Did you mean receive where you typed recieve?"},
		{"nor where it is typed as one", "what does Paople read", "what does Paople read", "Did you mean people where you typed Paople?"},
		{"a word of the language is meant", "how does it affect us", "how does it affect us", ""},
		{"acronyms are all alike", "what does NAFA have", "what does NAFA have", ""},
		{"short words are all alike", "the pof", "the pof", ""},
		{"numbers are meant", "the 4th of goverment2", "the 4th of goverment2", ""},
		{"another language is not misspelt English", "Was hat der Minister über die governmant gesagt?", "Was hat der Minister über die governmant gesagt?", ""},
		{"but names in it may be", "Was hat mikropolous über die Mauer gesagt?", "Was hat Mikropoulos über die Mauer gesagt?", "Read mikropolous as Mikropoulos."},
		{"no language", "goverment qwfpg zxcvd arstd tsrat neioh", "goverment qwfpg zxcvd arstd tsrat neioh", ""},
		{"another script", "Что сказал Микропулос?", "Что сказал Микропулос?", ""},
		{"no spaces", "港湾局は何を決めましたか", "港湾局は何を決めましたか", ""},
		{"signs", "🌉🌉 ?! \x00\x1b[31m goverment", "🌉🌉 ?! \x00\x1b[31m government", "Read goverment as government."},
		{"a word without end", strings.Repeat("goverment", 40), strings.Repeat("goverment", 40), ""},
		{"one letter without end", strings.Repeat("a", 3000), strings.Repeat("a", 3000), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := s.Read(t.Context(), retrieval.Query{Text: test.typed})
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != test.read || got.Notice() != test.notice {
				t.Errorf("%q is read as %q (%s), want %q (%s)", test.typed, got.Text, got.Notice(), test.read, test.notice)
			}
		})
	}
}

// A search reads its query by itself, and those before it; what has been read is taken as
// it is.
func TestSearchReads(t *testing.T) {
	s := reader(t)
	q := retrieval.Query{Text: "what did they recieve", History: []string{"What did mikropolous recieve?"}}
	got, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Reading; r.Text != "what did they receive" || r.History[0] != "What did mikropolous receive?" || got.Notice() != "Read recieve as receive." {
		t.Errorf("%q after %q, %s", r.Text, r.History, got.Notice())
	}
	if term := got.Terms[0]; term.Word != "receiv" || term.Passages == 0 {
		t.Errorf("the term is %+v", term)
	}
	q.AsTyped = true
	if got, err = s.Search(t.Context(), q); err != nil || got.Reading.Text != q.Text || got.Notice() != "" {
		t.Errorf("%q, %s, %v", got.Reading.Text, got.Notice(), err)
	}
}

// Where nothing can be found a search says why, and what to do.
func TestNothingToFind(t *testing.T) {
	s := reader(t)
	empty := retrieval.NewSearcher(new(retrievaltest.Memory), embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	for _, test := range []struct {
		name     string
		searcher *retrieval.Searcher
		filter   retrieval.Filter
		notice   string
	}{
		{"an empty record", empty, retrieval.Filter{}, "The record has no transcripts yet. Add some, pullquote ingest FILE, or name another collection."},
		{"no such collection", s, retrieval.Filter{Collection: "“elsewhere”\x1b"}, "There is no collection elsewhere. Name another, or add transcripts to it: pullquote ingest --collection elsewhere FILE."},
		{"no such speaker", s, retrieval.Filter{Speaker: "Zoe Quill"}, "Nobody called Zoe Quill speaks in the collection default. Leave the speaker out, or see who speaks: pullquote speakers list --collection default."},
		{"a misspelt speaker", s, retrieval.Filter{Speaker: "Karin Haavolt"}, "Nobody called Karin Haavolt speaks in the collection default. Leave the speaker out, or see who speaks: pullquote speakers list --collection default. Did you mean Karin Haavold where you typed Karin Haavolt?"},
		{"a speaker's last name with two slips", s, retrieval.Filter{Speaker: "Hovaold"}, "Nobody called Hovaold speaks in the collection default. Leave the speaker out, or see who speaks: pullquote speakers list --collection default. Did you mean Haavold where you typed Hovaold?"},
		{"a speaker spelt by ear", s, retrieval.Filter{Speaker: "karin havold"}, "Nobody called karin havold speaks in the collection default. Leave the speaker out, or see who speaks: pullquote speakers list --collection default. Did you mean Haavold where you typed havold?"},
		{"a filter that nothing matches", s, retrieval.Filter{Role: "moderator", From: "2026-01-01"}, "Nothing in the collection default matches the filter: role moderator, from 2026-01-01. Its transcripts are of 2026-03-04. Leave out a part of it."},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.searcher.Search(t.Context(), retrieval.Query{Text: "What did the government decide?", Filter: test.filter})
			if err != nil || len(got.Hits) > 0 || got.Notice() != test.notice {
				t.Errorf("%d hits, %v\n%s, want\n%s", len(got.Hits), err, got.Notice(), test.notice)
			}
		})
	}
}

// A question in another language than the record, which the model does not read, is told.
func TestLanguageNotice(t *testing.T) {
	s := reader(t)
	for question, notice := range map[string]string{
		"Wie viele Raketen wurden gekauft?":     "The question seems to be in German, and the record in English. Ask in English, or install a model that reads both: pullquote model install multilingual-e5-small, then pullquote reindex.",
		"What was it that they bought?":         "",
		"Mikropoulos, Haavold":                  "",
		"How much did the Zeppelins cost them?": "",
	} {
		got, err := s.Search(t.Context(), retrieval.Query{Text: question})
		if err != nil || got.Language != notice {
			t.Errorf("%s: %q, want %q (%v)", question, got.Language, notice, err)
		}
	}
}
