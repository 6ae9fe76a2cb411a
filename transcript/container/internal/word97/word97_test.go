package word97

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// oldWord is a document of Word 97 to be made, as little of it as a reader needs.
type oldWord struct {
	version    uint16 // 193 if zero
	flags      uint16
	paragraphs []oldParagraph
	notes      []oldParagraph
	title      string
}

type oldParagraph struct {
	runs      []oldRun // the last ends with the paragraph's mark
	wide      bool     // in UTF-16
	style     uint16
	modifiers []byte
}

type oldRun struct {
	text      string
	modifiers []byte
}

var (
	oldBold    = []byte{0x35, 0x08, 1}
	oldDeleted = []byte{0x00, 0x08, 1}
	oldCell    = []byte{0x16, 0x24, 1}
	oldRowEnd  = []byte{0x16, 0x24, 1, 0x17, 0x24, 1}
)

func plain(text string) oldParagraph { return oldParagraph{runs: []oldRun{{text: text + "\r"}}} }

const oldText = 1024 // where the text begins

// file is the document as a file: text, then a page of settings for the runs and
// one for the paragraphs, and a table stream that lists pieces and pages.
func (o oldWord) file() []byte {
	text, runs, marks, pieces := o.text()
	main := make([]byte, oldText)
	put16 := func(at int, n uint16) { binary.LittleEndian.PutUint16(main[at:], n) }
	put32 := func(at int, n int) { binary.LittleEndian.PutUint32(main[at:], uint32(n)) }
	put16(0, wordMark)
	put16(fibVersion, cmp.Or(o.version, word97))
	put16(fibFlags, o.flags)
	put32(fibLengths, units(o.paragraphs))
	put32(fibLengths+4, units(o.notes))
	main = padded(append(main, text...), settingsPage)
	page := len(main) / settingsPage
	main = append(append(main, runs...), marks...)
	table := pieces
	for i, fib := range []int{fibPieces, fibChars, fibMarks} {
		start := len(table)
		if i == 0 {
			start = 0
		} else {
			table = append(table, oldList([]uint32{0, 1 << 20, uint32(page + i - 1)})...)
		}
		put32(fib, start)
		put32(fib+4, len(table)-start)
	}
	return oldCompound([]string{"WordDocument", "0Table", "\x05SummaryInformation"}, padded(main, 8192), table, oldSummary(o.title))
}

// text is the text, the pages of settings, and the table of pieces, of which each
// paragraph is one.
func (o oldWord) text() (text, runs, marks, pieces []byte) {
	var runEnds, markEnds []uint32
	var runSets, markSets [][]byte
	var cps, places []uint32
	cp := 0
	for _, p := range slices.Concat(o.paragraphs, o.notes) {
		cps = append(cps, uint32(cp))
		place := uint32(oldText + len(text))
		if !p.wide {
			place = place*2 | 1<<30
		}
		places = append(places, place)
		for _, r := range p.runs {
			for _, unit := range utf16.Encode([]rune(r.text)) {
				text = append(text, byte(unit))
				if p.wide {
					text = append(text, byte(unit>>8))
				}
				cp++
			}
			runEnds, runSets = append(runEnds, uint32(oldText+len(text))), append(runSets, append([]byte{byte(len(r.modifiers))}, r.modifiers...))
		}
		set := append([]byte{byte(p.style), byte(p.style >> 8)}, p.modifiers...)
		set = padded(set, 2)
		markEnds, markSets = append(markEnds, uint32(oldText+len(text))), append(markSets, append([]byte{0, byte(len(set) / 2)}, set...))
	}
	list := oldList(append(cps, uint32(cp)))
	for _, place := range places {
		list = append(list, 0, 0)
		list = append(binary.LittleEndian.AppendUint32(list, place), 0, 0)
	}
	pieces = append(binary.LittleEndian.AppendUint32([]byte{2}, uint32(len(list))), list...)
	return text, oldPage(runEnds, runSets, 1), oldPage(markEnds, markSets, 13), pieces
}

