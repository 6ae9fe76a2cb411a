package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// event is a server-sent event, or a comment when it has no name.
type event struct{ name, data string }

func parseEvents(t *testing.T, stream string) []event {
	t.Helper()
	var events []event
	for block := range strings.SplitSeq(strings.TrimSuffix(stream, "\n\n"), "\n\n") {
		if comment, ok := strings.CutPrefix(block, ": "); ok {
			events = append(events, event{"", comment})
			continue
		}
		first, second, _ := strings.Cut(block, "\n")
		name, isEvent := strings.CutPrefix(first, "event: ")
		data, isData := strings.CutPrefix(second, "data: ")
		if !isEvent || !isData || strings.Contains(data, "\n") {
			t.Fatalf("not an event: %q", block)
		}
		events = append(events, event{name, data})
	}
	return events
}

func names(events []event) (names []string) {
	for _, e := range events {
		names = append(names, e.name)
	}
	return names
}

func askForEvents(ctx context.Context, question string) *http.Request {
	body, _ := json.Marshal(answer.Request{Question: question})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/answers", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	return r
}

// answering is an Answerer for what the real one does not do on demand: to take
// its time, and to fail at a chosen moment.
type answering struct {
	Answerer
	answer func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error)
}

func (a answering) Answer(ctx context.Context, _ answer.Request, emit func(answer.Event) error) (*answer.Answer, error) {
	return a.answer(ctx, emit)
}

func TestWhoTakesEvents(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]bool{
		"": false, "*/*": false, "application/json": false, "text/event-stream": true, "application/json, text/event-stream": true,
		"text/event-stream; q=0.5": true, "text/event-stream;q=0": false, "text/event-stream; q=0.0": false,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/answers", nil)
		r.Header.Set("Accept", accept)
		if got := acceptsEvents(r); got != want {
			t.Errorf("Accept: %s takes events: %v", accept, got)
		}
	}
}

// What the events tell is the answer: their deltas are its text, their citations
// its citations, and each citation comes before the words that it covers.
func TestStreamTellsTheAnswer(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, askForEvents(t.Context(), "How far does the new lamp reach?"))

	events := parseEvents(t, recorded.Body.String())
	if got := names(events); got[0] != "retrieval" || got[len(got)-1] != "done" {
		t.Fatalf("events %q; want retrieval first and done last", got)
	}
	var text strings.Builder
	var citations []answer.Citation
	var done answer.Answer
	for _, e := range events {
		switch e.name {
		case "retrieval":
			var retrieval answer.Retrieval
			unmarshal(t, e.data, &retrieval)
			if len(retrieval.Hits) == 0 {
				t.Error("retrieval has no hits")
			}
		case "delta":
			var delta answer.Delta
			unmarshal(t, e.data, &delta)
			text.WriteString(delta.Text)
		case "citation":
			handler.checkData("Citation", []byte(e.data))
			var citation answer.Citation
			unmarshal(t, e.data, &citation)
			if strings.Contains(text.String(), citation.Quote) {
				t.Errorf("citation %d comes after its quotation", citation.Number)
			}
			citations = append(citations, citation)
		case "done":
			handler.checkData("Answer", []byte(e.data))
			unmarshal(t, e.data, &done)
		}
	}
	if !done.Answerable || text.String() != done.Text {
		t.Errorf("deltas make %q; the answer is %q", text.String(), done.Text)
	}
	if !slices.EqualFunc(citations, done.Citations, func(a, b answer.Citation) bool { return a.Quote == b.Quote && a.Number == b.Number }) {
		t.Errorf("citations told %v, and in the answer %v", citations, done.Citations)
	}
	for _, c := range done.Citations {
		if got := string([]rune(done.Text)[c.AnswerStart:c.AnswerEnd]); got != c.Quote {
			t.Errorf("citation %d covers %q of the answer; it quotes %q", c.Number, got, c.Quote)
		}
	}
}

func unmarshal(t *testing.T, data string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(data), into); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}

// serveFake answers one request for events with a scripted Answerer.
func serveFake(t *testing.T, ctx context.Context, script func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error)) *httptest.ResponseRecorder {
	t.Helper()
	recorded := httptest.NewRecorder()
	New(Config{Answers: answering{answer: script}, Log: testLog(t)}).ServeHTTP(recorded, askForEvents(ctx, "What now?"))
	return recorded
}

func TestStreamIsKeptAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorded := serveFake(t, t.Context(), func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
			time.Sleep(16 * time.Second)
			err := errors.Join(emit(answer.Retrieval{}), emit(answer.WithheldEvent{}))
			time.Sleep(30 * time.Second)
			return &answer.Answer{}, errors.Join(err, emit(answer.Delta{Text: "At last."}))
		})
		want := []string{"", "retrieval", "withheld", "", "", "delta", "done"}
		if got := names(parseEvents(t, recorded.Body.String())); !slices.Equal(got, want) {
			t.Errorf("events %q; want %q", got, want)
		}
	})
}

