package answer

import (
	"cmp"
	"time"
)

// Evidence is every number that decides what answers a question and how it is
// shown, by stage. A share or a weight is from 0 to 1 unless it says otherwise.
//
// The thresholds were set by hand, on the questions of testdata and samples/. What they
// reach there, and on questions that none was set by, is in doc/EVALUATION.md. Change what
// DefaultEvidence returns rather than making one anew.
type Evidence struct {
	Search       SearchDepth
	Weights      TermWeights
	Excerpt      ExcerptShape
	Decision     Decision
	Selection    Selection
	Prompt       PromptSize
	Model        ModelBudget
	Verification Verification
}

// SearchDepth says how much is looked at.
type SearchDepth struct {
	// Hits are the turns that an answer is looked for in: 40, as many as have their
	// sentences weighed. To weigh a turn costs little beside finding it, and the right one
	// is not always among the first.
	Hits int
	// Nearest are the turns shown when the record does not answer: 3, which a reader
	// takes in at a glance.
	Nearest int
	// History are the earlier questions that a follow-up is read with: 4. What was asked
	// before those is seldom meant.
	History int
}

// TermWeights say what a term of the question counts for a sentence, by where it
// stands; in the sentence itself it counts 1. A sentence is read with what surrounds
// it: speakers do not repeat the topic in every sentence, and an answer takes its
// topic from the question.
type TermWeights struct {
	// Speaker is for the speaker's name and affiliation: 1, since who speaks is as
	// certain as what is said.
	Speaker float64
	// Neighbour is for the sentences before and after: 0.5.
	Neighbour float64
	// Turn is for the rest of the turn: 0.2.
	Turn float64
	// AskedLead is for the question that the turn answers, where its answer begins: 0.8.
	AskedLead float64
	// AskedManyLead is the same where several things were asked at once, since it is
	// open which of them is answered first: 0.6.
	AskedManyLead float64
	// Asked is for the question, in what the answer says later: 0.4.
	Asked float64
	// LeadSentences are those with which an answer begins: 2.
	LeadSentences int
	// Number is added to the support of a sentence with a number or a date, where the
	// question wants one: 0.12. It decides between sentences that else answer alike.
	Number float64
}

// ExcerptShape says how far a quotation grows from its best sentence.
type ExcerptShape struct {
	// PerTurn are the excerpts of one turn: 2, so that a long turn can answer in two
	// places and not take all of an answer.
	PerTurn int
	// StrongShare is the share of the best sentence's support from which another one
	// counts as strong: it belongs to the quotation if it is near, and begins an
	// excerpt of its own if it is far: 0.75.
	StrongShare float64
	// Around are the sentences on either side of the best one that a quotation takes in,
	// where sentences are weighed by fitted weights: 2, which tell what it is about.
	Around int
	// AroundWords bounds such a quotation: 120, which five sentences of speech seldom exceed.
	// With 90, one question in forty loses the sentence that answers it.
	AroundWords int
	// FocusShare is the share of the question's weight from which a term is what the
	// question is about, so that a neighbour that has it belongs to the quotation: 0.25.
	FocusShare float64
	// GainShare is the share of the question's weight that a neighbour must add to
	// belong to the quotation: 0.1.
	GainShare float64
	// MaxWords bounds a quotation that grows: 90, a paragraph.
	MaxWords int
	// MinWords is the length under which a quotation says too little by itself and
	// takes in what follows: 25 words.
	MinWords int
	// ShortSentence is the length up to which a sentence says nothing without the one
	// before it, and follows it into the quotation: 6 words.
	ShortSentence int
	// RefusalSentences are those at the beginning of a turn in which it may refuse to
	// answer: 2. A refusal that comes later is about something else.
	RefusalSentences int
	// ShortLead is the length under which the first sentence of an answer ("Well, no.")
	// is shown with the second: 40 code points.
	ShortLead int
}

// Decision says when the record answers. Support is the share of the question's
// weight that an excerpt meets. Mass is the weight that it meets, in units of the
// weight of a word that the record does not have: many rare words that stand together
// are evidence even where others are missing.
type Decision struct {
	// Support is enough: 0.5, half of what was asked.
	Support float64
	// AlmostSupport is enough where there is Mass: 0.4.
	AlmostSupport float64
	// Mass is enough for AlmostSupport: 1.6 unknown words.
	Mass float64
	// Record is the probability that the record answers from which on an answer by meaning is
	// given: 0.34, with which one in six of the questions that it answers is declined, of those
	// that nothing was fitted on (doc/EVALUATION.md).
	Record float64
	// PremiseShare decides whose claim a question ("Did X say that …?") is about: 0.5. If
	// X's own words meet less than half of what a questioner's words meet, the claim was
	// the questioner's.
	PremiseShare float64
}

