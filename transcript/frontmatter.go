package transcript

import (
	"strings"
	"unicode"
)

// frontMatter is what a document says of itself before its first turn.
type frontMatter struct {
	title, date, place string
	doubtfulDate       bool
	mentions           mentions // of people who speak later
	cast               []string // people with a line of their own
	introduction       string   // prose between title block and first question
	authors            []string // of the byline
	subject            string   // who is interviewed, where it is one person
	asker              string   // who interviews, where it is one person
	publication        string
}

// apply writes the front matter's facts into the transcript.
func (f frontMatter) apply(t *Transcript) {
	t.Title, t.Date, t.Place = Optional(f.title), Optional(f.date), Optional(f.place)
	if f.doubtfulDate {
		t.warn("the date was read month first, as %s; if that is wrong, give the date", f.date)
	}
}

// readLabelledFront reads what comes before the first label. Only a byline and
// answers under "A" make it an interview, whose asker the byline names.
func readLabelledFront(title []line, introduction []string, turns []Turn, labels labelReader) frontMatter {
	surnames := surnamesOf(turns, labels)
	f := readFront(title, surnames)
	f.introduction = head(strings.Join(introduction, "\n"), introductionLimit)
	f.mentions.gather(f.introduction, surnames)
	f.readByline(title)
	if !labels.havePart(partAnswerer) || labels.havePart(partModerator) {
		f.asker, f.subject = "", ""
		return f
	}
	f.publication = firstOf(f.publication, f.spokenWith(), f.titlePublication())
	f.subject = firstOf(f.subject, f.findSubject())
	return f
}

const frontLimit = 120 // lines of front matter that are looked at

// readFront reads a title block. Surnames are those of the labels.
func readFront(lines []line, surnames map[string]bool) frontMatter {
	lines = lines[max(0, len(lines)-frontLimit):]
	f := frontMatter{mentions: mentions{}}
	rows := make([]row, len(lines))
	for i, l := range lines {
		rows[i] = readRow(l)
		f.mentions.gather(rows[i].text, surnames)
		if rows[i].kind == rowDate && f.date == "" {
			f.date, f.doubtfulDate = rows[i].date.iso, rows[i].date.doubtful
		}
		if f.place == "" {
			f.place = rows[i].place
		}
	}
	f.title = chooseTitle(rows)
	if f.date == "" {
		f.date, f.doubtfulDate = anyDate(rows)
	}
	f.readCast(rows)
	return f
}

func anyDate(rows []row) (iso string, doubtful bool) {
	for _, r := range rows {
		if d, ok := findDate(r.text); ok {
			return d.iso, d.doubtful
		}
	}
	return "", false
}

// readCast lists the people with a line of their own, and those of a list of
// participants. A line may say who asks and who answers, too.
func (f *frontMatter) readCast(rows []row) {
	listed := false
	for _, r := range rows {
		field, value, isField := strings.Cut(r.text, ":")
		field = strings.ToLower(field)
		listed = isField && castFields[field] || listed && isListItem(r.text)
		var names []string
		if listed {
			names = fullNames(titleCaseCaps(firstOf(value, r.text)))
		} else if r.kind == rowPerson {
			names = []string{r.person}
		}
		for _, name := range names {
			f.cast = addName(f.cast, name)
		}
		if len(names) == 1 && field == "interviewer" {
			f.asker = names[0]
		}
		if len(names) == 1 && (field == "interviewee" || field == "guest") {
			f.subject = names[0]
		}
	}
	if f.subject == "" && len(f.cast) == 1 {
		f.subject = f.cast[0]
	}
}

// rowKind is what a line of a title block says.
type rowKind int

const (
	rowOther rowKind = iota
	rowTitle
	rowDate
	rowPlace
	rowClock
	rowPerson // Jane Roe, Harbour Master
	rowByline
	rowBanner // the institution, release notes, links
)

// row is a line of a title block, read.
type row struct {
	kind   rowKind
	text   string // without Markdown marks
	gap    bool
	date   foundDate
	place  string
	person string
}

