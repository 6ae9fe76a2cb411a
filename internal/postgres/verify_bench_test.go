package postgres_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// The made-up record: sentences of words whose frequencies follow Zipf's law, as
// those of language do.
const (
	vocabulary       = 50_000
	sentencesPerTurn = 8
	turnsPerFile     = 500
)

// speech makes transcripts.
type speech struct {
	*rand.Rand
	words *rand.Zipf
}

func newSpeech() speech { return speechOf(vocabulary) }

// speechOf is of so many words.
func speechOf(words uint64) speech {
	r := rand.New(rand.NewPCG(5, 6))
	return speech{r, rand.NewZipf(r, 1.07, 8, words-1)}
}

// word is a word that no stemmer changes: w, and its rank in letters.
func word(rank uint64) string {
	letters := []byte("w")
	for n := rank + 1; n > 0; n /= 20 {
		letters = append(letters, "bcdfghjklmnpqrtvwxzk"[n%20])
	}
	return string(append(letters, 'o'))
}

func (s speech) sentence() string {
	words := make([]string, 10+s.IntN(10))
	for i := range words {
		words[i] = word(s.words.Uint64())
	}
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	return strings.Join(words, " ") + "."
}

// transcript is a transcript ready to be stored, without vectors: verification
// goes by words.
func (s speech) transcript(number int) retrieval.PreparedTranscript {
	t := &model.Transcript{Format: "made up", Title: model.Optional(fmt.Sprint("Session ", number))}
	var text strings.Builder
	length := 0
	for i := range turnsPerFile {
		sentences := make([]string, sentencesPerTurn)
		for j := range sentences {
			sentences[j] = s.sentence()
		}
		turn := model.Turn{
			Index: i, Speaker: model.Optional(fmt.Sprint("Speaker ", s.IntN(300))), Role: model.RoleStatement,
			Text: strings.Join(sentences, " "), Start: length,
		}
		turn.End = turn.Start + len(turn.Text)
		t.Turns = append(t.Turns, turn)
		text.WriteString(turn.Text + "\n\n")
		length = turn.End + 2
	}
	t.Text = text.String()
	return retrieval.PreparedTranscript{
		Collection: retrieval.DefaultCollection, SHA256: fmt.Sprintf("%064x", number), Transcript: t, Passages: retrieval.Passages(t), Model: embeddings.NewBuiltin().Model(),
	}
}

// A quotation that stands in the record is found there, however common its words are and
// however often others have them.
func TestVerifyCommonWords(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	s := speechOf(120)
	var said []model.Turn
	for n := range 3 {
		d := s.transcript(n)
		if _, _, err := store.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		said = append(said, d.Transcript.Turns...)
	}
	verifier := answer.NewVerifier(store, "", slog.New(slog.DiscardHandler))
	for range 60 {
		turn := said[s.IntN(len(said))]
		sentences := turn.Sentences()
		from := s.IntN(len(sentences))
		span := sentences[from]
		span.End = sentences[min(from+s.IntN(2), len(sentences)-1)].End // or two of them
		quote := turn.Text[span.Start-turn.Start : span.End-turn.Start]
		got, err := verifier.Verify(t.Context(), answer.DraftQuote{Text: quote}, retrieval.Filter{})
		if err != nil || got.Status != answer.StatusExact {
			t.Errorf("%q is %s, %s, %v", quote, got.Status, got.Note, err)
		}
	}
}

// BenchmarkVerify looks up quotations, to the letter and with a word changed, in
// a record of PULLQUOTE_BENCH_SENTENCES sentences.
func BenchmarkVerify(b *testing.B) {
	sentences, err := strconv.Atoi(os.Getenv("PULLQUOTE_BENCH_SENTENCES"))
	if err != nil {
		sentences = 20_000
	}
	store := openBench(b, nil)
	s := newSpeech()
	var quotes []string
	for n := 0; n*turnsPerFile*sentencesPerTurn < sentences; n++ {
		d := s.transcript(n)
		if _, _, err := store.Save(b.Context(), d); err != nil {
			b.Fatal(err)
		}
		for range 4 {
			turn := d.Transcript.Turns[s.IntN(turnsPerFile)]
			span := turn.Sentences()[s.IntN(sentencesPerTurn)]
			quotes = append(quotes, turn.Text[span.Start-turn.Start:span.End-turn.Start])
		}
	}
	settle(b, store)
	verifier := answer.NewVerifier(store, "http://localhost", slog.New(slog.DiscardHandler))
	var exact, altered time.Duration
	for i := 0; b.Loop(); i++ {
		quote := quotes[i%len(quotes)]
		exact += verify(b, verifier, quote, answer.StatusExact)
		words := strings.Fields(quote)
		words[len(words)/2] = "otherwise"
		altered += verify(b, verifier, strings.Join(words, " "), answer.StatusAltered)
	}
	b.ReportMetric(float64(exact.Microseconds())/1000/float64(b.N), "ms/exact")
	b.ReportMetric(float64(altered.Microseconds())/1000/float64(b.N), "ms/altered")
}

// BenchmarkMentions looks for a word that few passages have, for one that many have, for one
// that is in nearly all, and for two words that stand together, in the same record.
func BenchmarkMentions(b *testing.B) {
	sentences, err := strconv.Atoi(os.Getenv("PULLQUOTE_BENCH_SENTENCES"))
	if err != nil {
		sentences = 20_000
	}
	store := openBench(b, nil)
	s := newSpeech()
	for n := 0; n*turnsPerFile*sentencesPerTurn < sentences; n++ {
		if _, _, err := store.Save(b.Context(), s.transcript(n)); err != nil {
			b.Fatal(err)
		}
	}
	settle(b, store)
	log := slog.New(slog.DiscardHandler)
	service := answer.NewService(retrieval.NewSearcher(store, embeddings.NewBuiltin(), log), nil, nil, "http://localhost", log)
	for name, phrase := range map[string]string{
		"rare": word(5_000), "common": word(200), "everywhere": word(0), "phrase": word(20) + " " + word(30), "no index": "of the",
	} {
		b.Run(name, func(b *testing.B) {
			var found answer.Mentions
			for b.Loop() {
				if found, err = service.Mentions(b.Context(), answer.MentionsQuery{Phrase: phrase}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(found.Total), "mentions")
		})
	}
}

// settle does what the server does by and by after a large load.
func settle(b *testing.B, store *postgres.Store) {
	b.Helper()
	for _, statement := range []string{"SELECT gin_clean_pending_list('passages_lexemes')", "VACUUM ANALYZE"} {
		if _, err := store.Pool().Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

func verify(b *testing.B, verifier *answer.Verifier, quote string, want answer.Status) time.Duration {
	b.Helper()
	start := time.Now()
	verdict, err := verifier.Verify(b.Context(), answer.DraftQuote{Text: quote}, retrieval.Filter{})
	took := time.Since(start)
	if err != nil || verdict.Status != want {
		b.Fatalf("%q is %s, want %s (%v)", quote, verdict.Status, want, err)
	}
	return took
}
