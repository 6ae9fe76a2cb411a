package names

import (
	"strings"
	"sync"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// monthNames lists the months, folded, in the languages in which dates are read.
var monthNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for _, language := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"jan feb mar apr may jun jul aug sept oct nov dec",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ene feb mar abr may jun jul ago setiembre oct nov dic",
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"januar februar marz april mai juni juli august september oktober november dezember",
		"janner feber maerz april mai juni juli august september okt november dez",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"januar februar marts april maj juni juli august september oktober november december",
		"januar februar mars april mai juni juli august september oktober november desember",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
		"ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
		"januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
		"ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	} {
		for i, name := range strings.Fields(language) {
			names[letters.Fold(name)] = i + 1
		}
	}
	return names
})
