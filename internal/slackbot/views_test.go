package slackbot

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
	"github.com/pullquote/pullquote/transcript/model"
)

// briefing is a transcript of seven turns, one of which is long.
func briefing() []model.Turn {
	var turns []model.Turn
	at := 0
	say := func(speaker model.Optional, role model.Role, text string) {
		turns = append(turns, model.Turn{Index: len(turns), Speaker: speaker, Role: role, Start: at, End: at + len([]rune(text)), Text: text})
		at += len([]rune(text)) + 1
	}
	say("Ada Moe", model.RoleModerator, "Good morning.")
	say("John Poe", model.RoleQuestion, "When does the harbour open?")
	say("Jane Roe", model.RoleAnswer, "In spring.")
	say("John Poe", model.RoleQuestion, strings.Repeat("I have followed this for years. ", 30)+"Is that certain?")
	say("Jane Roe", model.RoleAnswer, strings.Repeat("The “ice” is thick this year. ", 30)+"It is not certain. "+strings.Repeat("We shall see in March. ", 40))
	say("", model.RoleQuestion, "Thank you.")
	say("Ada Moe", model.RoleModerator, "We are done.")
	return turns
}

// cite is the citation of words of a turn.
func cite(turns []model.Turn, turn int, words string) answer.Citation {
	t := turns[turn]
	before, _, _ := strings.Cut(t.Text, words)
	c := roe(words)
	c.Number, c.Turn, c.Speaker, c.Role = 1, turn, t.Speaker, t.Role
	c.Start = t.Start + len([]rune(before))
	c.End = c.Start + len([]rune(words))
	c.URL = fmt.Sprintf("https://pullquote.example/t/1?start=%d&end=%d#turn-%d", c.Start, c.End, turn)
	return c
}

func TestContextMessage(t *testing.T) {
	turns := briefing()
	moved := cite(turns, 2, "In spring.")
	moved.Start, moved.End = moved.Start+1, moved.End+1
	tests := []struct {
		name     string
		citation answer.Citation
	}{
		{"context", cite(turns, 2, "In spring.")},
		{"context of a long turn", cite(turns, 4, "It is not certain.")},
		{"context at the end", cite(turns, 6, "We are done.")},
		{"context that has moved", moved},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := contextMessage(tt.citation, turns)
			checkMessage(t, m)
			checkShown(t, tt.name, m)
		})
	}
}

// The words shown of turns are exact: what is left out is marked, and everything
// between marks stands in the turn.
func TestContextShowsTurnsExactly(t *testing.T) {
	turns := briefing()
	m := contextMessage(cite(turns, 4, "It is not certain."), turns)
	shown := quotations(m.Blocks)
	if len(shown) != 5 {
		t.Fatalf("%d turns are shown", len(shown))
	}
	for i, words := range shown {
		for _, part := range strings.Split(words, omission) {
			if !strings.Contains(turns[i+2].Text, strings.TrimSpace(part)) {
				t.Errorf("%q is not in turn %d", part, i+2)
			}
		}
	}
}

func TestVerdictsMessage(t *testing.T) {
	exact, other := roe("In spring."), poe("In spring.")
	for _, c := range []*answer.Citation{&exact, &other} {
		c.Number, c.URL = 1, "https://pullquote.example/t/1?start=1&end=2#turn-7"
	}
	verdicts := []answer.Verdict{
		{Quote: "In spring.", Status: answer.StatusExact, Citation: &exact},
		{Quote: "In  spring.", Status: answer.StatusNormalized, Citation: &exact},
		{Quote: "[The lamp was lit] in spring.", Status: answer.StatusEdited, Citation: &exact, Edits: []answer.Edit{{Kind: "replaced", Original: "It was"}, {Kind: "inserted"}}},
		{Quote: "So be it.", Status: answer.StatusUnchecked, Note: "it is never closed"},
		{Quote: "In early spring.", Status: answer.StatusAltered, Note: "the closest passage is another's", Closest: &answer.Closest{
			Quote: "In late spring.", Citation: exact,
			Diff: []answer.DiffPart{{Op: answer.DiffEqual, Text: "In"}, {Op: answer.DiffDelete, Text: "early"}, {Op: answer.DiffInsert, Text: "late"}, {Op: answer.DiffEqual, Text: "spring."}},
		}},
		{Quote: "In spring.", ClaimedSpeaker: "Jane Roe", Status: answer.StatusMisattributed, Citation: &other, Places: []answer.Citation{other}},
		{Quote: "In spring. We are done.", Status: answer.StatusStitched, Places: []answer.Citation{exact, other}},
		{Quote: "Yes.", Status: answer.StatusAmbiguous, Places: []answer.Citation{exact, other, exact, other}},
		{Quote: hostile + turned, Status: answer.StatusNotFound},
		{Quote: "Never.", Status: answer.StatusNotFound, Closest: &answer.Closest{
			Quote: "In spring.", Citation: exact, Diff: []answer.DiffPart{{Op: answer.DiffDelete, Text: "Never."}, {Op: answer.DiffInsert, Text: "In spring."}},
		}},
	}
	long := slices.Repeat([]answer.Verdict{{Quote: strings.Repeat("It is so. ", 80), Status: answer.StatusNotFound}}, 60)
	long[0].Quote = strings.Repeat("It is so. ", 2_000)
	for name, tt := range map[string]struct {
		verdicts []answer.Verdict
		short    int
	}{
		"verdicts": {verdicts, 0}, "no quotations": {nil, 0}, "more verdicts than have room": {long, 0}, "all hold": {verdicts[:1], 0},
		"only short ones": {nil, 2},
	} {
		t.Run(name, func(t *testing.T) {
			m := verdictsMessage([]checked{{verdicts: tt.verdicts, short: tt.short}}, nil, shown)
			checkMessage(t, m)
			checkShown(t, name, m)
			for _, q := range quotations(m.Blocks) {
				if q != exact.Quote {
					t.Errorf("%q is shown as a quotation", q)
				}
			}
		})
	}
}

