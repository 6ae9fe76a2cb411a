package answer_test

import (
	"testing"

	"github.com/pullquote/pullquote/answer"
)

// Who declines says so in many words; others look alike and claim something.
func TestRefuses(t *testing.T) {
	for text, want := range map[string]bool{
		"No comment.":                                                   true,
		"I have nothing to add.":                                        true,
		"We’ve nothing more to say about that.":                         true,
		"I have nothing further to add at this point.":                  true,
		"I am not going to name anybody.":                               true,
		"I'm not going to name anybody while the inquiry is going on.":  true,
		"We will not name anyone until the families know.":              true,
		"I won’t say.":                                                  true,
		"I would rather not say":                                        true,
		"I’d rather not say who it was.":                                true,
		"I'd rather not answer, if you don't mind.":                     true,
		"I prefer not to say.":                                          true,
		"I would not say it is expensive.":                              false,
		"I would rather not say it is expensive.":                       false,
		"I won't say, as some do, that the pier is sound.":              false,
		"I have nothing to add to the budget line but paint.":           false,
		"They have nothing to add.":                                     false,
		"I have nothing to say against the ferry, which is a good one.": false,
		"I cannot name anybody who did more for the harbour.":           false,
		"I will not name anybody king.":                                 false,
		"I hear that the mayor won't say.":                              false,
		"The report does not say.":                                      false,
		"I did not say.":                                                false,
	} {
		if got := answer.Refuses(text); got != want {
			t.Errorf("%q declines: %t, want %t", text, got, want)
		}
	}
}
