package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	vocabulary     = 50_000 // words of all topics
	topicCount     = 1_000
	topicWords     = 30 // words of a topic's own
	turnsPerRecord = 200
	turnsPerTopic  = 25
	days           = 1_000 // over which the transcripts are spread
	castSize       = 5
	people         = 3_000
)

// Collection holds all of the made-up record.
const Collection = "bench"

// Corpus is a made-up record of interviews: words by Zipf's law, as those of
// language are; topics that have words, and a region of the vector space, of
// their own; speakers, roles and dates. The same sizes and seed make the same
// record, transcript by transcript.
type Corpus struct {
	passages int
	seed     uint64
	space    space
	words    []string   // of all topics, the most frequent first
	topics   [][]string // each topic's own words
}

// NewCorpus makes a corpus of about this many passages.
func NewCorpus(passages int, seed uint64) *Corpus {
	return newCorpus(passages, DefaultDimensions, seed)
}

func newCorpus(passages, dimensions int, seed uint64) *Corpus {
	c := &Corpus{passages: passages, seed: seed, space: newSpace(seed, dimensions)}
	for rank := range vocabulary {
		c.words = append(c.words, word(rank))
	}
	for topic := range topicCount {
		var own []string
		for i := range topicWords {
			own = append(own, word(vocabulary+topic*topicWords+i))
		}
		c.topics = append(c.topics, own)
	}
	return c
}

// word is a word that no stemmer changes: its rank in syllables.
func word(rank int) string {
	var letters []byte
	for n := rank + 1; n > 0; n /= 80 {
		letters = append(letters, "bcdfghjklmnprtvz"[n%80/5], "aiouy"[n%5])
	}
	return string(append(letters, 'k', 'o'))
}

// Transcripts are the transcripts, ready to be stored.
func (c *Corpus) Transcripts() iter.Seq[retrieval.PreparedTranscript] {
	return func(yield func(retrieval.PreparedTranscript) bool) {
		for number := range c.documents() {
			if !yield(c.document(number)) {
				return
			}
		}
	}
}

// transcripts is how many there are; a turn is short enough to be one passage.
func (c *Corpus) documents() int { return max(1, c.passages/turnsPerRecord) }

// date is spread evenly, and in another order than that of storing.
func (c *Corpus) date(number int) string {
	return day((number*7919%c.documents())*days/c.documents(), 0)
}

// day is the date of a day of the corpus, and so many later.
func day(first, later int) string {
	return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, first+later).Format(time.DateOnly)
}

func (c *Corpus) document(number int) retrieval.PreparedTranscript {
	s := c.session(number)
	for i := 0; i < turnsPerRecord; {
		i += s.exchange(i)
	}
	t := &model.Transcript{
		Title: model.Optional(fmt.Sprint("Session ", number)), Date: model.Optional(c.date(number)),
		Format: "made up", Language: "en", Text: string(s.text), Turns: s.turns,
	}
	return retrieval.PreparedTranscript{
		Collection: Collection, Filename: fmt.Sprintf("%d.txt", number), SHA256: fmt.Sprintf("%064x", number),
		Transcript: t, Passages: retrieval.Passages(t), Model: c.Model(), Vectors: s.vectors,
	}
}

// Question asks for words of a topic, as a person would: some of its own, one of
// all topics.
type Question struct {
	Text   string
	Vector []float32
}

// Questions are so many of them.
func (c *Corpus) Questions(n int) []Question {
	questions := make([]Question, n)
	for i := range questions {
		s := c.speech(uint64(i), 1<<32)
		topic := s.IntN(topicCount)
		questions[i].Text = s.topical(topic) + " " + s.topical(topic) + " " + c.words[100+s.IntN(2_000)]
		questions[i].Vector = c.space.vector(s.Rand, topic)
	}
	return questions
}

// embedder knows the vectors of questions.
func (c *Corpus) embedder(questions []Question) embedder {
	known := embedder{model: c.Model(), vectors: map[string][]float32{}}
	for i, q := range questions {
		known.vectors[q.Text], known.vectors[unspoken(i)] = q.Vector, q.Vector
	}
	return known
}

// unspoken is the question by its meaning alone: no passage has a word of it.
func unspoken(number int) string { return fmt.Sprint("question", number) }

// speech is chance, and what it says.
type speech struct {
	*rand.Rand
	corpus *Corpus
	zipf   *rand.Zipf
}

func (c *Corpus) speech(stream, kind uint64) speech {
	r := rand.New(rand.NewPCG(c.seed, stream+kind))
	return speech{r, c, rand.NewZipf(r, 1.07, 8, vocabulary-1)}
}

// topical is a word of the topic, of which some are more usual than others.
func (s speech) topical(topic int) string {
	x := s.Float64()
	return s.corpus.topics[topic][int(x*x*topicWords)]
}

// say appends about so many words, a quarter of them the topic's, in sentences.
func (s speech) say(text []byte, topic, words int) []byte {
	left := 0 // words of the sentence
	for i := range words {
		w := s.corpus.words[s.zipf.Uint64()]
		if s.IntN(4) == 0 {
			w = s.topical(topic)
		}
		switch {
		case left > 0:
			text = append(append(text, ' '), w...)
		case i > 0:
			text = append(text, '.', ' ')
			fallthrough
		default:
			text = append(append(text, w[0]-'a'+'A'), w[1:]...)
			left = 8 + s.IntN(12)
		}
		left--
	}
	return append(text, '.')
}
