package slackbot_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// TestHome opens the app's home: it shows what the person may ask, and no more.
func TestHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.add(t, "hearings", `{"title": "A Hearing", "turns": [{"speaker": "Nia Holt", "role": "statement", "text": "The kelp was measured at dawn."}]}`)
	w.add(t, "default", hostileFile(t, "The kelp is green."))
	home := func() string {
		t.Helper()
		before := len(w.Calls("views.publish"))
		w.deliver(t, w.HomeOpened(slacktest.Jane, "messages"))
		w.deliver(t, w.HomeOpened(slacktest.Jane, "home"))
		w.await(t, "the home", func() bool { return len(w.Calls("views.publish")) == before+1 && len(w.Views()) == 1 })
		view := w.view(t)
		for _, a := range slacktest.ActiveIn(view) {
			if a.Kind != slacktest.Link || !strings.HasPrefix(a.Value, "https://quotes.example/t/") {
				t.Errorf("%s %q is active", a.Kind, a.Value)
			}
		}
		return slacktest.VisibleIn(view)
	}
	seen := home()
	for _, want := range []string{"Ask me what somebody said", "default: 2 transcripts, 6 turns, 4 March 2031", "The North Channel, 4 March 2031", "The Kelp"} {
		if !strings.Contains(seen, want) {
			t.Errorf("the home lacks %q: %s", want, seen)
		}
	}
	if strings.Contains(seen, "Hearing") {
		t.Errorf("the home shows what Jane may not ask there: %s", seen)
	}
	if err := w.store.SaveUser(t.Context(), slacktest.Team, slacktest.Jane, slackbot.User{Denied: true}); err != nil {
		t.Fatal(err)
	}
	if seen := home(); !strings.Contains(seen, "may not ask") || strings.Contains(seen, "The North Channel") {
		t.Errorf("the home shows %s", seen)
	}
}
