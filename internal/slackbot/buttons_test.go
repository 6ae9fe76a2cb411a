package slackbot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// feedback waits for the one rating of an answer.
func (w *world) feedback(t *testing.T) answer.Feedback {
	t.Helper()
	var page answer.FeedbackPage
	w.await(t, "thanks for a rating", func() bool {
		return slices.ContainsFunc(w.Ephemeral(slacktest.John), func(m slacktest.Message) bool { return strings.HasPrefix(m.Text, "Thank you") })
	})
	page, err := w.answers.Feedback(t.Context(), answer.FeedbackQuery{Limit: 10})
	if err != nil || len(page.Feedback) != 1 {
		t.Fatalf("the feedback is %+v, %v", page, err)
	}
	return page.Feedback[0]
}

func TestHelpful(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	w.press(t, slacktest.John, m, "pullquote.helpful", "")
	if f := w.feedback(t); f.Rating != answer.RatingUp || f.Reason != "" {
		t.Errorf("the feedback is %+v", f)
	}
}

func TestNotHelpful(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	w.press(t, slacktest.John, m, "pullquote.unhelpful", "")
	view := w.view(t)
	unfilled, err := w.Submit(view, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ack := w.Deliver(unfilled); !ack.OK() || !strings.Contains(string(ack.Body), "errors") {
		t.Errorf("nothing was chosen, and it was taken: %s", ack.Body)
	}
	filled, err := w.Submit(view, slacktest.State{"reason": {"value": {"wrong speaker"}}, "words": {"value": {"That was Finch."}}})
	if err != nil {
		t.Fatal(err)
	}
	w.deliver(t, filled)
	if f := w.feedback(t); f.Rating != answer.RatingDown || f.Reason != "wrong speaker: That was Finch." {
		t.Errorf("the feedback is %+v", f)
	}
}

// view is the one modal that is open.
func (w *world) view(t *testing.T) slacktest.View {
	t.Helper()
	views := w.Views()
	if len(views) != 1 {
		t.Fatalf("%d modals are open", len(views))
	}
	return views[0]
}

func TestShowContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, "Who pays for the dredging?", "")
	a, err := w.latest(t, m)
	if err != nil {
		t.Fatal(err)
	}
	choice := ""
	if len(a.Citations) > 1 {
		choice = a.ID + "/1"
	}
	w.press(t, slacktest.John, m, "pullquote.context", choice)
	w.await(t, "the context", func() bool { return len(w.Ephemeral(slacktest.John)) == 1 })
	seen := slacktest.Visible(w.Ephemeral(slacktest.John)[0])
	for _, words := range []string{"And who pays for the dredging?", "The harbour pays", "The ferry company wanted to pay for the lighthouse", "Dara Finch"} {
		if !strings.Contains(seen, words) {
			t.Errorf("the context lacks %q: %s", words, seen)
		}
	}
}

// Who may not read a collection is shown no more of it than they see in the channel.
func TestContextOfWhatOneMayNotRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, "Who pays for the dredging?", "")
	if err := w.store.SaveUser(t.Context(), slacktest.Team, slacktest.John, slackbot.User{Collections: []string{"hearings"}}); err != nil {
		t.Fatal(err)
	}
	w.press(t, slacktest.John, m, "pullquote.export", answerOf(m)+"/md")
	w.await(t, "a refusal", func() bool { return len(w.Ephemeral(slacktest.John)) == 1 })
	if told := w.Ephemeral(slacktest.John)[0].Text; !strings.Contains(told, "may not search") || len(w.Files(slacktest.Newsroom, threadOf(m))) > 0 {
		t.Errorf("told %q", told)
	}
}

// answerOf is the id of the answer that a message shows.
func answerOf(m slacktest.Message) string {
	_, after, _ := strings.Cut(string(m.Blocks), `"value":"`)
	return after[:36]
}

func TestExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	a, err := w.latest(t, m)
	if err != nil {
		t.Fatal(err)
	}
	for i, format := range []struct{ name, extension, begins string }{{"md", ".md", "# "}, {"docx", ".docx", "PK"}, {"pdf", ".pdf", "%PDF-"}} {
		w.press(t, slacktest.John, m, "pullquote.export", a.ID+"/"+format.name)
		w.await(t, "the file", func() bool { return len(w.Files(slacktest.Newsroom, threadOf(m))) == i+1 })
		file := w.Files(slacktest.Newsroom, threadOf(m))[i]
		if !strings.HasSuffix(file.Name, format.extension) || !strings.HasPrefix(string(file.Content), format.begins) {
			t.Errorf("%s begins with %.8q", file.Name, file.Content)
		}
	}
}

func TestAskAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	w.add(t, "default", `{"title": "Another Briefing", "turns": [{"speaker": "Ivo Rook", "role": "statement", "text": "The dredging will begin in April after all."}]}`)
	w.press(t, slacktest.John, m, "pullquote.again", "")
	w.await(t, "a second answer", func() bool { return len(w.complete(slacktest.Newsroom, threadOf(m))) == 2 })
	if second := w.complete(slacktest.Newsroom, threadOf(m))[1]; !strings.Contains(slacktest.Visible(second), "in April after all") {
		t.Errorf("the second answer is %s", slacktest.Visible(second))
	}
}

func TestCheckQuotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.Say(slacktest.Newsroom, slacktest.John, "Ivo Rook said: “The ferry company pays nothing.” Dara Finch said: “The harbour pays for the dredging.”", "")
	w.deliver(t, w.Shortcut(slacktest.Jane, m, slackbot.CheckShortcut))
	w.await(t, "verdicts", func() bool { return len(w.Ephemeral(slacktest.Jane)) == 1 })
	seen := slacktest.Visible(w.Ephemeral(slacktest.Jane)[0])
	for _, words := range []string{"2 quotations; 1 to mend", "word for word", "said by somebody else", "Ivo Rook"} {
		if !strings.Contains(seen, words) {
			t.Errorf("the verdicts lack %q: %s", words, seen)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.deliver(t, w.Command(slacktest.John, slacktest.Newsroom, "/pullquote", "settings"))
	if told := w.Ephemeral(slacktest.John); len(told) != 1 || !strings.Contains(told[0].Text, "Only administrators") || len(w.Views()) > 0 {
		t.Errorf("who is no administrator is told %+v", told)
	}
	w.deliver(t, w.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "settings"))
	submission, err := w.Submit(w.view(t), slacktest.State{
		"trigger": {"value": {"all"}}, "manner": {"value": {"quiet", "private"}}, "language": {"value": {"French"}}, "collections": {"value": {"default"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.deliver(t, submission)
	got, err := w.store.Channel(t.Context(), slacktest.Team, slacktest.Newsroom)
	if err != nil || got.Trigger != slackbot.TriggerAll || !got.Quiet || !got.Private || got.Language != "French" || !slices.Equal(got.Collections, []string{"default"}) {
		t.Errorf("the settings are %+v, %v", got, err)
	}
	if err := w.store.SaveUser(t.Context(), slacktest.Team, slacktest.John, slackbot.User{Manager: true}); err != nil {
		t.Fatal(err)
	}
	w.deliver(t, w.Command(slacktest.John, slacktest.Newsroom, "/pullquote", "settings"))
	if view := w.view(t); !strings.Contains(string(view.JSON), "French") {
		t.Errorf("a manager is shown %s", view.JSON)
	}
}