func units(paragraphs []oldParagraph) int {
	n := 0
	for _, p := range paragraphs {
		for _, r := range p.runs {
			n += len(utf16.Encode([]rune(r.text)))
		}
	}
	return n
}

// oldPage is a page of settings, with their places first and the settings last.
func oldPage(ends []uint32, sets [][]byte, entry int) []byte {
	page := make([]byte, settingsPage)
	copy(page, oldList(append([]uint32{oldText}, ends...)))
	at := settingsPage - 2
	for i, set := range sets {
		at = (at - len(set)) &^ 1
		copy(page[at:], set)
		page[4*(len(ends)+1)+entry*i] = byte(at / 2)
	}
	page[settingsPage-1] = byte(len(ends))
	return page
}

func oldList(numbers []uint32) []byte {
	var list []byte
	for _, n := range numbers {
		list = binary.LittleEndian.AppendUint32(list, n)
	}
	return list
}

func oldSummary(title string) []byte {
	head := append(make([]byte, firstSectionAt), oldList([]uint32{48, 0, 2, 1, 24, 2, 32, 2, 1252, 30, uint32(len(title))})...)
	return append(head, title...)
}

const firstSectionAt = 44

func padded(data []byte, to int) []byte {
	return append(data, make([]byte, (to-len(data)%to)%to)...)
}

// oldCompound is a compound file of streams: those below 4096 bytes lie in the
// stream of small ones.
func oldCompound(names []string, streams ...[]byte) []byte {
	const sector, end = 512, 0xFFFFFFFE
	var body, directory, small []byte
	var fat, smallFAT []uint32
	chain := func(table *[]uint32, count int) (start uint32) {
		start = uint32(len(*table))
		for range count {
			*table = append(*table, uint32(len(*table)+1))
		}
		(*table)[len(*table)-1] = end
		return start
	}
	add := func(data []byte) uint32 {
		data = padded(data, sector)
		body = append(body, data...)
		return chain(&fat, len(data)/sector)
	}
	entry := func(name string, kind byte, start uint32, size int) {
		e := make([]byte, cfbEntry)
		for i, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(e[2*i:], unit)
		}
		e[64], e[66] = byte(2*len(name)+2), kind
		binary.LittleEndian.PutUint32(e[116:], start)
		binary.LittleEndian.PutUint32(e[120:], uint32(size))
		directory = append(directory, e...)
	}
	for i, data := range streams {
		if len(data) >= 4096 {
			entry(names[i], 2, add(data), len(data))
			continue
		}
		small = append(small, padded(data, cfbSmallUnit)...)
		entry(names[i], 2, chain(&smallFAT, (len(data)+cfbSmallUnit-1)/cfbSmallUnit), len(data))
	}
	entry("Root Entry", 5, add(small), len(small))
	smallTable := add(padded(oldList(smallFAT), sector))
	start := add(directory)
	header := append([]byte(cfbMagic), make([]byte, sector-8)...)
	header[30], header[32] = 9, 6
	for at, n := range map[int]uint32{44: 1, 48: start, 56: 4096, 60: smallTable, 64: 1, 68: end, 76: uint32(len(fat))} {
		binary.LittleEndian.PutUint32(header[at:], n)
	}
	for i := 1; i < cfbHeadFATs; i++ {
		binary.LittleEndian.PutUint32(header[76+4*i:], 0xFFFFFFFF)
	}
	table := oldList(append(fat, 0xFFFFFFFD))
	for len(table) < sector {
		table = append(table, 0xFF)
	}
	return slices.Concat(header, body, table)
}

