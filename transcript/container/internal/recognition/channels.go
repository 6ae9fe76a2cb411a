package recognition

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// withChannels names speakers by their channel where a recording has several, of which each is
// somebody's, and puts the segments in the order of their times.
func withChannels(segments []segment, channels []string) []segment {
	first := ""
	several := false
	for _, c := range channels {
		first = cmp.Or(first, c)
		several = several || c != "" && c != first
	}
	if !several {
		return segments
	}
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
