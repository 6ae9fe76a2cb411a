package answer

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
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
	prompt, shown := newPrompt(newReading(s.evidence, q, result))
	g := &generation{
		shown:  shown,
		writer: newWriter(a, s.citer, emit),
	}
	usage, err := s.model.Complete(ctx, prompt, g.delta)
	a.Model, a.Usage = s.model.Name(), usage
	if err == nil {
		err = g.pieces(g.reply.end())
	}
	a.TimingsMS.Verify = retrieval.Milliseconds(g.checking)
	switch {
	case err != nil:
		return err
	case len(a.Citations) > 0:
		a.Answerable, a.Mode = true, ModeLLM
		return nil
	case g.declined:
		return errNoAnswer
	case len(a.Withheld) > 0:
		return fault.New(fault.Unavailable, "everything that the model wrote was withheld")
	}
	return fault.New(fault.Unavailable, "the model's reply was empty")
}

// generation is a reply in the making.
type generation struct {
	reply
	shown    *shown
	writer   *writer
	declined bool          // the model has said that there is no answer
	checking time.Duration // spent on verification
}

func (g *generation) delta(text string) error { return g.pieces(g.reply.add(text)) }

// pieces checks statements and writes those that hold.
func (g *generation) pieces(pieces []piece) error {
	for _, p := range pieces {
		if strings.Trim(p.text, "[]`*.\"' ") == noAnswer {
			g.declined = true
			continue
		}
		start := time.Now()
		parts, reason := g.shown.check(p.text)
		g.checking += time.Since(start)
		if reason != "" {
			withheld := Withheld{Text: p.text, Reason: reason}
			g.writer.answer.Withheld = append(g.writer.answer.Withheld, withheld)
			if err := g.writer.emit(WithheldEvent{withheld}); err != nil {
				return err
			}
			continue
		}
		if err := g.writer.statement(g.writer.attribute(parts), p.paragraph); err != nil {
			return err
		}
	}
	return nil
}

// attribute puts behind each quotation what the prose does not say of it: the
// speaker where none is named, and once for each transcript its title and date.
func (w *writer) attribute(parts []part) []part {
	var attributed []part
	for i, p := range parts {
		attributed = append(attributed, p)
		if p.quote == nil {
			continue
		}
		var said []string
		if !names(parts, i) {
			said = append(said, byline(p.quote.hit))
		}
		if source := w.source(p.quote.hit); source != "" {
			said = append(said, source)
		}
		if len(said) > 0 {
			attributed = append(attributed, part{prose: " (" + strings.Join(said, "; ") + ")"})
		}
	}
	return attributed
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
	if err != nil || rewritten == "" || len(rewritten) > s.evidence.Prompt.RewrittenBytes {
		s.log.Warn("the follow-up is searched for as it was asked", "error", err)
		return text, false
	}
	return rewritten, true
}