func sampleOldWord() oldWord {
	cell := func(text string) oldParagraph {
		return oldParagraph{runs: []oldRun{{text: text + "\a"}}, modifiers: oldCell}
	}
	rowEnd := oldParagraph{runs: []oldRun{{text: "\a"}}, modifiers: oldRowEnd}
	return oldWord{
		title: "The Harbour Question\x00",
		paragraphs: []oldParagraph{
			{runs: []oldRun{{text: "The Harbour Question\r"}}, style: 1},
			{runs: []oldRun{{"MS. ROE:", oldBold}, {text: " The quay is "}, {"open", oldDeleted}, {text: "closed.\vUntil\x1eFriday.\r"}}},
			plain(""),
			{runs: []oldRun{{text: "“Why?” said Łukasz Poe 😀.\r"}}, wide: true},
			plain("See \x13 HYPERLINK \x13 x \x14 y \x15\x14the chart\x15."),
			cell("Jane Roe"), cell("Thank you."), rowEnd, cell("John Poe"), cell("Not at all."), rowEnd,
			plain("The end.\x02"),
		},
		notes: []oldParagraph{plain("\x02The wind held.")},
	}
}

// unwrap opens a file as package container does.
func unwrap(data []byte) (*content.Content, error) {
	c, err := Open(context.Background(), data, content.Options{})
	if err != nil {
		return nil, err
	}
	c.Kind = "doc"
	c.Tidy()
	return c, nil
}

func TestOldWord(t *testing.T) {
	got, err := unwrap(sampleOldWord().file())
	if err != nil {
		t.Fatal(err)
	}
	containertest.Check(t, got)
	want := `kind: doc
field title: The Harbour Question

[heading 1] The Harbour Question

*MS. ROE:* The quay is closed.
Until‑Friday.

“Why?” said Łukasz Poe 😀.

See the chart.

|Jane Roe|Thank you.|

|John Poe|Not at all.|

The end.

The wind held.
`
	if rendered := containertest.Render(got); rendered != want {
		t.Errorf("got:\n%s\nwant:\n%s", rendered, want)
	}
}

func TestRefusesOldOfficeFiles(t *testing.T) {
	one := []oldParagraph{plain("JANE ROE: Will it hold?")}
	whole := oldWord{paragraphs: one}.file()
	for _, tt := range []struct {
		name          string
		data          []byte
		code, message string
	}{
		{"cut off in its header", whole[:100], "invalid", "ends early"},
		{"cut off after it", whole[:5000], "invalid", "ends early"},
		{"no sectors", append([]byte(cfbMagic), make([]byte, 600)...), "invalid", "damaged in its header"},
		{"encrypted", oldWord{paragraphs: one, flags: isEncrypted}.file(), "unsupported", "encrypted"},
		{"of Word 6", oldWord{paragraphs: one, version: 101}.file(), "unsupported", "older than Word 97; save it as .docx"},
		{"of another program", oldCompound([]string{"Workbook"}, make([]byte, 4096)), "unsupported", "old Excel workbook"},
		{"encrypted of a later Word", oldCompound([]string{"EncryptedPackage"}, make([]byte, 4096)), "unsupported", "encrypted"},
		{"without words", oldWord{paragraphs: []oldParagraph{plain("")}}.file(), "invalid", "no words"},
		{"a chain that goes in a circle", circle(whole), "invalid", "ends early or is damaged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := unwrap(tt.data)
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

// circle makes the first sector of a compound file its own next.
func circle(file []byte) []byte {
	file = bytes.Clone(file)
	table := int(u32(file, 76)+1) * 512
	binary.LittleEndian.PutUint32(file[table:], 0)
	return file
}

// FuzzDOC reads anything in place of an old Word file, and a whole one of which
// some bytes are others.
func FuzzDOC(f *testing.F) {
	whole := sampleOldWord().file()
	f.Add(whole, uint32(0), uint32(0))
	f.Add([]byte(cfbMagic+strings.Repeat("\x00", 700)), uint32(30), uint32(9))
	for at := range 40 {
		f.Add([]byte{}, uint32(cfbHeader+fibChars+8*at), uint32(1<<at))
	}
	f.Fuzz(func(t *testing.T, data []byte, at, to uint32) {
		spoiled := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(spoiled[int(at)%(len(whole)-4):], to)
		for _, file := range [][]byte{data, spoiled} {
			if got, err := unwrap(file); err == nil {
				containertest.Check(t, got)
			}
		}
	})
}
