package transcript

import "strings"

// endsByline reports whether an author's name is over, so that "By Harbour
// Weekly Staff" is none.
func (r *reader) endsByline() bool {
	w := r.peek(0)
	return r.last().after != "" || r.done() || w.is("and", "for", "of", "on", "at", "in", "from", "with") || isMonth(w.text) ||
		strings.ContainsAny(w.text[:1], "0123456789")
}

// publication reads a run of capitalised words.
func (r *reader) publication() (string, bool) {
	if r.peek(0).text == "the" {
		r.at++
	}
	start := r.at
	for !r.done() && (r.peek(0).capital() || r.at > start && r.peek(0).is("of") && r.peek(1).capital()) {
		w := r.peek(0)
		if isTitle(w.text) || courtesyWords[w.folded] {
			break
		}
		r.at++
		if w.after != "" || isPossessive(w.text) {
			break
		}
	}
	if r.at == start {
		return "", false
	}
	return withoutPossessive(join(r.words[start:r.at])), true
}

var (
	// orgLinks go on with the name of an organisation if a capital follows.
	orgLinks = wordSet(`of the for and de du des la le del di da & al y e at`)

	// orgStops are words in small letters that are no part of one.
	orgStops = wordSet(`i i'm i've i'd my me we our us you your he his she her they their it its it's is are was were be been
		am do does did have has had will would can could may might should who whom what when where why how which that this
		these those if as in on to by from with about asking asked ask want wanted wondering here also too just but or so because
		speaking based via please thank thanks good yes no not a an question questions again following reporting`)
)

const maxOrgWords = 10

// organisation reads the name of one, without a small article before it. It
// begins with a capital and goes on to the end of the clause; small letters may
// follow only up to there. closed reports that punctuation ends it.
func (r *reader) organisation() (name string, closed bool) {
	if r.peek(0).text == "the" {
		r.at++
	}
	if !r.peek(0).capital() || isTitle(r.peek(0).text) {
		return "", false
	}
	start, end := r.at, r.at+1
	for small := 0; r.at-start < maxOrgWords && !r.done(); {
		w, next := r.peek(0), r.peek(1)
		link := orgLinks[w.folded] && w.after == "" && (next.capital() && !orgStops[next.folded] || next.is("the"))
		capital := w.capital() && (r.at == start || !orgStops[w.folded])
		if !capital && !link {
			if small++; orgLinks[w.folded] || orgStops[w.folded] || small > 3 {
				break
			}
		}
		r.at++
		if capital || w.after != "" {
			end = r.at
		}
		if w.after != "" {
			break
		}
	}
	r.at = end
	name = strings.TrimSuffix(join(r.words[start:end]), " the")
	if r.last().after == "" {
		r.take("again", "here", "too")
	}
	return name, r.last().after != ""
}
