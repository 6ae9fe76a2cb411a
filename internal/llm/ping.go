package llm

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/openaihttp"
)

const (
	maxModelListBytes = 16 << 20 // some servers list thousands, with a page on each
	maxModelsNamed    = 5
)

// Ping checks once that the server answers, takes the key and has the model. It
// reads the server's list of models; where there is none, or the model is not in it,
// a reply of one token decides, for some servers list less than they have. The error
// says which setting to mend.
func (c *Client) Ping(ctx context.Context) error {
	models, answered, err := c.models(ctx)
	switch {
	case !answered:
		return err
	case slices.ContainsFunc(models, func(listed string) bool { return sameModel(listed, c.model) }):
		return nil
	}
	err = c.probe(ctx)
	if unknownModel(openaihttp.Status(err), err) {
		return c.noModel(err, models)
	}
	return err
}

// models asks the server for the names of its models. A server that answers may have
// no list of them.
func (c *Client) models(ctx context.Context) (names []string, answered bool, err error) {
	limited, cancel := context.WithTimeoutCause(ctx, c.timeouts.FirstToken, errSilent)
	defer cancel()
	x := &openaihttp.Exchange{Client: c.http, Limit: maxModelListBytes}
	list, err := c.server.Client(x).ListModels(limited)
	if err != nil {
		if errors.Is(context.Cause(limited), errSilent) {
			err = errSilent
		}
		_, err = c.explain(ctx, x, &listener{}, err)
		return nil, x.Status != 0, err
	}
	for _, m := range list.Models {
		names = append(names, m.ID)
	}
	return names, true, nil
}

// errEnough ends a reply of which one token is enough.
var errEnough = errors.New("the model replies")

// probe asks the model for a token.
func (c *Client) probe(ctx context.Context) error {
	l := &listener{delta: func(string) error { return errEnough }}
	var x *openaihttp.Exchange
	err := c.learning(func(known quirk) (err error) {
		_, x, err = c.request(ctx, answer.Prompt{User: "Say yes.", MaxTokens: 1}, known, l)
		for _, reply := range []error{errEnough, errLength, errEmpty, errFlood, errFiltered, errUnmarked} {
			if errors.Is(err, reply) {
				return nil
			}
		}
		return err
	})
	if err != nil {
		_, err = c.explain(ctx, x, l, err)
	}
	return err
}

// listing names some models at the end of a message.
func listing(models []string) string {
	var quoted []string
	for _, name := range models[:min(len(models), maxModelsNamed)] {
		quoted = append(quoted, strconv.Quote(openaihttp.OneLine(name)))
	}
	switch {
	case len(models) == 0:
		return ""
	case len(models) > maxModelsNamed:
		quoted = append(quoted, "…")
	}
	return ": " + strings.Join(quoted, ", ")
}
