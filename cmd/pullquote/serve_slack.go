package main

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackstore"
)

func (a *app) slackBot(s *services, store slackbot.Store) (*slackbot.Bot, error) {
	return slackbot.New(slackbot.Config{
		BotToken: a.config.slackBotToken, SigningSecret: a.config.slackSigningSecret, AppToken: a.config.slackAppToken,
		APIURL: a.config.slackAPIURL, PublicURL: a.config.links(),
		Store: store, Answers: s.answers, Library: s.library, Verifier: s.verifier, Open: a.reader().Open, Log: a.log,
	})
}

// workForSlack does Slack's tasks until stop is called, where Slack is configured. The handler,
// else nil, takes what Slack delivers over HTTP.
func (a *app) workForSlack(ctx context.Context, s *services) (deliveries http.Handler, stop func(), err error) {
	if a.config.slackBotToken == "" {
		return nil, func() {}, nil
	}
	store, err := slackstore.Open(ctx, s.store.Pool(), a.log)
	if err != nil {
		return nil, nil, err
	}
	bot, err := a.slackBot(s, store)
	if err != nil {
		store.Close()
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		if err := bot.Run(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("Slack is not answered any more; restart the server", fault.Attr(err))
		}
	}()
	return bot.Handler(), func() { cancel(); <-stopped; store.Close() }, nil
}

// withSlack serves what Slack delivers over HTTP besides; nil: nothing.
func withSlack(next, deliveries http.Handler) http.Handler {
	if deliveries == nil {
		return next
	}
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.Handle("/slack/", observe.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		observe.Routed(r.Context(), "/slack/")
		deliveries.ServeHTTP(w, r)
	})))
	return mux
}
