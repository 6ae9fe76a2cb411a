package api

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// tabs is the browser that the tests of this binary share: to start one takes longer than most
// of them.
var tabs sharedBrowser

type sharedBrowser struct {
	starting sync.Mutex
	ctx      context.Context
	cancel   context.CancelFunc
}

// start starts Chromium, unless it is running.
func (b *sharedBrowser) start() (context.Context, error) {
	b.starting.Lock()
	defer b.starting.Unlock()
	if b.ctx != nil {
		return b.ctx, nil
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("force-prefers-reduced-motion", true)) // what still scrolls is not where a click falls
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		stop()
		return nil, err
	}
	b.ctx = ctx
	b.cancel = func() {
		cancel()
		stop()
	}
	return ctx, nil
}

func (b *sharedBrowser) close() {
	if b.cancel != nil {
		b.cancel()
	}
}

// openWindow opens a window with a profile of its own.
func openWindow(t testing.TB) context.Context {
	t.Helper()
	ctx, err := tabs.start()
	if err != nil {
		t.Fatalf("the tests need Chromium (run make setup): %v", err)
	}
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// patience bounds a test in a window: twice what the longest takes where ten others share a core.
const patience = 2 * time.Minute

// impatient is a window in which a test gives up on what does not appear.
func impatient(t testing.TB, window context.Context) context.Context {
	window, cancel := context.WithTimeout(window, patience)
	t.Cleanup(cancel)
	return window
}

// openBrowser opens a window for a test that has one.
func openBrowser(t testing.TB) context.Context {
	t.Helper()
	return impatient(t, openWindow(t))
}
