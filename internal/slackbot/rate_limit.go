package slackbot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps to what Slack takes in one channel: a message each second, with a
// short burst. What it takes in all, it says when that is too much.
type pace struct {
	mu       sync.Mutex
	channels map[string]*rate.Limiter
}

const (
	postInterval = time.Second
	postBurst    = 3
	// idleChannels are dropped when there are more: a full limiter is like a new one.
	idleChannels = 1000
)

// wait waits until a message may be sent to a channel.
func (p *pace) wait(ctx context.Context, channel string) error {
	return p.of(channel).Wait(ctx)
}

func (p *pace) of(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.channels[channel]; l != nil {
		return l
	}
	if p.channels == nil || len(p.channels) >= idleChannels {
		kept := map[string]*rate.Limiter{}
		for name, l := range p.channels {
			if l.Tokens() < postBurst {
				kept[name] = l
			}
		}
		p.channels = kept
	}
	l := rate.NewLimiter(rate.Every(postInterval), postBurst)
	p.channels[channel] = l
	return l
}
