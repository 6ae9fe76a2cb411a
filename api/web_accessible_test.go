package api

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/internal/npmtest"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// axe is an expression for what axe-core finds of a view that is serious or critical.
const axe = `axe.run(document, %s).then(({ violations }) => violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
	.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ': ' + failureSummary)))`

// axe-core finds nothing serious or critical on any view, wide or narrow, light or dark, and
// each has one heading of the first level and fits its window.
func TestViewsAreAccessible(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile(filepath.Join(npmtest.Install(t, "testdata/axe"), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	config := newConfig(t)
	addLighthouse(t, config)
	add(t, config, "doubtful.json", []byte(retrievaltest.Doubtful))
	s := newScene(t, config, "the", checkedDraft, signAsked, reachAsked, "Who won the football cup final?")
	for _, window := range []struct {
		name          string
		width, height int64
	}{{"wide", 1280, 860}, {"narrow", 360, 740}} {
		t.Run(window.name, func(t *testing.T) {
			t.Parallel()
			_, of := s.visit(t)
			of(t).do(chromedp.EmulateViewport(window.width, window.height))
			for _, view := range views {
				t.Run(view.name, func(t *testing.T) {
					s := of(t)
					s.colours("light")
					view.open(s)
					if _, err := chromedp.Run(s.browser, chromedp.Evaluate[bool](string(script)+"; true")); err != nil {
						t.Fatal(err)
					}
					for _, found := range evaluated[[]string](t, s.browser, fmt.Sprintf(axe, `{}`)) {
						t.Error(found)
					}
					if headings := s.texts(`h1:not([hidden] h1)`); len(headings) != 1 {
						t.Errorf("its headings are %q", headings)
					}
					if !evaluated[bool](t, s.browser, `document.documentElement.scrollWidth <= innerWidth`) {
						t.Error("it is wider than the window")
					}
					s.colours("dark") // which changes nothing else
					for _, found := range evaluated[[]string](t, s.browser, fmt.Sprintf(axe, `{ runOnly: ['color-contrast'] }`)) {
						t.Errorf("dark: %s", found)
					}
				})
			}
		})
	}
}
