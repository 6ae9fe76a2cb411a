package slackbot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// channelLimits are the rate limits of posting, one for each channel: a message each
// second, with a short burst, as Slack documents. Of its other limits Slack tells when
// they are met.
type channelLimits struct {
	mu       sync.Mutex
	channels map[string]*rate.Limiter
}

const (
	postInterval = time.Second
	postBurst    = 3
	// idleChannels is how many limiters are kept; beyond that those of idle channels are
	// dropped, which are as good as new ones.
	idleChannels = 1000
)

// wait waits until a message may be sent to a channel.
func (c *channelLimits) wait(ctx context.Context, channel string) error {
	return c.of(channel).Wait(ctx)
}

func (c *channelLimits) of(channel string) *rate.Limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.channels[channel]; l != nil {
		return l
	}
	if c.channels == nil || len(c.channels) >= idleChannels {
		kept := map[string]*rate.Limiter{}
		for name, l := range c.channels {
			if l.Tokens() < postBurst {
				kept[name] = l
			}
		}
		c.channels = kept
	}
	l := rate.NewLimiter(rate.Every(postInterval), postBurst)
	c.channels[channel] = l
	return l
}