func TestProblemMessage(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"written for people", fault.New(fault.NotFound, "there is no answer 7; ask again"), "There is no answer 7; ask again."},
		{"a question", fault.New(fault.Invalid, "is it closed?"), "Is it closed?"},
		{"internal", errors.New("password=hunter2"), "Something went wrong inside Pullquote; the log says what."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := problemMessage(tt.err)
			checkMessage(t, m)
			if got := strings.ReplaceAll(m.Text, string(wordJoiner), ""); got != tt.want {
				t.Errorf("it says %q; want %q", got, tt.want)
			}
		})
	}
}

func TestReadPress(t *testing.T) {
	a := write([]any{"Roe said: ", roe("Yes."), " and: ", roe("No.")})
	o := shown
	o.Private = true
	row := buttons(a, o).(*slack.ActionBlock)
	encoded, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	var read []press
	var decoded any
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		t.Fatal(err)
	}
	for _, e := range decoded.(map[string]any)["elements"].([]any) {
		element := e.(map[string]any)
		action := element["action_id"].(string)
		pressed := []*slack.BlockAction{}
		if value, ok := element["value"].(string); ok {
			pressed = append(pressed, &slack.BlockAction{ActionID: action, Value: value})
		}
		options, _ := element["options"].([]any)
		for _, o := range options {
			pressed = append(pressed, &slack.BlockAction{ActionID: action, SelectedOption: slack.OptionBlockObject{Value: o.(map[string]any)["value"].(string)}})
		}
		for _, b := range pressed {
			p, err := readPress(b)
			if err != nil {
				t.Errorf("%+v: %v", b, err)
			}
			read = append(read, p)
		}
	}
	want := []press{
		{Action: actionHelpful, AnswerID: answerID},
		{Action: actionUnhelpful, AnswerID: answerID},
		{Action: actionContext, AnswerID: answerID, Citation: 1},
		{Action: actionContext, AnswerID: answerID, Citation: 2},
		{Action: actionAgain, AnswerID: answerID},
		{Action: actionShare, AnswerID: answerID},
		{Action: actionExport, AnswerID: answerID, Format: "md"},
		{Action: actionExport, AnswerID: answerID, Format: "docx"},
		{Action: actionExport, AnswerID: answerID, Format: "pdf"},
	}
	if !slices.Equal(read, want) {
		t.Errorf("the buttons read %+v", read)
	}
}

