package slackbot

import (
	"context"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/pause"
)

const (
	reconnectAfter = 5 * time.Second // until opening a websocket is tried again
	takenAtOnce    = 16              // deliveries that are kept at the same time
)

// listen keeps a websocket to Slack open until ctx ends. The library opens a new one
// where Slack asks for it; here only what ends it for good is tried again.
func (b *Bot) listen(ctx context.Context) error {
	for {
		client := socketmode.New(b.api)
		closed := make(chan error, 1)
		go func() { closed <- client.RunContext(ctx) }()
		err := b.takeUntil(ctx, client, closed)
		if ctx.Err() != nil {
			return nil
		}
		b.Log.Error("the websocket to Slack is closed; it is opened anew", fault.Attr(err))
		if pause.For(ctx, reconnectAfter) != nil {
			return nil
		}
	}
}

// takeUntil takes deliveries, some at a time, until the websocket is closed for
// good; then those that it has begun are done.
func (b *Bot) takeUntil(ctx context.Context, client *socketmode.Client, closed <-chan error) error {
	var taking errgroup.Group
	taking.SetLimit(takenAtOnce)
	defer func() { _ = taking.Wait() }() // take tells its own errors
	for {
		select {
		case err := <-closed:
			return err
		case event := <-client.Events:
			switch event.Type {
			case socketmode.EventTypeConnected:
				b.Log.Info("Slack is connected")
			case socketmode.EventTypeInvalidAuth:
				b.Log.Error("Slack refuses the app token; set SLACK_APP_TOKEN to an xapp- token with the scope connections:write")
			case socketmode.EventTypeEventsAPI, socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive:
				taking.Go(func() error { b.take(ctx, client, event); return nil })
			}
		}
	}
}

// take keeps what a delivery asks for and acknowledges it. What cannot be kept is
// not acknowledged, so that Slack delivers it again.
func (b *Bot) take(ctx context.Context, client *socketmode.Client, event socketmode.Event) {
	ctx, cancel := context.WithTimeout(ctx, acknowledgeWithin)
	defer cancel()
	reply, err := b.receive(ctx, event)
	if err != nil && fault.CodeOf(err).Status() >= 500 {
		b.Log.WarnContext(ctx, "a delivery of Slack's is not taken", "envelope", event.Request.EnvelopeID, fault.Attr(err))
		return
	}
	if err := client.AckCtx(ctx, event.Request.EnvelopeID, reply); err != nil {
		b.Log.Warn("a delivery of Slack's could not be acknowledged; it will come again", "envelope", event.Request.EnvelopeID, fault.Attr(err))
	}
}

func (b *Bot) receive(ctx context.Context, event socketmode.Event) (reply any, err error) {
	switch data := event.Data.(type) {
	case slack.SlashCommand:
		return b.receiveCommand(ctx, data)
	case slack.InteractionCallback:
		return b.receiveInteraction(ctx, data, event.Request.Payload)
	}
	return nil, b.receiveEvent(ctx, event.Request.Payload)
}
