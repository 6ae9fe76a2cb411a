package transcript

import (
	"path"
	"slices"
	"strings"
)

// Extensions lists the endings of the files that are read, in lower case.
func Extensions() []string {
	return []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".odt", ".doc", ".pdf",
		".vtt", ".srt", ".csv", ".tsv", ".xml", ".json", ".ndjson"}
}

// Readable reports whether a file in a folder, by its name, may hold a
// transcript. What comes with every folder does not: hidden files, a README, a
// licence. Parse itself looks at the content only.
func Readable(filename string) bool {
	name := strings.ToLower(path.Base(filename))
	for _, other := range []string{".", "readme", "license"} {
		if strings.HasPrefix(name, other) {
			return false
		}
	}
	return slices.Contains(Extensions(), path.Ext(name))
}
