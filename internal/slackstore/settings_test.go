package slackstore_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

func TestSlackSettings(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	if c, err := s.Channel(t.Context(), "T1", "C1"); err != nil || !reflect.DeepEqual(c, slackbot.Channel{}) {
		t.Errorf("a channel of which nothing was said: %+v, %v", c, err)
	}
	if u, err := s.User(t.Context(), "T1", "U1"); err != nil || !reflect.DeepEqual(u, slackbot.User{}) {
		t.Errorf("a user of whom nothing was said: %+v, %v", u, err)
	}
	channel := slackbot.Channel{
		Collections: []string{"news", "court"}, Trigger: slackbot.TriggerAll, Askers: []string{"U1"},
		Private: true, Language: "French", Quiet: true, Bots: true,
	}
	user := slackbot.User{Denied: true, Collections: []string{"news"}, Manager: true}
	if err := errors.Join(
		s.SaveUser(t.Context(), "T2", "U1", user),
		s.SaveChannel(t.Context(), "T1", "C1", slackbot.Channel{Quiet: true}),
		s.SaveChannel(t.Context(), "T1", "C1", channel),
		s.SaveChannel(t.Context(), "T1", "C2", slackbot.Channel{Private: true}),
		s.SaveChannel(t.Context(), "T1", "C2", slackbot.Channel{}), // the default again
	); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Channel(t.Context(), "T1", "C1"); err != nil || !reflect.DeepEqual(c, channel) {
		t.Errorf("the channel is %+v, %v", c, err)
	}
	if u, err := s.User(t.Context(), "T2", "U1"); err != nil || !reflect.DeepEqual(u, user) {
		t.Errorf("the user is %+v, %v", u, err)
	}
	want := []slackbot.Setting{{Team: "T1", ID: "C1", Channel: &channel}, {Team: "T2", ID: "U1", User: &user}}
	if got, err := s.Settings(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the settings are %+v, %v", got, err)
	}
}

// A collection that is renamed is still the one that a channel is answered from and that a user
// may ask.
func TestSlackSettingsFollowRenaming(t *testing.T) {
	t.Parallel()
	s := newSlack(t)
	retrievaltest.Add(t, s.record, "news", retrievaltest.Orchard)
	collections := []string{"court", "news", "archive"}
	if err := errors.Join(
		s.SaveChannel(t.Context(), "T1", "C1", slackbot.Channel{Collections: collections, Quiet: true}),
		s.SaveUser(t.Context(), "T1", "U1", slackbot.User{Collections: collections, Manager: true}),
		s.SaveUser(t.Context(), "T1", "U2", slackbot.User{Collections: []string{"court"}}),
	); err != nil {
		t.Fatal(err)
	}
	if _, err := s.record.RenameCollection(t.Context(), "news", "press"); err != nil {
		t.Fatal(err)
	}
	got, err := s.Settings(t.Context())
	want := []string{"court", "press", "archive"}
	if err != nil || len(got) != 3 || !slices.Equal(got[0].Channel.Collections, want) || !slices.Equal(got[1].User.Collections, want) || !slices.Equal(got[2].User.Collections, want[:1]) {
		t.Errorf("the settings are %+v, %v", got, err)
	}
	if !got[0].Channel.Quiet || !got[1].User.Manager {
		t.Errorf("what else was set is lost: %+v", got)
	}
}
