package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// evaluated is what an expression is in the page.
func evaluated[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// do does steps in a page.
func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// inView is an expression that is true where the first element of a selector is within the window.
func inView(selector string) string {
	return fmt.Sprintf(`(() => { const box = document.querySelector(%q)?.getBoundingClientRect(); return box && box.top >= 0 && box.top < innerHeight; })()`, selector)
}

const beside = `document.querySelector('.beside[open]')`

// A reader opens a quotation's transcript beside the answer, by its card and by its number,
// and closes it with Escape, with Back and with the button. The page stays where it is.
func TestReadingBesideTheAnswer(t *testing.T) {
	t.Parallel()
	_, url, tab := openLighthouse(t)
	const marked, answered = `.beside mark`, `/?q=Which+sign+stands+on+the+chart`
	do(t, tab,
		chromedp.EmulateViewport(1280, 860),
		chromedp.Navigate(url+answered),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
		chromedp.Click(chromedp.CSS(`.sources a`)),
		chromedp.WaitVisible(chromedp.CSS(marked)),
	)
	const quotation = "On the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it."
	if got := evaluated[string](t, tab, `document.querySelector('.beside mark').textContent`); got != quotation {
		t.Errorf("the pane marks %q; want %q", got, quotation)
	}
	waitFor(t, tab, inView(marked))
	if got, want := read(t, tab, `.beside .turn:has(mark) h2`), "Odile Marchetti"; got != want || location(t, tab) != "/" {
		t.Errorf("the words are %q's; want %q; the page is at %s", got, want, location(t, tab))
	}
	waitFor(t, tab, beside+`.contains(document.activeElement)`)
	for _, of := range []string{`.beside .mend`, `.beside script`, `main main`} {
		if evaluated[bool](t, tab, fmt.Sprintf(`[...document.querySelectorAll(%q)].some((element) => element.checkVisibility())`, of)) {
			t.Errorf("the pane shows %s", of)
		}
	}

	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, beside+` === null && document.activeElement.closest('.sources') !== null`)

	do(t, tab, chromedp.Click(chromedp.CSS(`.answer .number`)), chromedp.WaitVisible(chromedp.CSS(marked)))
	do(t, tab, chromedp.NavigateBack())
	waitFor(t, tab, beside+` === null && document.querySelector('.answer q') !== null`)
	do(t, tab, chromedp.NavigateForward(), chromedp.WaitVisible(chromedp.CSS(marked)))
	do(t, tab, chromedp.Reload(), chromedp.WaitVisible(chromedp.CSS(marked))) // with the answer
	do(t, tab, chromedp.Click(chromedp.CSS(`.beside button.plain`)))
	waitFor(t, tab, beside+` === null`)
	if got := read(t, tab, `.answer`); !strings.Contains(got, quotation) {
		t.Errorf("closed, the page shows %q", got)
	}
}

// With a key, or another button of the mouse, links and numbers lead to the transcript's own page.
func TestLinksBesideTheAnswer(t *testing.T) {
	t.Parallel()
	_, url, tab := openLighthouse(t)
	do(t, tab, chromedp.Navigate(url+`/?q=Which+sign+stands+on+the+chart`), chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)))
	for _, selector := range []string{`.sources a`, `.answer .number`} {
		got := evaluated[[]string](t, tab, fmt.Sprintf(`(() => {
			const link = document.querySelector(%q);
			link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
			let left = 0;
			const stop = (event) => { if (!event.defaultPrevented) left++; event.preventDefault(); };
			addEventListener('click', stop);
			addEventListener('auxclick', stop);
			for (const how of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }]) link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...how }));
			link.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }));
			removeEventListener('click', stop);
			removeEventListener('auxclick', stop);
			return [new URL(link.href).pathname.slice(0, 3), String(left), String(%s)];
		})()`, selector, beside))
		if want := []string{"/t/", "4", "null"}; !slices.Equal(got, want) {
			t.Errorf("%s leads to, is left to the browser and opens %q; want %q", selector, got, want)
		}
	}
	if evaluated[bool](t, tab, `document.querySelector('.beside a').target !== ''`) {
		t.Error("the pane's links open windows")
	}
}

