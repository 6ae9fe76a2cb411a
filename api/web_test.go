package api

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/retrieval"
)

// openLighthouse serves a record of the lighthouse's transcript and opens a browser.
func openLighthouse(t *testing.T) (config Config, url string, browser context.Context) {
	t.Helper()
	config = newConfig(t)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	return config, server.URL, openBrowser(t)
}

// read is the visible text of the first element that the selector finds.
func read(t *testing.T, browser context.Context, selector string) string {
	t.Helper()
	text, err := chromedp.Run(browser, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A person asks on the page, reads a quotation, follows it to the transcript and
// finds the same words marked there.
func TestAskingOnThePage(t *testing.T) {
	t.Parallel()
	_, url, browser := openLighthouse(t)

	if err := chromedp.Do(browser,
		chromedp.Navigate(url),
		chromedp.SendKeys(chromedp.CSS(`#question`), "Which sign stands on the chart?"),
		chromedp.Click(chromedp.CSS(`#ask [type=submit]`)),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	exports, err := chromedp.Run(browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.export button')].map((button) =>
		button.formAction.replace(/[-0-9a-f]{36}/, 'ID') + '?' + new URLSearchParams(new FormData(button.form)))`))
	if err != nil {
		t.Fatal(err)
	}
	text, place := read(t, browser, `.answer`), read(t, browser, `.sources a`)
	if err := chromedp.Do(browser,
		chromedp.Click(chromedp.CSS(`.sources a`)),
		chromedp.WaitVisible(chromedp.CSS(`.record mark`)),
	); err != nil {
		t.Fatal(err)
	}
	speaker := read(t, browser, `.turn:has(mark) h2`)
	marked, err := chromedp.Run(browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.record mark')].map((mark) => mark.textContent)`))
	if err != nil {
		t.Fatal(err)
	}

	const chosen = "/ID/export?format=docx&style=chicago"
	if want := []string{url + "/v1/answers" + chosen, url + "/v1/conversations" + chosen}; !slices.Equal(exports, want) {
		t.Errorf("it is exported from %q; want %q", exports, want)
	}
	const cited, quotation = "The Lighthouse at Gull Rock draft", "On the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it."
	if !strings.Contains(place, cited) {
		t.Errorf("the transcript is cited as %q; want %q", place, cited)
	}
	if !strings.Contains(text, quotation) {
		t.Errorf("the answer is %q; want %q in it", text, quotation)
	}
	if !slices.Equal(marked, []string{quotation}) || speaker != "Odile Marchetti" {
		t.Errorf("marked %q in a turn of %q; want %q of Odile Marchetti", marked, speaker, quotation)
	}
}

// A link to an answer opens it as it was given, and a follow-up continues its
// conversation with its filter.
func TestOpeningAnAnswerOnThePage(t *testing.T) {
	t.Parallel()
	config, url, browser := openLighthouse(t)
	given, err := config.Answers.Answer(t.Context(), answer.Request{Question: "Which sign stands on the chart?", Filter: retrieval.Filter{Speaker: "Marchetti"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(browser,
		chromedp.Navigate(url+"/?answer="+given.ID),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	question, text := read(t, browser, `.exchange h2`), read(t, browser, `.answer`)
	if err := chromedp.Do(browser,
		chromedp.SendKeys(chromedp.CSS(`#question`), "How far does the new lamp reach?"),
		chromedp.Click(chromedp.CSS(`#ask [type=submit]`)),
		chromedp.WaitVisible(chromedp.CSS(`.exchange:nth-child(2) .answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	continued, err := config.Answers.Conversation(t.Context(), given.ConversationID)
	if err != nil {
		t.Fatal(err)
	}

	if question != given.Question || !strings.Contains(text, given.Citations[0].Quote) {
		t.Errorf("the question %q is answered with %q; want %q with %q", question, text, given.Question, given.Citations[0].Quote)
	}
	if len(continued.Answers) != 2 || continued.Answers[1].Filter.Speaker != "Marchetti" {
		t.Errorf("the conversation has %d answers, the last within %+v", len(continued.Answers), continued.Answers[len(continued.Answers)-1].Filter)
	}
}

// A link to an answer that is not there says so, and the page can be asked.
func TestOpeningNoAnswerOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	server := httptest.NewServer(New(config))
	defer server.Close()
	browser := openBrowser(t)
	for _, id := range []string{"0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e", "%3Cb%3E%2F..%2F"} {
		if err := chromedp.Do(browser,
			chromedp.Navigate(server.URL+"/?answer="+id),
			chromedp.WaitVisible(chromedp.CSS(`.exchange .problem`)),
		); err != nil {
			t.Fatal(err)
		}
		title, problem, button := read(t, browser, `.exchange h2`), read(t, browser, `.exchange .problem`), read(t, browser, `#ask [type=submit]`)
		if title != "This answer cannot be shown" || !strings.Contains(problem, "There is no answer") || button != "Ask" {
			t.Errorf("%s: the page says %q, %q, and offers to %q", id, title, problem, button)
		}
	}
}

// A reader rates an answer and a quotation, thinks again and says why; what is kept
// stands when the page is loaded again, and becomes a question to measure by.
func TestRatingOnThePage(t *testing.T) {
	t.Parallel()
	config, url, browser := openLighthouse(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(url+"/?q=Which+sign+stands+on+the+chart"),
		chromedp.Click(chromedp.CSS(`.sources .rating > [value=up]`)),
		chromedp.WaitVisible(chromedp.CSS(`.sources .rating > p:not(:empty)`)),
		chromedp.Click(chromedp.CSS(`.sources .rating > [value=down]`)),
		chromedp.WaitVisible(chromedp.CSS(`.sources .rating > p:not(:empty)`)),
		chromedp.Click(chromedp.CSS(`.sources .rating [value="wrong quotation"]`)),
		chromedp.SendKeys(chromedp.CSS(`.sources .rating textarea`), "It is <b>not</b> the sign."),
		chromedp.Click(chromedp.CSS(`.sources .rating [type=submit]`)),
		chromedp.WaitVisible(chromedp.CSS(`.sources .rating > p:not(:empty)`)),
		chromedp.SendKeys(chromedp.CSS(`.reply .rating > [value=up]`), " "), // pressed with the keyboard
		chromedp.WaitVisible(chromedp.CSS(`.reply .rating > p:not(:empty)`)),
		chromedp.Reload(),
		chromedp.WaitVisible(chromedp.CSS(`.reply .rating > p:not(:empty)`)),
	); err != nil {
		t.Fatal(err)
	}
	pressed, err := chromedp.Run(browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.rating > [aria-pressed=true]')].map((button) =>
		button.parentNode.ariaLabel + ': ' + button.textContent + ', ' + button.parentNode.querySelector('[role=status]').textContent)`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Rate this answer: Helpful, Kept.", "Rate quotation 1: Wrong, Kept: wrong quotation: It is <b>not</b> the sign."}
	if !slices.Equal(pressed, want) {
		t.Errorf("pressed %q; want %q", pressed, want)
	}
	cases, err := eval.FromFeedback(t.Context(), config.Answers)
	if err != nil || len(cases) != 1 {
		t.Fatalf("the questions to measure by are %+v: %v", cases, err)
	}
	if c := cases[0]; c.Question != "Which sign stands on the chart" || len(c.MustNot) != 1 || c.MustNot[0][0] != "Odile Marchetti" {
		t.Errorf("the question to measure by is %+v", c)
	}
}

// That an answer was rightly declined is said like everything else; what cannot be
// kept is not shown as kept, and the page says why.
func TestRatingADeclinedAnswerOnThePage(t *testing.T) {
	t.Parallel()
	config, url, browser := openLighthouse(t)
	declined, err := config.Answers.Answer(t.Context(), answer.Request{Question: "Who won the football cup final?"}, nil)
	if err != nil || declined.Answerable {
		t.Fatalf("the answer is %+v: %v", declined, err)
	}
	if err := chromedp.Do(browser,
		chromedp.Navigate(url+"/?answer="+declined.ID),
		chromedp.Click(chromedp.CSS(`.rating > [value=up]`)),
		chromedp.WaitVisible(chromedp.CSS(`.rating > p:not(:empty)`)),
	); err != nil {
		t.Fatal(err)
	}
	cases, err := eval.FromFeedback(t.Context(), config.Answers)
	if err != nil || len(cases) != 1 || !cases[0].Unanswerable {
		t.Errorf("the questions to measure by are %+v: %v", cases, err)
	}

	if err := config.Answers.DeleteConversation(t.Context(), declined.ConversationID); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(browser,
		chromedp.Click(chromedp.CSS(`.rating > [value=down]`)),
		chromedp.WaitVisible(chromedp.CSS(`.rating > p:not(:empty)`)),
	); err != nil {
		t.Fatal(err)
	}
	if pressed, said := read(t, browser, `.rating > [aria-pressed=true]`), read(t, browser, `.rating > p`); pressed != "Helpful" || said != "Not kept: there is no answer "+declined.ID {
		t.Errorf("%q is pressed, and the page says %q", pressed, said)
	}
}

// The page offers the complaints that feedback is counted by.
func TestComplaintsOnThePage(t *testing.T) {
	t.Parallel()
	_, url, browser := openLighthouse(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(url+"/?q=Which+sign+stands+on+the+chart"),
		chromedp.Click(chromedp.CSS(`.reply .rating > [value=down]`)),
		chromedp.WaitVisible(chromedp.CSS(`.reply .rating form`)),
	); err != nil {
		t.Fatal(err)
	}
	offered, err := chromedp.Run(browser, chromedp.Evaluate[[]answer.Complaint](`[...document.querySelectorAll('.reply .rating [type=radio]')].map((radio) =>
		({ Word: radio.value, Text: radio.parentNode.textContent.trim() }))`))
	if err != nil || !slices.Equal(offered, answer.Complaints()) {
		t.Errorf("the page offers %+v: %v", offered, err)
	}
}

// What a model wrote is shown as text, with who wrote it and what was withheld of it.
func TestModelOnThePage(t *testing.T) {
	t.Parallel()
	model, _ := scripted(t, saying(
		"Odile Marchetti gave <img src=x onerror=alert(1)> the reach: {nineteen nautical}. It shines “far beyond <b>the</b> horizon”. Everybody is [glad](http://evil.example).",
		llmtest.Finish("stop")))
	config := newConfigWith(t, model)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	defer server.Close()
	browser := openBrowser(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL+"/?q=How+far+does+the+new+lamp+reach"),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	made, summary := read(t, browser, `.made`), read(t, browser, `.withheld summary`)
	if err := chromedp.Do(browser, chromedp.Click(chromedp.CSS(`.withheld summary`))); err != nil {
		t.Fatal(err)
	}
	withheld := read(t, browser, `.withheld ul`)
	active, err := chromedp.Run(browser, chromedp.Evaluate[int](`document.querySelectorAll('.answer :is(img, a[href^=http], script, iframe), .withheld li > :not(b:first-child)').length`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(made, "Written by scripted") || summary != "3 statements were withheld" || !strings.Contains(withheld, "<b>the</b>") || active != 0 {
		t.Errorf("made %q, summary %q, withheld %q, %d active elements", made, summary, withheld, active)
	}
}
