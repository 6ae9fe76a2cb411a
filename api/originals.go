package api

import (
	"bytes"
	"cmp"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/words"
)

// getOriginal gives a file as it came. It is somebody else's, so that a browser is told
// to save it and never to show it, whatever it is said to be.
func (s *server) getOriginal(w http.ResponseWriter, r *http.Request) error {
	original, err := s.Library.Original(access.Managing(r.Context()), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", passiveType(original.ContentType))
	w.Header().Set("Content-Disposition", attachment(original.Filename, "transcript-"+r.PathValue("id")))
	w.Header().Set("Content-Length", strconv.Itoa(len(original.Data)))
	w.Write(original.Data) // fails only when nobody reads any more
	return nil
}

// activeTypes are media subtypes of which a browser makes a page or runs a script.
var activeTypes = []string{"html", "xml", "javascript", "x-javascript", "ecmascript"}

// passiveType is the media type of a file, unless a browser would do more with it than
// keep it.
func passiveType(contentType string) string {
	mediaType, _, err := mime.ParseMediaType(contentType)
	family, subtype, found := strings.Cut(mediaType, "/")
	if err != nil || !found || family == "multipart" || strings.HasSuffix(subtype, "+xml") || slices.Contains(activeTypes, subtype) {
		return "application/octet-stream"
	}
	return mediaType
}

// attachment is a Content-Disposition with a file's name, or another where that is none:
// its last part, without what no file system or terminal would take.
func attachment(filename, otherwise string) string {
	name := path.Base(strings.ReplaceAll(filename, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if words.Commands(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		name = otherwise
	}
	return cmp.Or(mime.FormatMediaType("attachment", map[string]string{"filename": name}), "attachment")
}

// exportTranscript writes a transcript, with its corrections, as a file that can be added again.
func (s *server) exportTranscript(w http.ResponseWriter, r *http.Request) error {
	values, err := query(r, "format")
	if err != nil {
		return err
	}
	format, err := export.TranscriptFormatOf(values.Get("format"))
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	_, t, err := s.Library.Transcript(r.Context(), id)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := format.Write(&file, t); err != nil {
		return err
	}
	sendFile(w, file.Bytes(), format.MediaType, "transcript-"+id+format.Extension)
	return nil
}
