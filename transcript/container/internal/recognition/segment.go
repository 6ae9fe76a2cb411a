package recognition

import (
	"slices"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// segment is a piece of speech as a recogniser divides it.
type segment struct {
	text       string // empty where the words tell it
	speaker    string
	start, end *int64 // milliseconds
	words      []word
}

// word is a word of a segment, or a mark of punctuation.
type word struct {
	text       string
	speaker    string // empty where only the segment has one, or nobody knows
	start, end *int64
}

// settleSpeakers calls the speakers of words as their segments do. Where people gave the
// segments' speakers names, the words still have what the recogniser called them: then a
// word's speaker is the one whom most of the segments with that word's label have.
func settleSpeakers(segments []segment) []segment {
	own := map[string]bool{}
	together := map[string]map[string]int{} // of a word's label, how often each segment's label stands with it
	for _, s := range segments {
		own[s.speaker] = true
		for _, w := range s.words {
			if w.speaker == "" || s.speaker == "" {
				continue
			}
			if together[w.speaker] == nil {
				together[w.speaker] = map[string]int{}
			}
			together[w.speaker][s.speaker]++
		}
	}
	for label := range together {
		if own[label] {
			return segments
		}
	}
	for _, s := range segments {
		for i := range s.words {
			if of := together[s.words[i].speaker]; of != nil {
				s.words[i].speaker = mostOf(of)
			}
		}
	}
	return segments
}

// mostOf is the key with the highest count, the first by the alphabet of equals.
func mostOf(counts map[string]int) string {
	best := ""
	for key, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && key < best {
			best = key
		}
	}
	return best
}

// appendTo appends the utterances of a segment: one, or where its words are several people's,
// one for each run of words.
func (s segment) appendTo(out []utterance.Utterance) []utterance.Utterance {
	runs := s.runs()
	if len(runs) < 2 {
		u := utterance.Utterance{Text: s.text, Start: s.start, End: s.end, Words: s.times()}
		u.Voice = &content.Voice{Label: s.speaker}
		if len(runs) == 1 {
			u.Voice.Label = runs[0].speaker
			if u.Start == nil {
				u.Start, u.End = runs[0].start, runs[0].end
			}
			if u.Text == "" {
				u.Text, u.Words = runs[0].text, runs[0].times()
			}
		}
		u.Outside = utterance.IsUnspoken(u.Text)
		return append(out, u)
	}
	for _, r := range runs {
		out = append(out, utterance.Utterance{Voice: &content.Voice{Label: r.speaker}, Text: r.text, Start: r.start, End: r.end, Words: r.times()})
	}
	return out
}

// times are when each word of a segment's text was said; none where the words do not stand in
// it.
func (s segment) times() []content.Cue {
	places := align(s.text, s.words)
	var cues []content.Cue
	for i := range places {
		w := s.words[i]
		if w.start == nil {
			continue
		}
		cue := content.Cue{At: places[i], StartMS: *w.start, EndMS: *w.start}
		if w.end != nil {
			cue.EndMS = max(cue.StartMS, *w.end)
		}
		cues = append(cues, cue)
	}
	return cues
}

// runs divides the words of a segment where the speaker changes. A word that has none is of
// the word's before it, or at the start, behind it.
func (s segment) runs() []segment {
	speakers := make([]string, len(s.words))
	last := ""
	for i, w := range s.words {
		if w.speaker != "" {
			last = w.speaker
		}
		speakers[i] = last
	}
	if last == "" {
		last = s.speaker
	}
	for i := len(speakers) - 1; i >= 0; i-- {
		if speakers[i] == "" {
			speakers[i] = last
		}
		last = speakers[i]
	}
	var cuts []int
	for i := range speakers {
		if i > 0 && speakers[i] != speakers[i-1] {
			cuts = append(cuts, i)
		}
	}
	return divide(s, cuts, speakers)
}

// divide cuts a segment before the words of these numbers.
func divide(s segment, cuts []int, speakers []string) []segment {
	if len(s.words) == 0 {
		return nil
	}
	texts := textsOf(s.text, s.words, cuts)
	bounds := slices.Concat([]int{0}, cuts, []int{len(s.words)})
	parts := make([]segment, 0, len(texts))
	for k, text := range texts {
		words := s.words[bounds[k]:bounds[k+1]]
		part := segment{text: text, speaker: speakers[bounds[k]], words: words}
		for _, w := range words {
			if part.start == nil {
				part.start = w.start
			}
			if w.end != nil {
				part.end = w.end
			}
		}
		parts = append(parts, part)
	}
	return parts
}
