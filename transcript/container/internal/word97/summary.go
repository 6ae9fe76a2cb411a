package word97

import (
	"fmt"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// readSummary reads the property set of the document ([MS-OLEPS]): title, author, and
// the time when the file was made, which need not be the event's.
func readSummary(data []byte) []content.Field {
	const firstSection, codepage, title, author, created = 44, 1, 2, 4, 12
	section := cut(data, int(u32(data, firstSection)), len(data))
	properties := map[uint32][]byte{}
	for i := range min(u32(section, 4), uint32(len(section)/8)) {
		at := 8 + 8*int(i)
		properties[u32(section, at)] = cut(section, int(u32(section, at+4)), len(section))
	}
	page := u16(properties[codepage], 4)
	return content.FieldsOf("title", content.StatedTitle(propertyText(properties[title], page)), "author", propertyText(properties[author], page),
		"created", propertyTime(properties[created]))
}

// propertyText is the text of a property in a Windows code page; empty if it has none.
func propertyText(property []byte, codepage int) string {
	const isText, isUTF8 = 30, 65001
	if u32(property, 0) != isText {
		return ""
	}
	text := cut(property, 8, int(u32(property, 4)))
	for len(text) > 0 && text[len(text)-1] == 0 {
		text = text[:len(text)-1]
	}
	name := fmt.Sprintf("windows-%d", codepage)
	if codepage == isUTF8 {
		name = "utf-8"
	}
	encoding, err := htmlindex.Get(name)
	if err != nil {
		return ""
	}
	decoded, err := encoding.NewDecoder().Bytes(text)
	if err != nil {
		return ""
	}
	return string(decoded)
}

// propertyTime is the time of a property, which counts tenths of microseconds from
// the year 1601, as RFC 3339 writes it; empty if it has none.
func propertyTime(property []byte) string {
	const isTime, second, year1970 = 64, 10_000_000, 11_644_473_600
	if u32(property, 0) != isTime {
		return ""
	}
	ticks := uint64(u32(property, 8))<<32 | uint64(u32(property, 4))
	if ticks < year1970*second {
		return ""
	}
	return time.Unix(int64(ticks/second)-year1970, 0).UTC().Format(time.RFC3339)
}