// In a narrow window the pane is over the answer, which cannot be reached meanwhile; nothing is wider than the window.
func TestReadingInANarrowWindow(t *testing.T) {
	t.Parallel()
	_, url, tab := openLighthouse(t)
	const narrow = `document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('.beside *, .record *')].every((element) => element.getBoundingClientRect().right <= innerWidth + 1)`
	do(t, tab,
		chromedp.EmulateViewport(360, 740),
		chromedp.Navigate(url+`/?q=Which+sign+stands+on+the+chart`),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
		chromedp.Click(chromedp.CSS(`.number`)),
		chromedp.WaitVisible(chromedp.CSS(`.beside mark`)),
	)
	waitFor(t, tab, inView(`.beside mark`))
	waitFor(t, tab, `document.querySelector('.beside:modal').getBoundingClientRect().width === innerWidth && `+narrow)
	to := evaluated[string](t, tab, `document.querySelector('.beside header a').href`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, beside+` === null`)
	do(t, tab, chromedp.Navigate(to), chromedp.WaitVisible(chromedp.CSS(`main.record mark`)))
	waitFor(t, tab, inView(`main.record mark`))
	waitFor(t, tab, narrow)
}

// A transcript that has gone, and a server that has, are told in the pane, which can be closed.
func TestNothingToReadBesideTheAnswer(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	do(t, tab, chromedp.Navigate(server.URL+`/?q=Which+sign+stands+on+the+chart`), chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)))
	if err := config.Library.Delete(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, want string }{
		{"a deleted transcript", "There is no transcript " + stored.ID},
		{"no server", "Pullquote cannot be reached. Is it still running?"},
	} {
		do(t, tab, chromedp.Click(chromedp.CSS(`.sources a`)), chromedp.WaitVisible(chromedp.CSS(`.beside .problem`)))
		if got := read(t, tab, `.beside .problem`); !strings.Contains(strings.ToLower(got), strings.ToLower(tt.want)) {
			t.Errorf("%s: the pane says %q; want %q", tt.name, got, tt.want)
		}
		do(t, tab, chromedp.KeyEvent(kb.Escape))
		waitFor(t, tab, beside+` === null`)
		server.CloseClientConnections()
		server.Close()
	}
}

// The contents tell who speaks how often, and what is asked; doubts stand at their turns.
func TestContentsOfATranscript(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored, doubtful := addLighthouse(t, config), add(t, config, "doubtful.json", []byte(retrievaltest.Doubtful))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	do(t, tab, chromedp.Navigate(server.URL+"/t/"+stored.ID), chromedp.Click(chromedp.CSS(`.contents summary`)), chromedp.WaitVisible(chromedp.CSS(`.contents nav`)))
	listed := evaluated[[]string](t, tab, `[...document.querySelectorAll('.contents li')].map((item) => item.innerText)`)
	want := []string{"Imre Castellan 2 turns", "Odile Marchetti 2 turns", "How far does the new lamp at Gull Rock reach?", "And who pays for the electricity?"}
	if !slices.Equal(listed, want) {
		t.Errorf("the contents are %q; want %q", listed, want)
	}
	if asks := evaluated[string](t, tab, `document.querySelector('.dateline a').href`); asks != server.URL+"/?transcript="+stored.ID {
		t.Errorf("the transcript is asked at %s", asks)
	}

	do(t, tab, chromedp.Click(chromedp.CSS(`.contents li:nth-child(2) a[data-speaker]`)))
	waitFor(t, tab, `document.querySelector('#turn-1.now') !== null && document.querySelector('.within output').textContent === 'Odile Marchetti: 1 of 2'`)
	do(t, tab, chromedp.KeyEvent(kb.Enter)) // the focus is on the next one
	waitFor(t, tab, `document.querySelector('#turn-3.now') !== null && document.querySelector('.within output').textContent === 'Odile Marchetti: 2 of 2'`)
	do(t, tab, chromedp.Click(chromedp.CSS(`.contents summary`)), chromedp.Click(chromedp.CSS(`.contents ol li:nth-child(2) a`)))
	waitFor(t, tab, `location.hash === '#turn-2' && !document.querySelector('.contents').open`)

	do(t, tab, chromedp.Navigate(server.URL+"/t/"+doubtful.ID), chromedp.WaitVisible(chromedp.CSS(`.turn .why`)))
	if got, want := evaluated[[]string](t, tab, `[...document.querySelectorAll('.turn .why')].map((why) => why.innerText)`), []string{"the label stands once", "two speakers have this initial"}; !slices.Equal(got, want) {
		t.Errorf("the doubts are %q; want %q", got, want)
	}
}

