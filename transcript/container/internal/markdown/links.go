package markdown

import "strings"

const longestTarget = 200 // bytes of the name of a link's target

// open notes a bracket that may begin a link or an image.
func (s *inline) open(bracket string) {
	s.links = append(s.links, len(s.marks))
	s.marks = append(s.marks, mark{char: '[', at: len(s.out), length: len(bracket)})
	s.copy(len(bracket))
}

// close ends a link: its text stays, its brackets and its target go. Other brackets
// stay, because they hold stage directions.
func (s *inline) close() {
	if len(s.links) == 0 {
		s.copy(1)
		return
	}
	last := len(s.links) - 1
	m := &s.marks[s.links[last]]
	s.links = s.links[:last]
	if n := s.target(s.out[m.at+m.length:]); n > 0 {
		m.left = m.length
		s.at += n
		return
	}
	s.copy(1)
}

// target counts the bytes of "](address)" or "][name]" here, or of "]" where the text
// is itself the name of a link definition; 0 where no link ends.
func (s *inline) target(text []byte) int {
	rest := s.text[s.at+1:]
	switch {
	case strings.HasPrefix(rest, "("):
		depth := 0
		for i := 0; i < len(rest) && rest[i] != '\n' && rest[i] != ']' && rest[i] != '['; i++ {
			switch rest[i] {
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return i + 2
				}
			}
		}
	case strings.HasPrefix(rest, "["):
		if end := strings.IndexAny(rest[1:], "[]\n") + 1; end > 0 && rest[end] == ']' && s.targets[strings.ToLower(rest[1:end])] {
			return end + 2
		}
	}
	if len(s.targets) > 0 && len(text) < longestTarget && s.targets[strings.ToLower(string(text))] {
		return 1
	}
	return 0
}
