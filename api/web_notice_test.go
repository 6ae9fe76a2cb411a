package api

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/answer"
)

// What searches lack stands on the page once, beside no answer, until it is dismissed.
func TestWhatSearchesLackOnThePage(t *testing.T) {
	t.Parallel()
	const lack = "No encoder is installed: run pullquote model install all-MiniLM-L6-v2."
	config := newConfig(t)
	addLighthouse(t, config)
	config.Answers.(*answer.Service).WithNotice(func(context.Context) string { return lack })
	config.Ready = func(context.Context) (string, error) { return lack, nil }
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)

	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL),
		chromedp.WaitVisible(chromedp.CSS(`#lack`)),
	); err != nil {
		t.Fatal(err)
	}
	told := read(t, browser, `#lack span`)
	if err := chromedp.Do(browser,
		chromedp.SendKeys(chromedp.CSS(`#question`), "Which sign stands on the chart?"),
		chromedp.Click(chromedp.CSS(`#ask [type=submit]`)),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	text := read(t, browser, `.answer`)
	if told != lack || strings.Contains(text, "encoder") || !strings.Contains(text, "not written by a model") {
		t.Errorf("the page says %q, and beside the answer %q", told, text)
	}
	if err := chromedp.Do(browser,
		chromedp.Click(chromedp.CSS(`#lack button`)),
		chromedp.WaitNotVisible(chromedp.CSS(`#lack`)),
		chromedp.Navigate(server.URL),
		chromedp.WaitVisible(chromedp.CSS(`#ask`)),
		chromedp.WaitNotVisible(chromedp.CSS(`#lack`)),
	); err != nil {
		t.Errorf("it cannot be dismissed: %v", err)
	}
}