const typeset = `{"title": "Hearing", "date": "2026-03-11", "turns": [
	{"speaker": "Mona Lind", "role": "question", "text": "Was the quay ‘safe’ – or not… and is it the harbour’s?"},
	{"speaker": "Jane Roe", "role": "answer", "text": "The harbour's quay is SAFE - it's the ofﬁce that isn’t. 👩🏽‍🚀 says: caf\u00e9, cafe\u0301, cafe <b>the quay</b>.\n\nThe\nquay again; $1.50 (or [so])."}]}`

// found is what a search within a transcript marks.
const found = `CSS.highlights.has('found') ? [...CSS.highlights.get('found')].map(({ startContainer, startOffset, endContainer, endOffset }) => {
	const range = new Range();
	range.setStart(startContainer, startOffset);
	range.setEnd(endContainer, endOffset);
	return range.toString();
}) : []`

// A search finds words whatever their case and marks, and marks the record's own characters.
func TestSearchingWithinATranscript(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "typeset.json", []byte(typeset))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	do(t, tab, chromedp.Navigate(server.URL+"/t/"+stored.ID), chromedp.WaitVisible(chromedp.CSS(`.within input`)))
	search := func(words string) {
		t.Helper()
		waitFor(t, tab, fmt.Sprintf(`(() => {
			const field = document.querySelector('.within input');
			document.querySelector('.within output').textContent = 'searching';
			field.value = %q;
			field.dispatchEvent(new InputEvent('input', { bubbles: true }));
			return true;
		})()`, words))
		waitFor(t, tab, `document.querySelector('.within output').textContent !== 'searching'`)
	}
	for _, tt := range []struct {
		name, words string
		want        []string
	}{
		{"in any case", "THE QUAY", []string{"the quay", "the quay", "The\nquay"}},
		{"apostrophes of any kind", "harbour's", []string{"harbour’s", "harbour's"}},
		{"quotation marks of any kind", `"safe"`, []string{"‘safe’"}},
		{"dashes of any length", "safe — it", []string{"SAFE - it"}},
		{"an ellipsis of three dots", "not...", []string{"not…"}},
		{"a ligature in the record", "office", []string{"ofﬁce"}},
		{"with an accent, however it is made", "café", []string{"café", "cafe\u0301"}},
		{"without an accent", "cafe", []string{"cafe"}},
		{"an emoji", "👩🏽‍🚀 says", []string{"👩🏽‍🚀 says"}},
		{"markup", "<b>the", []string{"<b>the"}},
		{"what means something in a pattern", "$1.50 (or [so])", []string{"$1.50 (or [so])"}},
		{"an open bracket", "(or [", []string{"(or ["}},
		{"nothing but white space", "  ", []string{}},
		{"what is not there", "lighthouse", []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			search(tt.words)
			if got := evaluated[[]string](t, tab, found); !slices.Equal(got, tt.want) {
				t.Errorf("%q marks %q; want %q", tt.words, got, tt.want)
			}
		})
	}
	if got := read(t, tab, `.within output`); got != "Nothing matches" {
		t.Errorf("the page says %q of what is not there", got)
	}

	search("quay")
	for _, step := range []struct{ key, want string }{
		{kb.Enter, "2 of 4"}, {kb.Enter, "3 of 4"}, {kb.Enter, "4 of 4"}, {kb.Enter, "1 of 4"}, {kb.ArrowUp, "4 of 4"}, {kb.ArrowDown, "1 of 4"}, {kb.Escape, ""},
	} {
		do(t, tab, chromedp.Focus(chromedp.CSS(`.within input`)), chromedp.KeyEvent(step.key))
		if got := evaluated[string](t, tab, `document.querySelector('.within output').textContent`); got != step.want {
			t.Errorf("after %q the page says %q; want %q", step.key, got, step.want)
		}
	}
	if got := evaluated[[]string](t, tab, found); len(got) != 0 {
		t.Errorf("with nothing searched, %q is marked", got)
	}
}

