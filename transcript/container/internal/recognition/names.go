package recognition

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

const (
	deepestNames = 4  // levels of objects at which a file's list of speakers is looked for
	longestName  = 80 // bytes
)

// SpeakerNames are the names of the speakers whom the speech knows by an identifier, where the
// file has a list of them: objects with identifier and name, or an object with a name under
// each identifier.
func SpeakerNames(root *tree.Node) map[string]string {
	found := map[string]string{}
	gatherNames(root, found, 0)
	return found
}

func gatherNames(n *tree.Node, found map[string]string, depth int) {
	if n.Kind == tree.Array && len(n.Children) == 1 {
		n = n.Children[0]
	}
	if n.Kind != tree.Object || depth > deepestNames {
		return
	}
	for _, member := range n.Children {
		if key := FoldKey(member.Name); strings.Contains(key, "speaker") || strings.Contains(key, "participant") {
			for _, entry := range member.Children {
				addName(entry, member.Kind == tree.Object, found)
			}
		}
		gatherNames(member, found, depth+1)
	}
}

// addName adds a person of a list; keyed is an object of them, whose keys are identifiers.
func addName(entry *tree.Node, keyed bool, found map[string]string) {
	id, name := "", ""
	switch {
	case entry.Kind == tree.Object:
		id, name = identity(entry)
		if keyed {
			id = entry.Name
		}
	case keyed && entry.Kind == tree.Text:
		id, name = entry.Name, entry.Text
	}
	if name = text.OneLine(name); id == "" || name == "" || id == name || len(name) > longestName {
		return
	}
	if other, known := found[id]; known && other != name {
		name = "" // two candidates: none
	}
	found[id] = name
}

// identity is the identifier and the name of a person; empty where there is none. A label is
// the one that is lacking.
func identity(person *tree.Node) (id, name string) {
	label := ""
	for _, f := range person.Children {
		switch key := FoldKey(f.Name); {
		case f.Kind >= tree.Object:
		case key == "id" || key == "speakerid" || key == "speaker" || key == "tag" || key == "speakertag":
			id = f.Text
		case key == "label" || key == "speakerlabel":
			label = f.Text
		case strings.HasSuffix(key, "name"):
			name = f.Text
		}
	}
	return cmp.Or(id, label), cmp.Or(name, label)
}

// FoldKey folds the name of a field, so that speaker_name, speakerName and Speaker-Name
// are one.
func FoldKey(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_- .@#()[]", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
