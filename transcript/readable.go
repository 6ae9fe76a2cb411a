package transcript

import (
	"path"
	"slices"
	"strings"
)

// Extensions lists the extensions of the files that are read, in small letters.
func Extensions() []string {
	return []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".odt", ".doc", ".pdf",
		".vtt", ".srt", ".csv", ".tsv", ".xml", ".json", ".ndjson"}
}

// Readable reports, by its name, whether a file in a folder may hold a transcript. What comes
// with every folder does not: hidden files, a README, a licence. Parse reads any file.
func Readable(filename string) bool {
	name := strings.ToLower(path.Base(filename))
	for _, other := range []string{".", "readme", "license"} {
		if strings.HasPrefix(name, other) {
			return false
		}
	}
	return slices.Contains(Extensions(), path.Ext(name))
}
