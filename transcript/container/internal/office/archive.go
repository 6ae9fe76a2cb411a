package office

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"

	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// A small archive can unpack to a great deal, so what is unpacked is bounded.
const (
	maxUnpacked = 32 << 20 // bytes of all parts that are read
	maxParts    = 10_000   // in an archive
)

// What ZIP archives begin with: with a file, or, where there is none in them, with their end.
const (
	zipMagic      = "PK\x03\x04"
	zipEmptyMagic = "PK\x05\x06"
)

// archive is a document in a ZIP archive.
type archive struct {
	*zip.Reader
	ctx  context.Context // whose end ends the reading
	kind string          // for errors: "Word document"
	left int64           // bytes that may still be unpacked
}

func openArchive(ctx context.Context, data []byte, kind string) (*archive, error) {
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, content.Invalid("the %s ends early: the list of its parts, at the end of the file, is missing or damaged; get the whole file again", kind)
	}
	if len(reader.File) > maxParts {
		return nil, content.TooLarge("the %s has %d parts, more than %d; save it again as text", kind, len(reader.File), maxParts)
	}
	return &archive{Reader: reader, ctx: ctx, kind: kind, left: maxUnpacked}, nil
}

// part finds a part by a pattern of path.Match; nil if there is none.
func (a *archive) part(pattern string) *zip.File {
	for _, f := range a.File {
		if ok, _ := path.Match(pattern, f.Name); ok {
			return f
		}
	}
	return nil
}

// read unpacks a part for a function that reads its XML, and does nothing if the part
// is not there.
func (a *archive) read(pattern string, read func(*xml.Decoder) error) error {
	part := a.part(pattern)
	if part == nil {
		return nil
	}
	if part.Flags&1 != 0 {
		return content.Encrypted("the " + a.kind)
	}
	unpacked, err := part.Open()
	if err != nil {
		return a.damaged(part, err)
	}
	defer unpacked.Close()
	limited := &io.LimitedReader{R: content.Reader(a.ctx, unpacked), N: a.left}
	decoder := xml.NewDecoder(limited)
	decoder.CharsetReader = charset.NewReaderLabel
	err = read(decoder)
	a.left = limited.N
	switch {
	case a.left <= 0:
		return content.TooLarge("the %s unpacks to more than %d MB; divide it", a.kind, maxUnpacked>>20)
	case err != nil:
		return a.damaged(part, err)
	}
	return nil
}

// damaged names the part that cannot be read, unless the error is one for users
// already.
func (a *archive) damaged(part *zip.File, err error) error {
	if ours := new(content.Error); errors.As(err, &ours) {
		return err
	}
	return content.Invalid("the %s is damaged in its part %s; save it again", a.kind, part.Name).Because(err)
}
