package llmtest

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// Literal says this text whatever it is asked, in pieces that begin at these
// places, which count code points.
func Literal(text string, cuts ...int) Script {
	return func(Request) Reply { return Say(pieces(text, cuts)...) }
}

// pieces cuts a text. No server sends a part of a letter.
func pieces(text string, cuts []int) []string {
	runes := []rune(text)
	cuts = slices.Sorted(slices.Values(cuts))
	var all []string
	from := 0
	for _, at := range append(cuts, len(runes)) {
		if at = min(at, len(runes)); at > from {
			all = append(all, string(runes[from:at]))
			from = at
		}
	}
	return all
}

// Shredded cuts the replies of a script at random places. They depend on the seed and
// the prompt, not on the order of requests.
func Shredded(seed uint64, script Script) Script {
	return func(r Request) Reply {
		reply := script(r)
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(r.User)) // never fails
		random := rand.New(rand.NewPCG(seed, hash.Sum64()))
		var events []Event
		for _, e := range joined(reply.Events) {
			if e.kind != content {
				events = append(events, e)
				continue
			}
			for _, p := range pieces(e.text, cuts(random, len([]rune(e.text)))) {
				events = append(events, Content(p))
			}
		}
		reply.Events = events
		return reply
	}
}

// joined makes one of the pieces that follow each other.
func joined(events []Event) []Event {
	var all []Event
	for _, e := range events {
		if last := len(all) - 1; last >= 0 && e.kind == content && all[last].kind == content {
			all[last].text += e.text
			continue
		}
		all = append(all, e)
	}
	return all
}

// cuts are random places in a text, from hardly any to one after most letters.
func cuts(random *rand.Rand, letters int) []int {
	var places []int
	share := random.Float64()
	for at := 1; at < letters; at++ {
		if random.Float64() < share {
			places = append(places, at)
		}
	}
	return places
}

// InTurn answers the server's first request with the first script, and so on; the
// last one answers all others.
func InTurn(scripts ...Script) Script {
	return func(r Request) Reply { return scripts[min(r.N, len(scripts)-1)](r) }
}

// Always answers every request with the same reply.
func Always(reply Reply) Script { return func(Request) Reply { return reply } }

// Without refuses requests that have one of these parameters, as servers and models
// do that do not know them: "stream_options", "max_tokens", "max_completion_tokens",
// "temperature", "response_format". Other requests are for the script.
func Without(script Script, parameters ...string) Script {
	return func(r Request) Reply {
		given := map[string]bool{
			"stream_options":        r.IncludeUsage,
			"max_tokens":            r.MaxTokens != 0,
			"max_completion_tokens": r.MaxCompletionTokens != 0,
			"temperature":           r.Temperature != nil && *r.Temperature != 1,
			"response_format":       r.Schema != "",
		}
		for _, p := range parameters {
			if !given[p] {
				continue
			}
			message := "Unsupported parameter: '" + p + "' is not supported with this model."
			if p == "max_tokens" {
				message += " Use 'max_completion_tokens' instead."
			}
			return Refuse(400, "unsupported_parameter", message)
		}
		return script(r)
	}
}

// Thinking thinks before it answers: with a field of its own for thoughts, or aloud
// between <think> and </think>.
func Thinking(aloud bool, thoughts string, script Script) Script {
	return func(r Request) Reply {
		reply := script(r)
		thought := Thought(thoughts)
		if aloud {
			thought = Content("<think>\n" + thoughts + "\n</think>\n\n")
		}
		reply.Events = append([]Event{thought}, reply.Events...)
		return reply
	}
}

// flooded is a reply that does not end.
func flooded() Reply {
	return Say(slices.Repeat([]string{strings.Repeat("word ", 100)}, 1000)...)
}