// A browser without highlights has the words marked by elements, which leave as they came.
func TestSearchingWithinWithoutHighlights(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "typeset.json", []byte(typeset))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	if _, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `delete CSS.highlights; Object.defineProperty(CSS, 'highlights', { value: undefined });`}); err != nil {
		t.Fatal(err)
	}
	text, err := config.Library.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.Navigate(server.URL+"/t/"+stored.ID+"?"+spanOfWords(t, text, "quay is SAFE")), chromedp.WaitVisible(chromedp.CSS(`.within input`)))
	before := evaluated[string](t, tab, `[...document.querySelectorAll('.words')].map((words) => words.innerHTML).join('')`)
	do(t, tab, chromedp.SendKeys(chromedp.CSS(`.within input`), "the harbour's quay"))
	// While it is typed, less is marked.
	waitFor(t, tab, `[...document.querySelectorAll('.found')].map((found) => found.textContent).join('|') === "The harbour's |quay"`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, `document.querySelectorAll('.found').length === 0`)
	if after := evaluated[string](t, tab, `[...document.querySelectorAll('.words')].map((words) => words.innerHTML).join('')`); after != before {
		t.Errorf("after the search the words are\n%s\nbefore\n%s", after, before)
	}
}

// choosing selects words of a turn as they stand on the page, from the first place of some to the end of others.
func choosing(t *testing.T, tab context.Context, turn int, from string, toTurn int, to string) {
	t.Helper()
	waitFor(t, tab, fmt.Sprintf(`(() => {
		const point = (turn, words, end) => {
			const nodes = document.createTreeWalker(document.querySelector('#turn-' + turn + ' .words'), NodeFilter.SHOW_TEXT);
			for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
				const at = node.data.indexOf(words);
				if (at >= 0) return [node, at + (end ? words.length : 0)];
			}
			throw new Error('there is no ' + words);
		};
		getSelection().setBaseAndExtent(...point(%d, %q, false), ...point(%d, %q, true));
		return true;
	})()`, turn, from, toTurn, to))
}

// Words that are selected become a quotation that the server has verified, to the code point.
func TestChoosingWordsOfATranscript(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "hostile.json", []byte(hostileWords))
	lighthouse := addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.Call(tab, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted, BrowserContextID: chromedp.FromContext(tab).BrowserContextID}); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name, id string
		from, to string
		quote    string
	}{
		{"a sentence", stored.ID, "No no no.", "No no no.", "No no no."},
		{"white space at its ends", stored.ID, " No no no. ", " No no no. ", "No no no."},
		{"behind an emoji", stored.ID, "there; the", "there; the", "there; the"},
		{"an accent of its own", stored.ID, "the cafe\u0301 e", "the cafe\u0301 edis", "the cafe\u0301 edis"},
		{"markup", stored.ID, "<b>mark</b>", "<b>mark</b>", "<b>mark</b>"},
		{"over paragraphs, beyond the basic plane", lighthouse.ID, "The old one", "𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨", "The old one reached eleven.\n\nOn the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := config.Library.Text(t.Context(), tt.id)
			if err != nil {
				t.Fatal(err)
			}
			do(t, tab, chromedp.Navigate(server.URL+"/t/"+tt.id), chromedp.WaitVisible(chromedp.CSS(`.within`)))
			choosing(t, tab, 1, tt.from, 1, tt.to)
			do(t, tab, chromedp.WaitVisible(chromedp.CSS(`.chosen .actions button`)), chromedp.Click(chromedp.CSS(`.chosen .actions button`)))
			waitFor(t, tab, `document.querySelector('.chosen .actions button').textContent === 'Copied'`)
			copied := evaluated[string](t, tab, `navigator.clipboard.readText()`)
			if want := "“" + tt.quote + "”\n— "; !strings.HasPrefix(copied, want) || !strings.Contains(copied, "https://quotes.example/t/"+tt.id+"?"+spanOfWords(t, text, tt.quote)+"#turn-1") {
				t.Errorf("copied\n%s\nwant the span %s of\n%s", copied, spanOfWords(t, text, tt.quote), want)
			}
			if phrase := evaluated[string](t, tab, `new URL(document.querySelector('.chosen a').href).searchParams.get('phrase')`); phrase != tt.quote {
				t.Errorf("mentions of %q are offered; want %q", phrase, tt.quote)
			}
		})
	}
}