// A fault of the program breaks off the stream that it comes from, and nothing is written to it
// any more.
func TestStreamBreaksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorded := httptest.NewRecorder()
		handler := New(Config{Log: slog.New(slog.DiscardHandler), Answers: answering{answer: func(_ context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
			time.Sleep(16 * time.Second)
			_ = emit(answer.Delta{Text: "The lamp"})
			panic("a fault")
		}}})
		func() {
			defer func() {
				if cause := recover(); cause != http.ErrAbortHandler {
					t.Errorf("the handler ends in %v", cause)
				}
			}()
			handler.ServeHTTP(recorded, askForEvents(t.Context(), "What now?"))
		}()
		time.Sleep(time.Minute)
		if got := names(parseEvents(t, recorded.Body.String())); !slices.Equal(got, []string{"", "delta"}) {
			t.Errorf("events %q; want a comment and a delta", got)
		}
	})
}

func TestStreamEndsInError(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"known":    {fault.New(fault.Unavailable, "the model does not answer; try again"), "the model does not answer; try again"},
		"internal": {errors.New("secret of the house"), "something went wrong inside Pullquote; the log says what"},
	} {
		t.Run(name, func(t *testing.T) {
			recorded := serveFake(t, t.Context(), func(_ context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
				return nil, errors.Join(emit(answer.Delta{Text: "The lamp"}), test.err)
			})
			events := parseEvents(t, recorded.Body.String())
			if got := names(events); !slices.Equal(got, []string{"delta", "error"}) {
				t.Fatalf("events %q; want delta, error", got)
			}
			var p problem
			unmarshal(t, events[1].data, &p)
			if p.Detail != test.want || p.Code != fault.CodeOf(test.err) {
				t.Errorf("error event %+v; want the detail %q", p, test.want)
			}
		})
	}
}

// An answer that takes too long is given up: as a response, or as an event when
// the stream has begun.
func TestAnswerTimesOut(t *testing.T) {
	patient := func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	t.Run("response", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			handler := New(Config{Answers: answering{answer: patient}, Log: testLog(t)})
			p := problemIn(t, post(t, handler, "/v1/answers", `{"question": "What now?"}`))
			if p.Code != fault.Unavailable || !strings.Contains(p.Detail, "took too long") {
				t.Errorf("problem %+v", p)
			}
		})
	})
	t.Run("stream", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			events := parseEvents(t, serveFake(t, t.Context(), patient).Body.String())
			if last := events[len(events)-1]; last.name != "error" || !strings.Contains(last.data, "took too long") {
				t.Errorf("last event %q", last)
			}
		})
	})
}

// deadlines is a response that knows when its writes time out.
type deadlines struct {
	*httptest.ResponseRecorder
	write time.Time
}

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	d.write = t
	return nil
}

// Each event has a time-out of its own, and the connection none when the stream ends.
func TestStreamTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		response := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		handler := New(Config{Log: testLog(t), Answers: answering{answer: func(_ context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
			time.Sleep(time.Second)
			err := emit(answer.Delta{Text: "The lamp"})
			if want := time.Now().Add(eventTimeout); !response.write.Equal(want) {
				t.Errorf("an event may take until %v; want %v", response.write, want)
			}
			return &answer.Answer{}, err
		}}})
		handler.ServeHTTP(response, askForEvents(t.Context(), "What now?"))
		if !response.write.IsZero() {
			t.Errorf("the connection is left with a time-out at %v", response.write)
		}
	})
}

// A client that leaves ends the work, and leaves nothing behind: synctest fails
// when a goroutine remains.
func TestClientLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		recorded := serveFake(t, ctx, func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
			time.AfterFunc(time.Minute, leave)
			<-ctx.Done()
			return nil, ctx.Err()
		})
		if got := names(parseEvents(t, recorded.Body.String())); slices.Contains(got, "error") {
			t.Errorf("events %q; want no error for a client that left", got)
		}
	})
}

// brokenPipe is a response that reaches nobody.
type brokenPipe struct{ *httptest.ResponseRecorder }

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// An event that cannot be sent ends the work, and is no error of ours to log.
func TestEventsReachNobody(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	handler := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil)), Answers: answering{answer: func(_ context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
		err := emit(answer.Delta{Text: "The lamp"})
		if err == nil {
			t.Error("the event seems to have been sent")
		}
		return nil, err
	}}})
	handler.ServeHTTP(brokenPipe{httptest.NewRecorder()}, askForEvents(t.Context(), "What now?"))
	if strings.Contains(log.String(), "failed") {
		t.Errorf("logged %s", &log)
	}
}

// A client that hangs up over a real connection ends the work, too.
func TestClientHangsUp(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	server := httptest.NewServer(New(Config{Log: testLog(t), Answers: answering{answer: func(ctx context.Context, emit func(answer.Event) error) (*answer.Answer, error) {
		defer close(ended)
		if err := emit(answer.Delta{Text: "The lamp"}); err != nil {
			return nil, err
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}}}))
	defer server.Close() // waits for the handler
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	r := askForEvents(ctx, "How far?")
	request, err := http.NewRequestWithContext(ctx, r.Method, server.URL+r.URL.Path, r.Body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = r.Header
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	line, err := bufio.NewReader(response.Body).ReadString('\n')
	if err != nil && err != io.EOF || line != "event: delta\n" {
		t.Fatalf("the first line is %q (%v)", line, err)
	}
	hangUp()
	<-ended
}
