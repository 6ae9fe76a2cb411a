package answer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
)

// errNoAnswer says that the model found no answer in the sentences.
var errNoAnswer = errors.New("the model found no answer")

// generate has the model write the answer from the hits. Every statement is
// checked before it is told; what fails is withheld. An error means that there
// is no answer of the model's: errNoAnswer, or the fault of the model.
func (s *Service) generate(ctx context.Context, a *Answer, q question, result retrieval.Result, emit func(Event) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.evidence.Model.Answer)
	defer cancel()
	result.Hits = q.hitsOf(result.Hits)
	size := s.evidence.Prompt
	prompt, shown := newPrompt(newReading(s.evidence, q, result), size.Limit(s.model.PromptTokens(ctx, size.ReplyTokens)))
	g := &generation{
		shown:  shown,
		writer: newWriter(a, s.citer, emit),
	}
	err := g.hear(ctx, s.model, prompt, a)
	observe.Took(ctx, observe.Verification, g.checking)
	a.TimingsMS.Verify = retrieval.Milliseconds(g.checking)
	switch {
	case err != nil:
		return err
	case len(a.Citations) > 0:
		a.Answerable, a.Mode = true, ModeLLM
		return nil
	case g.declines():
		return errNoAnswer
	case len(a.Withheld) > 0:
		return fault.New(fault.Unavailable, "everything that the model wrote was withheld")
	case g.plan != nil && g.plan.depth > 0:
		return fault.New(fault.Unavailable, "the model's plan was cut off before its first quotation was complete")
	}
	return fault.New(fault.Unavailable, "the model's reply was empty")
}

// generation is a reply in the making: a plan, or prose.
type generation struct {
	reply
	plan     *plan  // nil: it is prose, or not known yet
	begins   string // as long as that is not known
	known    bool
	planned  int // quotations of the plan so far
	shown    *shown
	writer   *writer
	declined bool          // the model has said that there is no answer
	checking time.Duration // spent on verification
	written  strings.Builder
}

// errEnough ends a reply of which no more is wanted.
var errEnough = errors.New("the plan has enough quotations")

// hear has the model reply. What is complete of a plan stands by itself, so that it is
// enough where the model had no room for the rest, or wanted no end.
func (g *generation) hear(ctx context.Context, m Model, p Prompt, a *Answer) error {
	usage, err := m.Complete(ctx, p, g.delta)
	if errors.Is(err, errEnough) || g.plan != nil && len(a.Citations) > 0 && errors.Is(err, ErrReplyLimit) {
		err = nil
	}
	if err == nil {
		err = g.end()
	}
	a.Model, a.Usage = m.Name(), g.counted(usage, p)
	if a.Usage.Estimated {
		observe.Tokens(ctx, a.Model, a.Usage.PromptTokens, a.Usage.CompletionTokens)
	}
	return err
}

func (g *generation) delta(text string) error {
	g.written.WriteString(text)
	if !g.known {
		g.begins += text
		isPlan, known := form(g.begins)
		if !known {
			return nil
		}
		text, g.begins, g.known = g.begins, "", true
		if isPlan {
			g.plan = &plan{}
		}
	}
	if g.plan == nil {
		return g.statements(g.reply.add(text))
	}
	for _, written := range g.plan.add(text) {
		if err := g.timed(func() error { return g.inPlan(written) }); err != nil {
			return err
		}
	}
	if !g.runsOn() {
		return nil
	}
	if g.plan.depth >= planDepth && g.planned < maxPlanned {
		if err := g.writer.withhold(Withheld{Text: sanitize(g.plan.pending), Reason: ReasonFabricated}); err != nil {
			return err
		}
	}
	return errEnough
}

// end takes what is left when the reply is complete.
func (g *generation) end() error {
	if g.plan != nil {
		return nil // what is not complete of it is nothing
	}
	return g.statements(append(g.reply.add(g.begins), g.reply.end()...))
}

// declines reports whether the model has found no answer.
func (g *generation) declines() bool {
	return g.declined || g.plan != nil && emptyPlan.MatchString(g.written.String())
}

// timed adds what a check takes to the time for verification.
func (g *generation) timed(check func() error) error {
	start := time.Now()
	defer func() { g.checking += time.Since(start) }()
	return check()
}

// counted is the usage as the server tells it, or else an estimate.
func (g *generation) counted(told Usage, p Prompt) Usage {
	if told.TotalTokens > 0 || g.written.Len() == 0 {
		return told
	}
	u := Usage{PromptTokens: p.Tokens(), CompletionTokens: estimateTokens(g.written.String()), Estimated: true}
	u.TotalTokens = u.PromptTokens + u.CompletionTokens
	return u
}

func (g *generation) statements(all []string) error {
	for _, text := range all {
		if err := g.statement(text); err != nil {
			return err
		}
	}
	return nil
}

// statement writes what of a statement may be shown.
func (g *generation) statement(text string) error {
	if strings.Trim(text, "[]`*.\"' ") == noAnswer {
		g.declined = true
		return nil
	}
	return g.timed(func() error { return g.show(text, g.shown.read(text)) })
}