// Selection says which of the excerpts that answer are quoted.
type Selection struct {
	// Direct is added to an excerpt's support for ranking, times the part of it that
	// stands in the excerpt's own words: 0.25. Without it a sentence wins by the
	// question before it.
	Direct float64
	// WorthShare is the share of the best excerpt's merit that a further one needs: 0.7.
	WorthShare float64
	// WorthOfFitted is the share of the best sentence's odds that a further quotation needs,
	// where sentences are weighed by fitted weights: 0.01. These odds are far apart, and the
	// sentence that answers is the second or the third for one question in six.
	WorthOfFitted float64
	// Quotations are the most of one answer: 3.
	Quotations int
	// PerPerson are the most of each person where a question names several: 2.
	PerPerson int
	// Person is added to the support of the words of a person whom the question
	// mentions: 0.1.
	Person float64
	// QuestionShare is what is left of the support of a question: 0.75, because questions
	// repeat the words of what is asked and seldom answer it.
	QuestionShare float64
	// ModeratorShare is the same for a moderator: 0.7, because they announce topics.
	ModeratorShare float64
	// RepeatShare is the share of their words that two excerpts have in common when
	// they say the same, so that one of them is enough: 0.6.
	RepeatShare float64
	// RepeatWords is the least of an excerpt's words with which that can be told: 4.
	RepeatWords int
}

// PromptSize says how much a model is shown and may write.
type PromptSize struct {
	// Usual is what a prompt takes, instructions and question included, where neither the
	// configuration nor the model's server says what it may: 3,400. With a reply it fits a
	// window of 4,096 tokens, which is what local servers give a model unless they are told
	// otherwise, and beyond which they cut the prompt without a word.
	Usual int
	// Most is what it takes at most, however large the window: 6,000. What answers is rarely
	// among what would come then (doc/EVALUATION.md), a model finds it less surely in more,
	// and each token costs time and money.
	Most int
	// Around are the sentences before and after one that may answer that are shown with it: 2,
	// which tell what it is about.
	Around int
	// AroundFirst are the sentences that are shown with those around them, and with the
	// question that their turn answers: the best 4. What is less likely to answer is shown
	// alone, so that more of it is.
	AroundFirst int
	// RankShare is what the sentences of a turn are worth of those of the turn before it in
	// the search's order, where words alone weigh them: 0.95.
	RankShare float64
	// ReplyTokens bounds an answer: 800.
	ReplyTokens int
	// RewriteTokens bounds a follow-up that is rewritten: 200.
	RewriteTokens int
	// RewrittenBytes is beyond any rewritten question: 600. More is not a question.
	RewrittenBytes int
	// RunSentences bounds the sentences that one marker ([s4-s6]) may call for: 8.
	RunSentences int
}

// Limit is what a prompt takes where it may have so many tokens; 0: nobody says.
func (size PromptSize) Limit(may int) int { return min(cmp.Or(may, size.Usual), size.Most) }

// ModelBudget says how long a model is waited for.
type ModelBudget struct {
	// Answer is for the whole answer, retries included: 100 s. A local model on a machine
	// without a graphics card reads a prompt for a minute.
	Answer time.Duration
	// Rewrite is for rewriting a follow-up, without which an answer is still
	// possible: 10 s.
	Rewrite time.Duration
}

// DefaultEvidence is what is used unless WithEvidence says otherwise.
func DefaultEvidence() Evidence {
	return Evidence{
		Search:  SearchDepth{Hits: 40, Nearest: 3, History: 4},
		Weights: TermWeights{Speaker: 1, Neighbour: 0.5, Turn: 0.2, AskedLead: 0.8, AskedManyLead: 0.6, Asked: 0.4, LeadSentences: 2, Number: 0.12},
		Excerpt: ExcerptShape{
			PerTurn: 2, StrongShare: 0.75, Around: 2, AroundWords: 120, FocusShare: 0.25, GainShare: 0.1,
			MaxWords: 90, MinWords: 25, ShortSentence: 6, RefusalSentences: 2, ShortLead: 40,
		},
		Decision: Decision{Support: 0.5, AlmostSupport: 0.4, Mass: 1.6, Record: 0.34, PremiseShare: 0.5},
		Selection: Selection{
			Direct: 0.25, WorthShare: 0.7, WorthOfFitted: 0.01, Quotations: 3, PerPerson: 2,
			Person: 0.1, QuestionShare: 0.75, ModeratorShare: 0.7, RepeatShare: 0.6, RepeatWords: 4,
		},
		Prompt: PromptSize{
			Usual: 3400, Most: 6000, Around: 2, AroundFirst: 4, RankShare: 0.95,
			ReplyTokens: 800, RewriteTokens: 200, RewrittenBytes: 600, RunSentences: 8,
		},
		Model:        ModelBudget{Answer: 100 * time.Second, Rewrite: 10 * time.Second},
		Verification: DefaultVerification(),
	}
}

// Option changes how a Service or a Verifier decides.
type Option func(*Evidence)

// WithEvidence has it decide by e instead of DefaultEvidence.
func WithEvidence(e Evidence) Option { return func(current *Evidence) { *current = e } }

func evidenceOf(options []Option) Evidence {
	e := DefaultEvidence()
	for _, o := range options {
		o(&e)
	}
	return e
}
