package api

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/answer"
)

// checkedDraft has a quotation of each kind, words like markup, and characters beyond the basic plane.
const checkedDraft = `𝔊 <b>On</b> the <img src=x onerror="document.title='owned'"> lamp.

“The old one reached eleven.” Odile Marchetti was precise. “The new lamp reaches ninety <i>nautical</i> miles,” Marchetti added. “The fishing harbours pay a third of the electricity [...] the board pays the rest,” said Marchetti.

Imre Castellan said: “The new lamp reaches nineteen nautical miles.”

Nobody knows who called it “the best <script>document.title='owned'</script> lamp of the whole coast”.`

// checks fills in a draft and waits for its verdicts.
func (h *harbour) checks(draft string) {
	h.Helper()
	h.fill(`#draft`, draft)
	h.press(`#check [type=submit]`)
	h.wait(`document.querySelector('#outcome').className === 'outcome' && document.querySelector('#outcome').textContent !== ''`)
}

// A draft is shown with each verdict beside its words, told by its sign and name as well as by
// its colour.
func TestCheckingADraftOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.do(chromedp.EmulateViewport(1280, 860))
	h.open("/verify", `#draft`)
	h.checks(checkedDraft)
	if got := h.text(`#outcome`); got != "5 quotations; 3 to mend." {
		t.Errorf("the outcome is %q", got)
	}
	got := evaluated[[]string](t, h.browser, `[...document.querySelectorAll('#verdicts li')].map((item) => {
		const number = item.dataset.verdict, mark = document.querySelector('#words-' + number);
		return [number, item.className === mark.className && mark.className, item.querySelector('b').textContent, mark.textContent,
			document.querySelector('a.number[href="#verdict-' + number + '"]').textContent].join(' | ');
	})`)
	want := []string{
		"1 | holds | ✓ Exact | “The old one reached eleven.” | ✓ 1",
		"2 | fails | ✗ Altered | “The new lamp reaches ninety nautical miles,” | ✗ 2",
		"3 | edited | ✎ Edited | “The fishing harbours pay a third of the electricity [...] the board pays the rest,” | ✎ 3",
		"4 | fails | ✗ Said by somebody else | “The new lamp reaches nineteen nautical miles.” | ✗ 4",
		"5 | fails | ✗ Not in the record | “the best document.title='owned' lamp of the whole coast” | ✗ 5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the verdicts are\n%q\nwant\n%q", got, want)
	}
	for _, check := range []string{
		`[...document.querySelectorAll('.paragraph > p')].map((p) => { const copy = p.cloneNode(true); copy.querySelectorAll('.number').forEach((number) => number.remove()); return copy.textContent; }).join('\n\n') === document.querySelector('#draft').value.replace(/<.*?>/g, '')`,
		`document.title === 'Check a draft – Pullquote' && !document.querySelector('#verdicts :is(img, script, i)')`,
		`new Set([...document.querySelectorAll('#verdicts mark')].map((mark) => getComputedStyle(mark).textDecorationStyle)).size === 3`,
		`[...document.querySelectorAll('.paragraph:has(li)')].every((row) => row.querySelector('p').getBoundingClientRect().right < row.querySelector('li').getBoundingClientRect().left)`,
		`document.querySelector('.fails ins').textContent === 'nineteen'`,
		`violations.length === 0`,
	} {
		if !evaluated[bool](t, h.browser, check) {
			t.Errorf("not so: %s", check)
		}
	}
}

