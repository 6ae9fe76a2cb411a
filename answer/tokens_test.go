package answer

import "testing"

// TestEstimateTokens compares estimates with what the tokens of a small model are: an English
// one of 49,152 tokens (SmolLM2), which has more of each text than larger ones have.
func TestEstimateTokens(t *testing.T) {
	for _, test := range []struct {
		text       string
		counted    int
		most       float64 // the estimate over what was counted
		underrates bool    // of a script that the model was not trained on, and cuts into bytes
	}{
		{"The ferry was stopped because its rudder failed.", 10, 1.2, false},
		{"In 2031 it carried 1,284,000 passengers, 7.5 percent more than in 2030.", 34, 1.2, false},
		{"THE CHAIRMAN: THE COMMITTEE WILL RECONVENE TOMORROW.", 21, 1.5, false},
		{"[s12] Turn: Ines Varga (Harbour Office) | answer | 2031-05-02", 31, 1.2, false},
		{"Die Fährverbindung wurde wegen eines Ruderschadens vorübergehend eingestellt.", 30, 1.2, true},
		{"Паром остановили, потому что сломался руль.", 33, 1.2, true},
		{"Το πλοίο σταμάτησε επειδή χάλασε το πηδάλιο.", 40, 1.2, true},
		{"渡轮因舵故障而停航。", 24, 1.2, true},
		{"フェリーは舵が故障したため停止した。", 35, 1.2, true},
		{"توقفت العبّارة لأن دفتها تعطلت.", 31, 1.5, false},
		{"", 0, 1, false},
	} {
		estimate := estimateTokens(test.text)
		least := 0.85 * float64(test.counted)
		if test.underrates {
			least = 0.6 * float64(test.counted)
		}
		if float64(estimate) < least || float64(estimate) > test.most*float64(test.counted) {
			t.Errorf("%d tokens for %q, which has %d", estimate, test.text, test.counted)
		}
	}
}