func readRow(l line) row {
	r := row{text: plainBlanks(strings.Trim(l.text, "*_# ")), gap: l.gap}
	text := r.text
	if len(text) > 400 {
		return r
	}
	name, value, field := strings.Cut(text, ":")
	field = field && fieldLabels[strings.ToLower(name)] && strings.TrimSpace(value) != ""
	value = strings.Trim(value, "*_ ")
	date, dated := findDate(text)
	switch {
	case field && strings.EqualFold(name, "title"):
		r.kind, r.text = rowTitle, value
	case field && (strings.EqualFold(name, "place") || strings.EqualFold(name, "location") || strings.EqualFold(name, "venue")):
		r.kind, r.place = rowPlace, value
	case isByline(text):
		r.kind, r.date = rowByline, date
		if dated {
			r.kind = rowDate
		}
	case dated && !isSentence(text[:date.start]+" "+text[date.end:]):
		r.kind, r.date = rowDate, date
		if before := strings.Trim(text[:date.start], " ,(–—-|"); isPlace(before) {
			r.place = before
		}
	case isClock(strings.ToLower(strings.Trim(text, "() "))):
		r.kind = rowClock
	case isPlace(text):
		r.kind, r.place = rowPlace, strings.TrimRight(text, ".")
	case isBanner(text) || field:
		r.kind = rowBanner
	case strings.HasPrefix(l.text, "# "):
		r.kind = rowTitle
	default:
		if name, ok := personRow(text); ok {
			r.kind, r.person = rowPerson, name
		}
	}
	return r
}

// isSentence reports whether a line with a date tells something besides.
func isSentence(rest string) bool {
	words, small := strings.Fields(rest), 0
	for _, w := range words {
		if startsLower(w) {
			small++
		}
	}
	return len(words) > 8 || small > 3
}

func isByline(text string) bool {
	_, ok := cutByline(text)
	return ok && len(text) < 150
}

// personRow reads "Jane Roe, Harbour Master" and "Ambassador Jane Roe".
func personRow(text string) (name string, ok bool) {
	words := scanWords(head(text+" ", 120))
	r := reader{words: words}
	for !r.done() && (isTitle(r.peek(0).text) || r.at > 0 && officeLinks[bare(r.peek(0).text)]) && r.peek(0).after == "" {
		r.at++
	}
	titled := r.at > 0
	name, ok = r.name()
	if !ok || !strings.Contains(name, " ") {
		return "", false
	}
	comma := strings.HasPrefix(words[r.at-1].after, ",")
	if !comma && !(titled && r.done()) {
		return "", false
	}
	return titleCaseCaps(name), true
}

var banners = []string{"for immediate release", "office of", "the white house", "printable", "embargoed", "copyright",
	"©", "http", "www.", "great seal", "press release", "home »", "share", "print", "email", "[", "<", "photo"}

func isBanner(text string) bool {
	lower := strings.ToLower(text)
	for _, b := range banners {
		if strings.HasPrefix(lower, b) {
			return true
		}
	}
	return strings.Contains(lower, "department of") && !hasEventWord(lower) || strings.Contains(lower, "great seal")
}

var eventWords = wordSet(`briefing interview remarks conference hearing update q&a panel conversation statement testimony meeting
	roundtable gaggle forum discussion session call talk talks debate proceedings transcript questions lecture seminar
	webinar symposium keynote availability readout deposition argument`)

func hasEventWord(lower string) bool {
	for _, w := range strings.FieldsFunc(lower, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.:;()“”\"", r) }) {
		if eventWords[w] {
			return true
		}
	}
	return false
}

// chooseTitle takes the line that looks most like a title: it names an event,
// and people, place or date follow it.
func chooseTitle(rows []row) string {
	best, bestScore := -1, 0
	for i, r := range rows {
		if r.kind == rowTitle {
			return wholeTitle(rows, i)
		}
		if r.kind != rowOther {
			continue
		}
		if score := titleScore(rows, i); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return ""
	}
	return wholeTitle(rows, best)
}

func titleScore(rows []row, i int) int {
	text := rows[i].text
	words := len(strings.Fields(text))
	if words > 30 || startsLower(text) || strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return 0
	}
	score := 2
	if hasEventWord(strings.ToLower(text)) {
		score += 4
	}
	if i+1 < len(rows) {
		switch rows[i+1].kind {
		case rowPerson, rowPlace, rowDate, rowByline, rowClock:
			score += 3
		case rowOther, rowTitle, rowBanner:
		}
	}
	if strings.HasSuffix(text, ".") {
		score -= 3
	}
	return score
}

// wholeTitle adds the lines on which a title goes on.
func wholeTitle(rows []row, i int) string {
	title := rows[i].text
	for i+1 < len(rows) && rows[i+1].kind == rowOther && !rows[i+1].gap {
		last := lastWord(title)
		caps := strings.ToUpper(title) == title && strings.ToUpper(rows[i+1].text) == rows[i+1].text
		if !caps && !officeLinks[last] && !strings.HasSuffix(title, ",") && !openWords[last] {
			break
		}
		i++
		title += " " + rows[i].text
	}
	return title
}