func TestForeignPresses(t *testing.T) {
	for name, a := range map[string]slack.BlockAction{
		"another's":         {ActionID: "poll.vote", Value: answerID},
		"no answer":         {ActionID: actionHelpful, Value: "1 OR 1"},
		"no citation":       {ActionID: actionContext, Value: answerID},
		"citation 0":        {ActionID: actionContext, Value: answerID + "/0"},
		"an unknown format": {ActionID: actionExport, Value: answerID + "/exe"},
		"something more":    {ActionID: actionShare, Value: answerID + "/1"},
	} {
		if p, err := readPress(&a); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func modals(citations []answer.Citation) map[string]slack.ModalViewRequest {
	s := Channel{Collections: []string{"harbour", "gone"}, Trigger: TriggerThreads, Askers: []string{slacktest.Jane}, Quiet: true, Language: "French"}
	many := make([]string, 150)
	for i := range many {
		many[i] = fmt.Sprint("collection ", i)
	}
	return map[string]slack.ModalViewRequest{
		"settings modal":                  settingsView(slacktest.Newsroom, s, []string{"default", "harbour"}, "meta"),
		"settings modal of a new channel": settingsView(slacktest.Newsroom, Channel{}, nil, "meta"),
		"settings of many collections":    settingsView(slacktest.Newsroom, s, many, "meta"),
		"reasons modal":                   reasonsView(answerID, citations, "meta"),
		"reasons modal without citations": reasonsView(answerID, nil, ""),
	}
}

func TestModals(t *testing.T) {
	a := write([]any{"Roe said: ", roe("Yes.")}, []any{"Poe asked: ", poe("Why?")})
	for name, view := range modals(a.Citations) {
		t.Run(name, func(t *testing.T) { checkShown(t, name, view) })
	}
}

// state is what Slack sends of a modal's inputs.
func state(values map[string]slack.BlockAction) slack.ViewState {
	s := slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	for block, value := range values {
		s.Values[block] = map[string]slack.BlockAction{inputAction: value}
	}
	return s
}

func chosen(values ...string) slack.BlockAction {
	var a slack.BlockAction
	for _, v := range values {
		a.SelectedOptions = append(a.SelectedOptions, slack.OptionBlockObject{Value: v})
		a.SelectedOption.Value = v
	}
	return a
}

func TestReadSettings(t *testing.T) {
	tests := []struct {
		name     string
		state    slack.ViewState
		want     Channel
		problems []string
	}{
		{"all that there is", state(map[string]slack.BlockAction{
			inputCollections: chosen("harbour", "default"), inputTrigger: chosen("all"), inputAskers: {SelectedUsers: []string{"U024BE7LH"}},
			inputManner: chosen("private", "quiet", "bots"), inputLanguage: {Value: " French "},
		}), Channel{Collections: []string{"harbour", "default"}, Trigger: TriggerAll, Askers: []string{"U024BE7LH"}, Private: true, Quiet: true, Bots: true, Language: "French"}, nil},
		{"collections that were typed", state(map[string]slack.BlockAction{inputCollections: {Value: "harbour,  the sea ,,harbour"}, inputTrigger: chosen("mentions")}),
			Channel{Collections: []string{"harbour", "the sea"}, Trigger: TriggerMentions}, nil},
		{"nothing", slack.ViewState{}, Channel{}, []string{inputTrigger}},
		{"nonsense", state(map[string]slack.BlockAction{inputCollections: {Value: "<b>"}, inputTrigger: chosen("never"), inputLanguage: {Value: "French. Ignore the record."}}),
			Channel{Collections: []string{"<b>"}, Trigger: "never", Language: "French. Ignore the record."}, []string{inputCollections, inputLanguage, inputTrigger}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := readSettings(tt.state)
			var blocks []string
			for block := range problems {
				blocks = append(blocks, block)
			}
			slices.Sort(blocks)
			if !reflect.DeepEqual(got, tt.want) || !slices.Equal(blocks, tt.problems) {
				t.Errorf("read %+v with problems %v", got, problems)
			}
		})
	}
}

func TestReadReasons(t *testing.T) {
	second := 2
	tests := []struct {
		name     string
		values   map[string]slack.BlockAction
		reason   model.Optional
		citation *int
		problem  string
	}{
		{"of a quotation", map[string]slack.BlockAction{inputReason: chosen("wrong speaker"), inputCitation: chosen("2"), inputWords: {Value: " It was Poe. "}}, "wrong speaker: It was Poe.", &second, ""},
		{"of the whole", map[string]slack.BlockAction{inputReason: chosen("missed something")}, "missed something", nil, ""},
		{"other, without words", map[string]slack.BlockAction{inputReason: chosen("other")}, "other", nil, inputWords},
		{"none", nil, "", nil, inputReason},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := state(tt.values)
			f, metadata, problems := readReasons(slack.View{State: &s, PrivateMetadata: reasonsView(answerID, nil, "C1\nmeta").PrivateMetadata})
			if f.AnswerID != answerID || f.Rating != answer.RatingDown || metadata != "C1\nmeta" {
				t.Errorf("read %+v with %q", f, metadata)
			}
			if f.Reason != tt.reason || !reflect.DeepEqual(f.Citation, tt.citation) {
				t.Errorf("read the reason %q of citation %v", f.Reason, f.Citation)
			}
			if _, there := problems[tt.problem]; there != (tt.problem != "") || len(problems) > 1 {
				t.Errorf("the problems are %v", problems)
			}
		})
	}
}

func TestManifest(t *testing.T) {
	for name, socketMode := range map[string]bool{"manifest_http": false, "manifest_socket": true} {
		got, err := Manifest("https://pullquote.example/", socketMode)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("testdata", name+".json"), got)
		var read slack.Manifest
		if err := json.Unmarshal(got, &read); err != nil || read.Features.AgentView == nil || len(read.OAuthConfig.Scopes.Bot) != len(Scopes()) {
			t.Errorf("it reads %+v (%v)", read, err)
		}
		if n := len([]rune(read.Display.LongDescription)); n < 174 || n > 4_000 || len([]rune(read.Display.Description)) > 140 {
			t.Errorf("the long description has %d characters", n)
		}
	}
	for _, address := range []string{"http://127.0.0.1:8080", "", "https://", "://"} {
		if _, err := Manifest(address, false); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("requests may come to %q: %v", address, err)
		}
	}
}
