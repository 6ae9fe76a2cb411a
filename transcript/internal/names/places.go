package names

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// regions may stand after a town and a comma.
var regions = letters.WordSet(strings.NewReplacer("\n", " ").Replace(`
	al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc
	sd tn tx ut vt va wa wv wi wy dc d.c uk u.k usa us u.s uae alabama alaska arizona arkansas california colorado
	connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
	massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania
	tennessee texas utah vermont virginia washington wisconsin wyoming ontario quebec alberta england scotland wales
	ireland afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium
	bolivia bosnia botswana brazil brunei bulgaria cambodia cameroon canada chad chile china colombia croatia cuba cyprus
	czechia denmark ecuador egypt estonia ethiopia fiji finland france gabon gambia georgia germany ghana greece guatemala
	guinea haiti honduras hungary iceland india indonesia iran iraq israel italy jamaica japan jordan kazakhstan kenya
	kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg malawi malaysia mali malta mexico
	moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway
	oman pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda senegal serbia singapore
	slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey
	turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe`))

// longRegions have more than one word.
var longRegions = []string{"new york", "new jersey", "new mexico", "new hampshire", "new zealand", "north carolina",
	"south carolina", "north dakota", "south dakota", "rhode island", "west virginia", "south africa", "south korea",
	"north korea", "saudi arabia", "united kingdom", "united states", "united arab emirates", "sri lanka", "costa rica",
	"northern ireland", "british columbia", "nova scotia", "new south wales", "the netherlands", "the philippines",
	"czech republic", "el salvador", "sierra leone", "ivory coast", "hong kong", "district of columbia", "puerto rico"}

// IsPlace reports whether a line is a town with its region: Washington, DC.
func IsPlace(s string) bool {
	if len(s) > 70 || strings.ContainsAny(s, ":;?!") {
		return false
	}
	comma := strings.LastIndexByte(s, ',')
	if comma <= 0 {
		return false
	}
	for _, w := range strings.Fields(s[:comma]) {
		if letters.StartsLower(w) && !Particles[w] && !OfficeLinks[w] {
			return false
		}
	}
	return isRegion(strings.Trim(s[comma+1:], " .)"))
}

// isRegion reports whether s is a state or a country.
func isRegion(s string) bool {
	s = strings.ToLower(s)
	for _, long := range longRegions {
		if s == long {
			return true
		}
	}
	return regions[s]
}