// What is no quotation is told at the selection, with what would be one.
func TestChoosingNoQuotation(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored, doubtful := add(t, config, "hostile.json", []byte(hostileWords)), add(t, config, "doubtful.json", []byte(retrievaltest.Doubtful))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	open := func(id string) {
		t.Helper()
		do(t, tab, chromedp.Navigate(server.URL+"/t/"+id), chromedp.WaitVisible(chromedp.CSS(`.within`)))
	}

	open(stored.ID)
	choosing(t, tab, 0, "safe", 1, "never")
	do(t, tab, chromedp.WaitVisible(chromedp.CSS(`.chosen`)))
	if got := read(t, tab, `.chosen`); got != "These words go over 2 turns, from Mona Lind to Jane Roe. A quotation is of one turn: select the words of each by themselves." {
		t.Errorf("of words of two turns the page says %q", got)
	}

	choosing(t, tab, 1, "ever said that", 1, "ever said that th")
	waitFor(t, tab, `document.querySelector('.chosen .actions button')?.textContent === 'Take whole words: “never said that the”'`)
	do(t, tab, chromedp.Click(chromedp.CSS(`.chosen .actions button`)))
	waitFor(t, tab, `getSelection().toString() === 'never said that the' && document.querySelector('.chosen .who') !== null`)

	choosing(t, tab, 1, "the quay is safe", 1, "the quay is safe")
	waitFor(t, tab, `document.querySelector('.chosen .problem')?.textContent.includes('I never said that the quay is safe.')`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, `document.querySelector('.chosen') === null`)

	open(doubtful.ID)
	waitFor(t, tab, `getSelection().selectAllChildren(document.querySelector('.turn:has(.why) .words p')) === undefined`)
	waitFor(t, tab, `document.querySelector('.chosen .problem')?.textContent.startsWith('Who speaks is uncertain')`)
	if got := read(t, tab, `.chosen .who`); !strings.Contains(got, "Speaker uncertain") {
		t.Errorf("a doubtful turn is credited as %q", got)
	}

	open(stored.ID)
	if err := config.Library.Delete(t.Context(), stored.ID); err != nil { // in another tab
		t.Fatal(err)
	}
	choosing(t, tab, 1, "No no no.", 1, "No no no.")
	waitFor(t, tab, `document.querySelector('.chosen .problem')?.textContent.toLowerCase().includes('there is no transcript')`)
}

// By the keyboard, the toolbar comes behind the words that are selected.
func TestChoosingWordsByTheKeyboard(t *testing.T) {
	t.Parallel()
	_, url, tab := openLighthouse(t)
	do(t, tab,
		chromedp.Navigate(url+`/?q=Which+sign+stands+on+the+chart`),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
		chromedp.Focus(chromedp.CSS(`.sources a`)),
		chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS(`.beside mark`)),
	)
	waitFor(t, tab, `getSelection().selectAllChildren(document.querySelector('.beside mark')) === undefined`)
	do(t, tab, chromedp.WaitVisible(chromedp.CSS(`.chosen .actions a`)), chromedp.KeyEvent(kb.Tab))
	waitFor(t, tab, `document.activeElement.closest('.chosen') !== null`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, `document.querySelector('.chosen') === null && `+beside+` !== null`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	waitFor(t, tab, beside+` === null`)
}

// longTranscript has so many turns, a question and an answer by turns.
func longTranscript(turns int) []byte {
	var b strings.Builder
	b.WriteString(`{"title": "The Long Hearing", "date": "2026-03-11", "turns": [`)
	for i := range turns {
		if i > 0 {
			b.WriteByte(',')
		}
		speaker, role, text := "Mona Lind", "question", "How deep is basin number %d, and who measured it?"
		if i%2 == 1 {
			speaker, role, text = fmt.Sprintf("Keeper %c", 'A'+i%20), "answer", "Basin number %d was measured twice. The first party used the old lead, and the second did not trust what it had read. So we have two figures, and nobody has asked us which of them is to stand."
		}
		fmt.Fprintf(&b, `{"speaker": %q, "role": %q, "text": %q}`, speaker, role, fmt.Sprintf(text, i))
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

// In a transcript of thousands of turns a link leads to its words, and so does a search.
func TestReadingALongTranscript(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "long.json", longTranscript(3000))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	text, err := config.Library.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.Navigate(server.URL+"/t/"+stored.ID+"#turn-2400"))
	waitFor(t, tab, inView(`#turn-2400`))
	do(t, tab, chromedp.Navigate(server.URL+"/t/"+stored.ID+"?"+spanOfWords(t, text, "Basin number 1801 was measured twice.")+"#turn-1801"))
	waitFor(t, tab, inView(`mark`))
	do(t, tab, chromedp.SendKeys(chromedp.CSS(`.within input`), "number 2900"))
	waitFor(t, tab, `document.querySelector('.within output').textContent === '1 of 1'`)
	waitFor(t, tab, inView(`#turn-2900`))
	if got := read(t, tab, `.contents`); got != "Contents" {
		t.Errorf("the contents are open: %.80q", got)
	}
}

