package recognition

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// areSeveral reports whether there are two channels or more.
func areSeveral(channels []string) bool {
	first := ""
	for _, c := range channels {
		if first = cmp.Or(first, c); c != "" && c != first {
			return true
		}
	}
	return false
}

// withChannels names the speakers of segments by their channels, of which each is somebody's, and
// puts the segments in the order of their times.
func withChannels(segments []segment, channels []string) []segment {
	for i, c := range channels {
		s := &segments[i]
		if s.speaker = inChannel(c, s.speaker); c == "" {
			continue
		}
		for k := range s.words {
			if s.words[k].speaker != "" {
				s.words[k].speaker = inChannel(c, s.words[k].speaker)
			}
		}
	}
	slices.SortStableFunc(segments, func(a, b segment) int {
		if a.start == nil || b.start == nil {
			return 0
		}
		return cmp.Compare(*a.start, *b.start)
	})
	return segments
}

// inChannel is the label of a speaker in a channel: the channel's, and the speaker's behind it.
func inChannel(channel, speaker string) string {
	if text.IsNumber(channel) {
		channel = "Channel " + channel
	}
	if speaker == "" || channel == "" || speaker == channel {
		return cmp.Or(channel, speaker)
	}
	if text.IsNumber(speaker) {
		speaker = "Speaker " + speaker
	}
	return channel + ", " + speaker
}
