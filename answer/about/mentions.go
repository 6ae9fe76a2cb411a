package about

import "slices"

// mentions reads which transcripts mention something: "which transcripts mention the
// ferry", "in how many hearings is the ferry mentioned".
func mentions(text string, phrases []phrase) (Question, bool) {
	at := slices.IndexFunc(phrases, func(p phrase) bool { return p.cue&cueMention != 0 })
	if at < 0 {
		return Question{}, false
	}
	head := phrases[:at]
	topic := phrases[at+1:]
	if first := slices.IndexFunc(head, func(p phrase) bool { return p.cue == 0 }); first >= 0 { // the passive: it stands before
		head, topic = head[:first], head[first:]
		if slices.ContainsFunc(phrases[at+1:], func(p phrase) bool { return p.cue&anywhere == 0 }) {
			return Question{}, false
		}
	}
	cues := cuesOf(head)
	if !asksForSource(head) || cues&^(wants|source|anywhere|cueDeictic|cueRecord|cuePerson) != 0 {
		return Question{}, false
	}
	vague := func(p phrase) bool { return p.cue&(cuePlain|cueThe|cueIn) != 0 }
	for len(topic) > 0 && vague(topic[0]) {
		topic = topic[1:]
	}
	for len(topic) > 0 && vague(topic[len(topic)-1]) {
		topic = topic[:len(topic)-1]
	}
	if !slices.ContainsFunc(topic, func(p phrase) bool { return p.cue&(cueDeictic|cueWhich|cueWho) == 0 }) {
		return Question{}, false // nothing, or what a pronoun stands for
	}
	return Question{Kind: Mentions, Many: cues&cueHowMany != 0, Topic: textOf(text, topic)}, true
}

// asksForSource reports whether phrases ask which transcripts, or how many, and not what
// these do: it is "which of the transcripts" and not "what did the meeting". They may
// begin with what they ask for, too: "transcripts that mention".
func asksForSource(phrases []phrase) bool {
	at := slices.IndexFunc(phrases, func(p phrase) bool { return p.cue&source != 0 })
	for i := at - 1; i >= 0; i-- {
		switch c := phrases[i].cue; {
		case c&(cueWhich|cueHowMany) != 0:
			return true
		case c&(cueIn|cueThe) == 0:
			return cuesOf(phrases[:i+1])&cueList != 0
		}
	}
	return at == 0
}

func cuesOf(phrases []phrase) (cues cue) {
	for _, p := range phrases {
		cues |= p.cue
	}
	return cues
}
