package llm_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

// Calls beyond the slots wait for their turn, and are refused once they have waited for long;
// what runs comes to its end.
func TestSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct {
			name    string
			takes   time.Duration // a reply
			refused int32         // of four calls at once, for which there are two slots
		}{
			{"a short wait", 9 * time.Second, 0},
			{"a long wait", 11 * time.Second, 2},
		} {
			slow := llmtest.Always(llmtest.Stream(llmtest.Pause(test.takes), llmtest.Content("[s2]"), llmtest.Finish("stop")))
			server := llmtest.NewInMemory(t, slow)
			slots := llm.NewSlots(2)
			var refused atomic.Int32
			var calls sync.WaitGroup
			for range 4 {
				model := newClient(t, llm.Config{BaseURL: server.URL, HTTPClient: server.Client(), Slots: slots})
				calls.Go(func() {
					text, _, err := complete(t.Context(), model)
					switch {
					case errors.Is(err, answer.ErrBusy) && fault.CodeOf(err) == fault.Unavailable && fault.RetryOf(err) > 0:
						refused.Add(1)
					case err != nil || text != "[s2]":
						t.Errorf("%s: got %q, %v", test.name, text, err)
					}
				})
			}
			calls.Wait()
			if refused.Load() != test.refused || len(server.Requests()) != 4-int(test.refused) {
				t.Errorf("%s: %d calls were refused and %d sent, want %d refused", test.name, refused.Load(), len(server.Requests()), test.refused)
			}
		}
	})
}

// meter notes what is taken and used.
type meter struct {
	refuses     error
	taken, used int
}

func (m *meter) Take(_ context.Context, tokens int) (func(int), error) {
	m.taken = tokens
	return func(used int) { m.used = used }, m.refuses
}

// A call counts before it is made with all that it may take, and afterwards with what it took.
func TestMeter(t *testing.T) {
	most := prompt.Tokens() + prompt.MaxTokens
	for _, test := range []struct {
		name   string
		script llmtest.Script
		meter  meter
		used   int
	}{
		{"the server tells", llmtest.Honest(), meter{}, 65},
		{"the server does not tell", llmtest.Without(llmtest.Always(llmtest.Say("[s2] and more")), "stream_options"), meter{}, prompt.Tokens() + 4},
		{"the server refuses", llmtest.Always(llmtest.Refuse(401, "no", "bad key")), meter{}, 0},
		{"the budget is used up", llmtest.Honest(), meter{refuses: fault.New(fault.BudgetSpent, "used up")}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := llmtest.New(t, test.script)
			m := test.meter
			_, _, err := complete(t.Context(), newClient(t, llm.Config{BaseURL: server.URL, Meter: &m}))
			if m.refuses != nil && (fault.CodeOf(err) != fault.BudgetSpent || len(server.Requests()) > 0) {
				t.Errorf("it was made with %v", err)
			}
			if m.taken != most || m.used != test.used {
				t.Errorf("taken %d, used %d, want %d and %d", m.taken, m.used, most, test.used)
			}
		})
	}
}