// All mentions of words are counted by speaker and year, listed under their bylines, and
// each opens in its transcript. Counts narrow the list, and the address says to what.
func TestAllMentionsOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	hostile := add(t, config, "hostile.json", []byte(hostileWords))
	add(t, config, "names.json", []byte(`{"title": "Earlier “hearing” <b>", "date": "2024-05-14", "turns": [
		{"speaker": "Jane Roe", "text": "The quay is old."},
		{"speaker": null, "text": "Nobody mends the QUAY, and no quays are built."}]}`))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	tab := openBrowser(t)
	shown := func() []string {
		t.Helper()
		return evaluated[[]string](t, tab, `[document.querySelector('.outcome').textContent, ...[...document.querySelectorAll('.tallies li, .places li')].map((item) => item.innerText.replace(/\s+/g, ' '))]`)
	}
	do(t, tab,
		chromedp.EmulateViewport(1280, 860),
		chromedp.Navigate(server.URL+"/mentions"),
		chromedp.SendKeys(chromedp.CSS(`#words`), "the quay\r"),
		chromedp.WaitVisible(chromedp.CSS(`.places li`)),
	)
	want := []string{
		"3 mentions", "Jane Roe 2", "Not named, or not for certain 1", "2024 2", "2026 1",
		"Jane Roe The quay is old. Earlier hearing b, 14 May 2024",
		"Speaker not named Nobody mends the QUAY, and no quays are built. Earlier hearing b, 14 May 2024",
		"Jane RoeHarbour Board I never said that the quay is safe. No no no. We flew… Hearing, 11 March 2026",
	}
	if got := shown(); !slices.Equal(got, want) {
		t.Errorf("the page shows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if at := evaluated[string](t, tab, `location.search`); at != "?phrase=the+quay" {
		t.Errorf("the address says %q", at)
	}

	do(t, tab, chromedp.Click(chromedp.CSS(`.places li:last-child a`)), chromedp.WaitVisible(chromedp.CSS(`.beside mark`)))
	if got := read(t, tab, `.beside mark`); got != "the quay" || !strings.Contains(evaluated[string](t, tab, `document.querySelector('.beside header a').href`), hostile.ID) {
		t.Errorf("the last one leads to %q", got)
	}
	do(t, tab, chromedp.KeyEvent(kb.Escape), chromedp.Click(chromedp.CSS(`.tallies section:last-child a`)), chromedp.WaitVisible(chromedp.CSS(`.narrowed`)))
	if got := shown(); !slices.Equal(got[:1], []string{"2 mentions"}) {
		t.Errorf("narrowed to 2024 the page shows %q", got)
	}
	do(t, tab, chromedp.Click(chromedp.CSS(`.narrowed a`)))
	waitFor(t, tab, `document.querySelector('.outcome')?.textContent === '3 mentions'`)

	for phrase, want := range map[string]string{
		"lighthouse": "Nobody says these words in the record.",
		"…":          "the phrase has no words; write those that are to be found",
	} {
		do(t, tab, chromedp.Navigate(server.URL+"/mentions?phrase="+url.QueryEscape(phrase)), chromedp.WaitVisible(chromedp.CSS(`#mentions :is(.outcome, .problem)`)))
		if got := read(t, tab, `#mentions :is(.outcome, .problem)`); !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
			t.Errorf("%s: the page says %q; want %q", phrase, got, want)
		}
	}
}
