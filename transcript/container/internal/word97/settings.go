package word97

import (
	"cmp"
	"slices"
	"sort"

	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// setting is the formatting of characters or of a paragraph, as far as it matters
// here.
type setting struct {
	flow.Type
	hidden   bool // or deleted
	heading  int
	inTable  bool
	endsCell bool
	endsRow  bool
}

// settings is the formatting of a file's text, by byte offsets of the main stream.
type settings []settingRun

type settingRun struct {
	from, to uint32
	setting
}

// at is the setting of a byte, and the byte before which it ends.
func (s settings) at(place uint32) (set setting, until uint32) {
	i := sort.Search(len(s), func(i int) bool { return s[i].to > place })
	switch {
	case i == len(s):
		return setting{}, ^uint32(0)
	case s[i].from > place:
		return setting{}, s[i].from
	}
	return s[i].setting, s[i].to
}

const (
	settingsPage = 512     // bytes of a formatted disk page (FKP)
	mostSettings = 1 << 21 // that are read of a file; a novel has some thousands
)

// readSettings reads the formatted disk pages that a table lists. A page has first
// the offsets where formatting changes, then where in the page each setting stands,
// and ends with their number. A damaged page is left out, because the words do not
// depend on it.
func readSettings(main, table []byte, fib int, read func(page []byte, places, i int) setting) settings {
	list := block(main, table, fib)
	pages := max(len(list)-4, 0) / 8
	var all settings
	for n := range min(pages, len(main)/settingsPage) {
		if len(all) > mostSettings {
			break
		}
		start := int(u32(list, 4*(pages+1)+4*n)&0x3FFFFF) * settingsPage
		if start+settingsPage > len(main) {
			continue
		}
		page := main[start : start+settingsPage]
		places := int(page[settingsPage-1])
		if 4*(places+1) >= settingsPage {
			continue
		}
		for i := range places {
			if run := (settingRun{u32(page, 4*i), u32(page, 4*i+4), read(page, places, i)}); run.from < run.to {
				all = append(all, run)
			}
		}
	}
	slices.SortFunc(all, func(a, b settingRun) int { return cmp.Compare(a.from, b.from) })
	return all
}

// characterSettings reads how a run differs from its style.
func characterSettings(page []byte, places, i int) (set setting) {
	const bold, slanted, deleted, hidden = 0x0835, 0x0836, 0x0800, 0x083C
	at := 2 * int(page[min(4*(places+1)+i, settingsPage-1)])
	if at == 0 {
		return set
	}
	for code, value := range modifiers(cut(page, at+1, int(page[at]))) {
		on := len(value) > 0 && (value[0] == 1 || value[0] == 0x81) // the latter inverts the style
		switch code {
		case bold:
			set.Bold = on
		case slanted:
			set.Slanted = on
		case deleted, hidden:
			set.hidden = set.hidden || on
		}
	}
	return set
}

// paragraphSettings reads the style of a paragraph and how it differs from that.
func paragraphSettings(page []byte, places, i int) (set setting) {
	const inTable, endsRow, outline, entry = 0x2416, 0x2417, 0x2640, 13
	at := 2 * int(page[min(4*(places+1)+entry*i, settingsPage-1)])
	if at == 0 || at+1 >= settingsPage {
		return set
	}
	size := 2*int(page[at]) - 1
	if size < 0 {
		at++
		size = 2 * int(page[at])
	}
	found := cut(page, at+1, size)
	if style := u16(found, 0); style <= 9 { // the built-in headings; 0 is normal text
		set.heading = style
	}
	for code, value := range modifiers(cut(found, 2, len(found))) {
		on := len(value) > 0 && value[0] == 1
		switch code {
		case inTable:
			set.inTable = on
		case endsRow:
			set.endsRow = on
		case outline:
			if len(value) > 0 && value[0] < 9 {
				set.heading = int(value[0]) + 1
			}
		}
	}
	return set
}

// modifiers are the property modifiers (Prl) of a list: a code, three bits of which
// tell how long the value is, and the value.
func modifiers(list []byte) func(yield func(code int, value []byte) bool) {
	return func(yield func(int, []byte) bool) {
		for len(list) > 2 {
			code := u16(list, 0)
			list = list[2:]
			size := []int{1, 1, 2, 4, 2, 2, int(list[0]) + 1, 3}[code>>13]
			if code == 0xD608 { // sprmTDefTable, whose length takes two bytes
				size = u16(list, 0) + 1
			}
			size = min(size, len(list))
			if !yield(code, list[:size]) {
				return
			}
			list = list[size:]
		}
	}
}

// cut is size bytes of data from an offset on, or as many as there are.
func cut(data []byte, at, size int) []byte {
	at = min(at, len(data))
	return data[at:min(at+size, len(data))]
}