// show writes the quotations of a statement, each behind what passes of the model's words and
// the program's introduction, and tells what of it is withheld. One that is quoted already is
// not quoted again.
func (g *generation) show(text string, st statement) error {
	reason := st.reason
	for i, l := range st.led {
		v := g.shown.voucher(l.quotes[0])
		leads, ok := v.lead(l.words)
		if !ok || i == len(st.led)-1 && !v.creditsAll(st.tail) {
			reason = cmp.Or(reason, ReasonClaim)
		}
		for n, e := range l.quotes {
			if n > 0 || l.misattributed {
				leads = lead{} // it is of the first
			}
			if g.writer.quotes(e) || len(g.writer.answer.Citations) >= maxQuotations {
				continue
			}
			for _, p := range standing([]point{g.point(e)}) {
				if err := g.writer.point(p, leads); err != nil {
					return err
				}
			}
		}
	}
	if reason == "" {
		return nil
	}
	return g.writer.withhold(Withheld{Text: text, Reason: reason})
}

// maxQuotations bounds what of a reply is quoted: an answer is to be read.
const maxQuotations = 12

// point is a quotation that a model has chosen. Only one that is all of its turn can decline
// to answer.
func (g *generation) point(e excerpt) point {
	if len(e.text) == len(strings.TrimSpace(e.hit.Text)) {
		e = e.refusing(g.shown.shape)
	}
	return point{e, kindOf(e)}
}

// standalone has the model rewrite a follow-up so that it can be understood
// without the earlier questions. When that fails the question stays as it is.
func (s *Service) standalone(ctx context.Context, history []string, text string) (string, bool) {
	ctx, cancel := context.WithTimeout(ctx, s.evidence.Model.Rewrite)
	defer cancel()
	var reply strings.Builder
	_, err := s.model.Complete(ctx, s.evidence.Prompt.rewrite(history, text), func(delta string) error {
		reply.WriteString(delta)
		return nil
	})
	rewritten := sanitize(reply.String())
	switch {
	case err != nil:
		s.log.Log(ctx, fault.Level(err), "the follow-up is searched for as it was asked", fault.Attr(err))
		return text, false
	case rewritten == "", len(rewritten) > s.evidence.Prompt.RewrittenBytes, !asks(rewritten, history, text):
		s.log.WarnContext(ctx, "the follow-up is searched for as it was asked: the model made another question of it")
		return text, false
	}
	return rewritten, true
}

// asks reports whether a question that a model made of a follow-up asks what that does: it
// is a question, and has no words with a topic but those of the follow-up and of one question
// before it, these in their order; and what turns their meaning there, it has as well, and
// nothing else.
func asks(question string, history []string, followUp string) bool {
	words := tokensOf(question)
	if len(words) == 0 || !strings.HasSuffix(strings.TrimSpace(question), "?") && !interrogative[words[0].folded] {
		return false
	}
	return slices.ContainsFunc(append(slices.Clone(history), ""), func(earlier string) bool {
		return keepsTo(words, tokensOf(earlier), tokensOf(followUp))
	})
}

// keepsTo reports whether the words of a question are those of a follow-up and, in their
// order, of an earlier question.
func keepsTo(words, earlier, followUp []proseWord) bool {
	last, taken := -1, false
	for _, w := range words {
		if wordless[w.folded] && !w.turns() || creditWords[w.folded] {
			continue
		}
		same := func(other proseWord) bool {
			return w.folded == other.folded || !w.turns() && retrieval.NewLexeme(w.folded) == retrieval.NewLexeme(other.folded)
		}
		if slices.ContainsFunc(followUp, same) {
			continue
		}
		at := slices.IndexFunc(earlier[last+1:], same)
		if at < 0 {
			return false
		}
		last, taken = last+1+at, true
	}
	turning := countTurns(followUp)
	if taken {
		turning += countTurns(earlier)
	}
	return countTurns(words) == turning
}

// countTurns counts the words that turn the meaning of their sentence.
func countTurns(words []proseWord) int {
	n := 0
	for _, w := range words {
		if w.turns() {
			n++
		}
	}
	return n
}

// interrogative are words with which a question begins.
var interrogative = lexicon.Union(lexicon.Words("question words"), lexicon.Words("auxiliaries"))

// rewrite makes a follow-up stand alone: with the model where there is one, else as far as
// the earlier questions tell. What leans on them all the same is searched for with their
// words at a lower weight.
func (s *Service) rewrite(ctx context.Context, req Request, history []string) (followUp, time.Duration, error) {
	start := time.Now()
	if len(history) == 0 || s.model == nil || req.Mode == ModeExtractive {
		f, err := s.readFollowUp(ctx, req.Filter, history, req.Question)
		return f, time.Since(start), err
	}
	rewritten, ok := s.standalone(ctx, history, req.Question)
	if ok {
		history = nil
	}
	return followUp{text: rewritten, history: history}, time.Since(start), nil
}
