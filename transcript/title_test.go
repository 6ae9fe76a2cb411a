package transcript

import "testing"

// Each title block has a title, and a date of the event, or none.
func TestTitleAndDate(t *testing.T) {
	for _, tt := range []struct{ name, front, title, date string }{
		{"a heading", "# Harbour Board, 3rd Meeting\n\nDay Two – 18 May 2011", "Harbour Board, 3rd Meeting", "2011-05-18"},
		{"a heading with the day", "# May 18, 2011 Meeting Notes\n\nJane Roe (JR), John Poe (JP)\n\n## Item 3: a new gate", "May 18, 2011 Meeting Notes", "2011-05-18"},
		{"a field", "---\ntitle: On Tides\ndate: 2011-05-18\n---", "On Tides", "2011-05-18"},
		{"a field in several lines", "---\ntitle: \"Press Briefing on Tides by\\\n  \\ the Harbour Master\"\ndate: '2011-05-18'\n---", "Press Briefing on Tides by the Harbour Master", "2011-05-18"},
		{"a day on its line before that of the page", "---\ndate: 2011-05-20\n---\n\nREMARKS ON TIDES\n\nMay 18, 2011", "REMARKS ON TIDES", "2011-05-18"},
		{"the page's day when there is no other", "---\npublished: 2011-05-20\n---\n\nRemarks on Tides", "Remarks on Tides", "2011-05-20"},
		{"a placeholder", "---\ntitle: On Tides\ndate: 1970-01-01\n---", "On Tides", ""},
		{"the day that is there most often", "Harbour Debate\n\nDate of Meeting: 17 May 2011\n\nWEDNESDAY, 18 MAY 2011\n\nTaken on paper\n\nWednesday, 18 May 2011", "Harbour Debate", "2011-05-18"},
		{"a cover", "SESSION\n\nMay 18, 2011\n\nTHE STENOGRAPHIC RECORD\n\nPORT VALE, OREGON\n\nMay 18, 2011\n\n11:05 a.m.\n\nREGULAR SESSION\n\nSENATOR JANE ROE, Acting President", "THE STENOGRAPHIC RECORD — REGULAR SESSION", "2011-05-18"},
		{"a title between rules", "BEFORE THE HARBOUR BOARD\nCOMMITTEE ON TIDES\n---------------\n\nPUBLIC FORUM\n\nROUNDTABLE ON THE\n\nPROPOSAL TO RAISE\nTHE WALL\n---------------\n\nMay 18, 2011", "PUBLIC FORUM: ROUNDTABLE ON THE PROPOSAL TO RAISE THE WALL", "2011-05-18"},
		{"a case", "IN THE COURT OF TIDES\n- - - - - - - -\nJANE ROE,                )\n\n   Petitioner,           )\n\n      v.                 ) No. 11-83\n\nHARBOUR BOARD,           )\n\nET AL.,                  )\n\n   Respondents.          )\n- - - - - - - -\n\nDate: May 18, 2011", "JANE ROE v. HARBOUR BOARD, ET AL. (No. 11-83)", "2011-05-18"},
		{"a covering letter", "May 20, 2011\nThe Exchange\nDear Sir / Madam,\nSub.: Transcript of the conference call\nPlease find enclosed the transcript of the call held on May 18, 2011.\nYours faithfully,\nJane Roe\nCompany Secretary\n“Harbour Bank Limited\nQ3 FY11 Earnings Conference Call”\nMay 18, 2011", "Harbour Bank Limited Q3 FY11 Earnings Conference Call", "2011-05-18"},
		{"a day that says more", "MAY 18, 2011 FROM NOON TO DUSK", "MAY 18, 2011 FROM NOON TO DUSK", "2011-05-18"},
		{"an event in German", "Pressegespräch zum Moorbrand\n\nLandrätin Jane Harms-Roe\nKreishaus Ostermoor, 17. August 2011", "Pressegespräch zum Moorbrand", "2011-08-17"},
		{"an event in French", "Audition de la ministre\n\nAssemblée du Port, 4 mai 2011", "Audition de la ministre", "2011-05-04"},
		{"nothing", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(t.Context(), []byte(tt.front+"\n\nMS. ROE: It rises.\n\nMR. POE: It falls.\n\nMS. ROE: Twice a day."), Options{Format: "briefing"})
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Title) != tt.title || string(got.Date) != tt.date {
				t.Errorf("title %q, date %q; want %q, %q", got.Title, got.Date, tt.title, tt.date)
			}
		})
	}
}
