package llmtest

import "net/http"

// Fault is a way in which a model's server breaks.
type Fault struct {
	Name   string
	Script Script
	Passes bool // a client that tries again, or bears with it, has the whole reply
}

// Faults are all the ways to break that Pullquote knows. Where a part of a reply is
// given, or the whole of it in the end, it is of the script.
//
// Two of them wait until the client has had enough: "silence" and "silence within the
// reply".
func Faults(script Script) []Fault {
	busy := Refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "slow down")
	later := busy
	later.Header = map[string]string{"Content-Type": "application/json", "Retry-After": "1"}
	failed := Refuse(http.StatusInternalServerError, "server_error", "the model crashed")
	return []Fault{
		{"429 with Retry-After, then a reply", InTurn(Always(later), script), true},
		{"429 without Retry-After, then a reply", InTurn(Always(busy), script), true},
		{"429 always", Always(busy), false},
		{"429 for want of money", Always(Refuse(http.StatusTooManyRequests, "insufficient_quota", "top up")), false},
		{"500, then a reply", InTurn(Always(failed), script), true},
		{"500 always", Always(failed), false},
		{"401", Always(Refuse(http.StatusUnauthorized, "invalid_api_key", "wrong key")), false},
		{"404", Always(Refuse(http.StatusNotFound, "model_not_found", "no such model")), false},
		{"400", Always(Refuse(http.StatusBadRequest, "context_length_exceeded", "the prompt is too long")), false},
		{"a page for browsers", Always(Reply{Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>Welcome</html>"}), false},
		{"a page for browsers as 502", Always(Reply{Status: http.StatusBadGateway, Body: "<html>Bad Gateway</html>"}), false},
		{"silence", Always(Stream(Hang())), false},
		{"silence within the reply", broken(script, Hang()), false},
		{"hanging up at once, then a reply", InTurn(Always(Stream(Cut())), script), true},
		{"hanging up within the reply", broken(script, Cut()), false},
		{"an end without a finish reason", broken(script), false},
		{"malformed JSON", broken(script, Line(`data: {"choices":[{"delta":`)), false},
		{"an error within the reply", broken(script, Line("data: "+errorObject("server_error", "out of memory"))), false},
		{"finish reason length", broken(script, Finish("length")), false},
		{"finish reason content_filter", broken(script, Finish("content_filter")), false},
		{"nothing but a finish reason", Always(Say()), false},
		{"empty pieces", Always(Say("", "", "")), false},
		{"a flood", Always(flooded()), false},
		{"one document instead of a stream", whole(script), true},
	}
}

// broken gives a script's reply up to its end, and then something else.
func broken(script Script, instead ...Event) Script {
	return func(r Request) Reply {
		reply := script(r)
		var events []Event
		for _, e := range reply.Events {
			if e.kind != finish {
				events = append(events, e)
			}
		}
		reply.Events = append(events, instead...)
		return reply
	}
}

// whole gives a script's reply as to a request that does not stream.
func whole(script Script) Script {
	return func(r Request) Reply {
		reply := script(r)
		reply.Whole = true
		return reply
	}
}
