package api

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// uploadParameters say what is known of a file besides its bytes. They stand in
// the query, or beside the file in a form.
var uploadParameters = []string{"collection", "filename", "title", "date", "place", "media", "format", "replaces", "embargo", "dry_run"}

// maxFormField bounds a field that stands beside the file in a form.
const maxFormField = 4 << 10

// readUpload reads a file that is the body itself, whatever its Content-Type, or
// the part "file" of a form, and whether it shall only be read, and not stored.
func (s *server) readUpload(r *http.Request) (req retrieval.AddRequest, dryRun bool, err error) {
	about, err := query(r, uploadParameters...)
	if err != nil {
		return req, false, err
	}
	file, err := s.readFile(r, about, uploadParameters)
	if err != nil {
		return req, false, err
	}
	if dryRun, err = flagIn(about, "dry_run"); err != nil {
		return req, false, err
	}
	return retrieval.AddRequest{
		Data:       file.data,
		Collection: about.Get("collection"),
		Replaces:   about.Get("replaces"),
		Embargo:    retrieval.Embargo(about.Get("embargo")),
		Options: transcript.Options{
			Filename: about.Get("filename"), ContentType: file.contentType,
			Format: about.Get("format"), Title: about.Get("title"), Date: about.Get("date"), Place: about.Get("place"), Media: about.Get("media"),
		},
	}, dryRun, nil
}

type upload struct {
	data        []byte
	contentType string
}

// readFile reads the file of a request; of a form, the known fields beside it are
// added to about.
func (s *server) readFile(r *http.Request, about url.Values, known []string) (file upload, err error) {
	form, err := r.MultipartReader()
	switch {
	case err == nil:
		return s.readForm(r, form, about, known)
	case errors.Is(err, http.ErrNotMultipart):
		file.contentType = r.Header.Get("Content-Type")
		file.data, err = readBody(r, s.MaxUpload, "file")
		return file, err
	default:
		return file, fault.Wrap(err, fault.Invalid, "the form cannot be read; its Content-Type must name the boundary")
	}
}

// readForm reads the file of a form as it arrives, and adds the fields beside it
// to about, where those of the query stay as they are.
func (s *server) readForm(r *http.Request, form *multipart.Reader, about url.Values, known []string) (file upload, err error) {
	found := false
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF) && !found:
			return file, fault.New(fault.Invalid, "the form has no file; send it in the part named file")
		case errors.Is(err, io.EOF):
			_, _ = io.CopyN(io.Discard, r.Body, maxDrain) // to its end, from which on the server sees whether the client leaves
			return file, nil
		case err != nil:
			return file, unreadable(err)
		case part.FormName() != "file":
			if err := readField(r, part, about, known); err != nil {
				return file, err
			}
		case found:
			return file, fault.New(fault.Invalid, "the form has several files; send them one by one")
		default:
			found = true
			file.contentType = part.Header.Get("Content-Type")
			if name := part.FileName(); name != "" && !about.Has("filename") {
				about.Set("filename", name)
			}
			if file.data, err = readPart(r, part, s.MaxUpload, "file"); err != nil {
				return file, err
			}
		}
	}
}

func readField(r *http.Request, part *multipart.Part, about url.Values, known []string) error {
	name := part.FormName()
	if !slices.Contains(known, name) {
		return fault.New(fault.Invalid, "form field %q is unknown; use file, %s", name, strings.Join(known, ", "))
	}
	value, err := readPart(r, part, maxFormField, "form field "+name)
	if err != nil {
		return err
	}
	if !wire.IsText(string(value)) {
		return fault.New(fault.Invalid, "form field %q is not text; send UTF-8 without NUL characters", name)
	}
	if !about.Has(name) {
		about.Set(name, string(value))
	}
	return nil
}