// Keys and presses lead from a verdict to its words and back, and from one verdict to the next.
func TestWalkingThroughVerdictsOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.do(chromedp.EmulateViewport(360, 740))
	h.open("/verify", `#draft`)
	h.checks(checkedDraft)
	looking := func(number int, focused string) {
		t.Helper()
		h.wait(fmt.Sprintf(`[...document.querySelectorAll('#verdicts :is(mark, li).now')].map((node) => node.id).toSorted().join() === 'verdict-%d,words-%d' && document.activeElement.matches(%q)`, number, number, focused))
	}
	h.wait(`[...document.querySelectorAll('.paragraph:has(li)')].every((row) => row.querySelector('p').getBoundingClientRect().bottom <= row.querySelector('li').getBoundingClientRect().top)`)
	h.wait(`document.documentElement.scrollWidth <= innerWidth`)
	h.wait(`document.activeElement.blur() === undefined`)
	for _, step := range []struct {
		key  string
		then int
	}{{"n", 1}, {"n", 2}, {"n", 3}, {"p", 2}, {"n", 3}, {"n", 4}, {"n", 5}, {"n", 5}} {
		h.do(chromedp.KeyEvent(step.key))
		looking(step.then, fmt.Sprintf("#verdict-%d", step.then))
		h.wait(inView(fmt.Sprintf("#verdict-%d", step.then)))
	}
	h.do(chromedp.Click(chromedp.CSS(`#words-1`)))
	looking(1, "*")
	h.do(chromedp.Click(chromedp.CSS(`#verdict-3`)))
	h.wait(inView(`#words-3`))
	looking(3, "*")
	h.do(chromedp.SendKeys(chromedp.CSS(`a.number[href="#verdict-2"]`), "\r"))
	looking(2, "#verdict-2")
	h.do(chromedp.SendKeys(chromedp.CSS(`a.number[href="#words-4"]`), "\r"))
	looking(4, `a.number[href="#verdict-4"]`)
	h.do(chromedp.KeyEvent("?"))
	h.wait(`[...document.querySelectorAll('dialog.keys[open] div')].map((row) => row.textContent).join().startsWith('nThe next verdict,pThe verdict before')`)
}

// A draft is dropped or chosen as a file, and checked within a collection that there is.
func TestCheckingAFileOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.addTo("many", "Beacon", "Zoë Núñez", "2024-03-01")
	h.open("/verify", `#draft`)
	h.wait(`[...document.querySelectorAll('#check [name=collection] option')].map((option) => option.value + option.textContent).join() === 'default,manymany'`)
	file := h.file("draft.txt", "“The crane Beacon stands,” Zoë Núñez said.")
	h.do(chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{file}))
	h.wait(`document.querySelector('#outcome').textContent === 'draft.txt: 1 quotation; 1 to mend.'`)
	h.fill(`#check [name=collection]`, "many")
	box := evaluated[[]float64](t, h.browser, `(() => { const { x, y } = document.querySelector('#draft').getBoundingClientRect(); return [x + 20, y + 20]; })()`)
	for _, step := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		if _, err := chromedp.Call(h.browser, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: step, X: box[0], Y: box[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1},
		}); err != nil {
			t.Fatal(err)
		}
	}
	h.wait(`document.querySelector('#outcome').textContent === 'draft.txt: 1 quotation; all of them hold.'`)
	h.wait(`!document.querySelector('dialog.uploads').open`)

	exported := h.file("answer.md", string(exportOf(t, h)))
	h.fill(`#check [name=collection]`, "")
	h.do(chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{exported}))
	h.wait(`document.querySelector('#outcome').textContent.startsWith('answer.md: ') && document.querySelector('#verdicts section h2').textContent === 'Quotations with notes' && document.querySelector('#verdicts li.holds b').textContent === '✓ Unchanged'`)
	h.wait(`document.activeElement.blur() === undefined`)
	h.do(chromedp.KeyEvent("n"))
	h.wait(`document.activeElement.id === 'verdict-1'`)
}

// exportOf is an answer as it leaves for a document.
func exportOf(t *testing.T, h *harbour) []byte {
	t.Helper()
	given, err := h.config.Answers.Answer(t.Context(), answer.Request{Question: signAsked}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return get(t, New(h.config), "/v1/answers/"+given.ID+"/export?format=md").Body.Bytes()
}
