package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

const (
	// fewestOwnWords and mostOwnWords bound a question of the record that may be asked by itself:
	// shorter ones lean on what was said before, longer ones tell more than they ask.
	fewestOwnWords, mostOwnWords = 6, 32
	// fewestOwnTopics are its words with a topic: with fewer it is not told what it is about.
	fewestOwnTopics = 4
	// fewestAnswerWords are those of its answer: fewer decline, or say yes.
	fewestAnswerWords = 12
	// mostOfTurn are the questions of one turn: its last two, which are those that are answered.
	mostOfTurn = 2
)

// OwnQuestions are what people ask in the transcripts of a collection, and are answered there:
// as cases that are asked without the turn that asks, and that the turns that answer it answer.
func OwnQuestions(ctx context.Context, library Library, collection string) ([]Case, error) {
	r := newResolver(Config{Library: library})
	stored, err := r.collection(ctx, collection)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, s := range stored {
		turns, err := library.Turns(ctx, s.ID)
		if err != nil {
			return nil, fmt.Errorf("read the turns of %s: %w", s.ID, err)
		}
		for i := range turns {
			answers := answersTo(turns, i)
			if countWords(answers) < fewestAnswerWords {
				continue
			}
			asking := Place{s.ID, turns[i].Index}
			var expected []Place
			for _, t := range answers {
				expected = append(expected, Place{s.ID, t.Index})
			}
			for n, question := range askedIn(turns[i].Text) {
				cases = append(cases, Case{
					ID: fmt.Sprintf("%s/%d/%d", s.ID, turns[i].Index, n+1), Question: question, Transcript: s.Filename,
					Filter: retrieval.Filter{Collection: collection}, Expected: expected, Without: []Place{asking},
				})
			}
		}
	}
	return cases, nil
}

// answersTo are the turns that answer a turn: where none is known to, the one after a question.
func answersTo(turns []model.Turn, i int) (answers []model.Turn) {
	for _, t := range turns {
		if t.Answers != nil && *t.Answers == turns[i].Index {
			answers = append(answers, t)
		}
	}
	if len(answers) == 0 && turns[i].Role == model.RoleQuestion && i+1 < len(turns) && turns[i+1].Index == turns[i].Index+1 && turns[i+1].Speaker != turns[i].Speaker {
		answers = turns[i+1 : i+2]
	}
	return answers
}

// askedIn are the last sentences of a text that ask something that can be asked by itself.
func askedIn(text string) (asked []string) {
	runes := []rune(text)
	for _, s := range sentence.Split(text) {
		question := strings.Join(strings.Fields(string(runes[s.Start:s.End])), " ")
		n := len(strings.Fields(question))
		if strings.HasSuffix(question, "?") && fewestOwnWords <= n && n <= mostOwnWords && countTopics(question) >= fewestOwnTopics {
			asked = append(asked, question)
		}
	}
	return asked[max(0, len(asked)-mostOfTurn):]
}

// countTopics counts the different words with a topic.
func countTopics(text string) int {
	words := retrieval.Words(text)
	slices.Sort(words)
	return len(slices.Compact(words))
}

func countWords(turns []model.Turn) (n int) {
	for _, t := range turns {
		n += len(strings.Fields(t.Text))
	}
	return n
}
