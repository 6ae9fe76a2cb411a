package transcript

import (
	"fmt"
	"strings"
	"testing"
)

// Each conversation has one turn a line, with its role at the end, and the
// number of the line that it answers.
func TestRoles(t *testing.T) {
	for _, tt := range []struct{ name, conversation string }{
		{"a briefing", `
			MR. POE: Welcome. — statement
			QUESTION: Why? — question
			MR. POE: Because. — answer of 1
			MODERATOR: Next. — moderator
			QUESTION: Comment on that. — question
			MR. POE: No. — answer of 4`},
		{"a moderator interrupts", `
			QUESTION: Why? — question
			MODERATOR: Say again? — moderator
			MR. POE: Because. — answer of 0`},
		{"a moderator ends the exchange", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MODERATOR: This event is concluded. — moderator
			MR. POE: One more thing. — statement`},
		{"a moderator hands the question on", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MODERATOR: Dr. Moe, would you add to that? — moderator
			DR. MOE: It rained. — answer of 2`},
		{"two answer", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MS. MOE: It rained. — answer of 0
			MR. POE: It did. — answer of 0`},
		{"a moderator asks the panel", `
			MODERATOR: Why? — moderator
			MR. POE: Because. — answer of 0
			MS. MOE: It rained. — answer of 0
			MODERATOR: Any questions? — moderator
			MS. MOE: One more thing. — statement`},
		{"two people, one of whom asks", `
			JANE ROE: Welcome. How are you? — question
			JOHN POE: Well. — answer of 0
			JANE ROE: Tell me about the sea. — question
			JOHN POE: Which one? — answer of 2
			JANE ROE: Is there another? — question
			JOHN POE: No. — answer of 4
			JANE ROE: Thank you. — statement`},
		{"of two witnesses, one is asked once", `
			CHAIR ROE: Dr. Moe, you have five minutes. — moderator
			DR. MOE: The wells have fallen. — statement
			CHAIR ROE: Mr. Poe. — moderator
			MR. POE: We pump as ever. — statement
			MS. FYNN: Mr. Poe, did you measure? — question
			MR. POE: No, ma'am. — answer of 4
			MS. FYNN: So how do you know? — question
			MR. POE: I was told. — answer of 6
			MR. DORN: Dr. Moe, is it clean? — question
			DR. MOE: It is. — answer of 8
			MR. DORN: Mr. Poe, will you stop? — question
			MR. POE: I can't say. — answer of 10`},
		{"a second witness is no asker", `
			JANE ROE: Did it sail? — question
			JOHN POE: It did. — answer of 0
			JANE ROE: Was it checked? — question
			LENE MOE: It was. By me. — statement
			JOHN POE: I have the paper. — answer of 2
			JANE ROE: Did it leak? — question
			JOHN POE: No. — answer of 5
			LENE MOE: You may tell us more of that. — question
			JOHN POE: It was old. — answer of 7
			JANE ROE: Did it sink? — question
			JOHN POE: Yes. — answer of 9
			JANE ROE: Who saw it? — question
			JOHN POE: I did. — answer of 11`},
		{"a hearing", `
			CHAIR ROE: Dr. Poe, you may begin. — moderator
			DR. POE: Tolls have doubled. — statement
			SEN. MOE: Who pays? — question
			DR. POE: The farmers. — answer of 2
			CHAIR ROE: Since when? — question
			DR. POE: 2001. — answer of 4
			CHAIR ROE: We are adjourned. — moderator`},
		{"somebody in the audience", `
			MS. ROE: Water rises. — statement
			AUDIENCE: Hear, hear! — statement
			AUDIENCE MEMBER: How fast? — question
			MS. ROE: Slowly. — answer of 2`},
		{"a briefer calls for the next question", `
			QUESTION: Why? — question
			MR. POE: Because. — answer of 0
			MS. MOE: Next question, please. — moderator
			QUESTION: When? — question`},
		{"a conversation of statements", `
			JANE ROE: It rains. — statement
			JOHN POE: It does. — statement`},
		{"a speech, and calls from the hall", `
			THE MAYOR: The sea has risen for forty years, and for forty years we have raised the wall with it, stone by stone. — statement
			AUDIENCE: Hear! — statement
			THE MAYOR: And we shall go on raising it, whatever it costs and however long it takes us, because we live here. — statement
			AUDIENCE MEMBER: How high? — statement
			THE MAYOR: And we thank those who carried the stones, our mothers and our fathers, and all of you who came today. — statement`},
		{"a court", `
			CHIEF JUSTICE ROE: We'll hear argument in Harbour versus Ferry Line. Mr. Poe. — moderator
			MR. POE: May it please the Court: the tide is nobody's. — statement
			JUSTICE MOE: Nobody's? — question
			MR. POE: Nobody's. — answer of 2
			JUSTICE MOE: I had thought it was the harbour's. — question
			MR. POE: It was. — answer of 4
			CHIEF JUSTICE ROE: Thank you, counsel. Rebuttal, Mr. Poe? — moderator
			CHIEF JUSTICE ROE: The case is submitted. — moderator`},
		{"a witness before many", `
			SEN. ROE: What is a tide? — question
			DR. POE: Water that moves. — answer of 0
			SEN. MOE: I had wondered about that all week long. — question
			DR. POE: Many do. — answer of 2
			SEN. AAS: And when? — question
			DR. POE: Twice a day. — answer of 4
			SEN. MOE: Does it stop? — question
			DR. POE: Never. — answer of 6
			SEN. ROE: This meeting is adjourned. — moderator`},
		{"a moderator whom the host introduces", `
			Ida Loe: Good evening. Bo Moe of Harbour News is our moderator. Bo. — statement
			Bo Moe: Thank you. Ms. Aas, your question to Mr. Poe. — moderator
			Lene Aas: Mr. Poe, why is the quay closed? — question
			John Poe: Because it cracked. — answer of 2
			Lene Aas: When will it open? — question
			John Poe: In May. — answer of 4
			Bo Moe: Thank you. Mrs. Roe, your rebuttal. — moderator
			Jane Roe: I would have asked twice. — statement`},
		{"an interviewer who remarks more than she asks", `
			Jane Roe: John, welcome. — statement
			John Poe: Thank you for having me. — statement
			Jane Roe: You came to the island as a boy. — statement
			John Poe: I did, in a borrowed boat. — statement
			Jane Roe: And the light, was it electric? — question
			John Poe: It was not. — answer of 4
			Jane Roe: That must have been hard work. — question
			John Poe: You learn to sleep in pieces. — answer of 6
			Jane Roe: What was the worst storm? — question
			John Poe: The one in March. — answer of 8
			Jane Roe: It broke the quay. — question
			John Poe: It did. — answer of 10`},
		{"a press conference with names", `
			Mayor Roe: The quay is closed. Lene, go ahead. — statement
			Lene Aas: How long will it be closed? — question
			Mayor Roe: Five weeks. — answer of 1
			Ole Noe: And who pays? — question
			Mayor Roe: The harbour. — answer of 3
			Ida Loe: Will the ferry run? — question
			Mayor Roe: It will. — answer of 5`},
		{"a hearing of one witness before a chair", `
			Chairman Roe: Dr. Poe, you may proceed. — moderator
			Dr. Poe: The wall has two cracks. — statement
			Chairman Roe: I recognize the gentlewoman. — moderator
			Ms. Aas: When did you first see them? — question
			Dr. Poe: In March. — answer of 3
			Ms. Aas: And whom did you tell? — question
			Dr. Poe: The board. — answer of 5
			Chairman Roe: The gentleman is recognized. — moderator
			Mr. Moe: Who pays for the repair? — question
			Dr. Poe: The county does. — answer of 8
			Chairman Roe: The committee stands adjourned. — moderator`},
		{"the examination of a witness", `
			MR. ROE: Please state your name. — question
			THE WITNESS: John Poe. — answer of 0
			MR. ROE: Where were you? — question
			THE WITNESS: On the pier. — answer of 2
			MS. AAS: Objection. — statement
			THE COURT: Overruled. — moderator
			MR. ROE: What did you see? — question
			THE WITNESS: A crack. — answer of 6
			MR. ROE: Nothing further, your Honor. — statement`},
		{"a hearing whose chair gives the floor, and asks now and then", `
			CHAIR ROE: The hearing will come to order. Mr. Poe, please begin. — moderator
			THE WITNESS: The wall has two cracks. — statement
			CHAIR ROE: Thank you. Ms. Aas has the floor. — moderator
			MS. AAS: When did you first see them? — question
			THE WITNESS: In March. — answer of 3
			MS. AAS: Chair, may I go on? — statement
			CHAIR ROE: Order, please. Mr. Moe. — moderator
			MR. MOE: You told nobody. — question
			THE WITNESS: I told the board. — answer of 7
			CHAIR ROE: And what did the board say? — question
			THE WITNESS: Nothing. — answer of 9
			CHAIR ROE: We shall hear a neighbour, Mr. Noe. — moderator
			MR. NOE: I live below the wall. — statement
			CHAIR ROE: Mr. Noe, does your cellar leak? — question
			MR. NOE: Every spring. — answer of 13
			CHAIR ROE: The hearing is adjourned. — moderator`},
		{"a hearing whose chair alone asks", `
			CHAIR ROE: The hearing will come to order. — moderator
			THE WITNESS: Thank you. — statement
			CHAIR ROE: When did you see the crack? — question
			THE WITNESS: In March. — answer of 2
			CHAIR ROE: And whom did you tell? — question
			THE WITNESS: The board. — answer of 4
			CHAIR ROE: Tell us of that meeting, and of all who came to it from the three harbours. — question
			THE WITNESS: There were nine. — answer of 6
			CHAIR ROE: Who took the minutes? — question
			THE WITNESS: Nobody did. — answer of 8
			CHAIR ROE: We stand adjourned. — moderator`},
		{"a judge who rules while the witness is asked", `
			MR. ROE: What did you see? — question
			MS. AAS: Objection. — statement
			THE COURT: Overruled. — moderator
			THE WITNESS: A crack. — answer of 0
			THE COURT: How wide? — question
			THE WITNESS: A hand. — answer of 4
			THE COURT: Go on, Mr. Roe. — moderator
			MR. ROE: Who else saw it? — question
			THE WITNESS: Nobody. — answer of 7`},
		{"questions from the floor", `
			Bo Moe: I will be moderating. John, what worries you? — question
			John Poe: The wall. — answer of 0
			Bo Moe: And you, Jane? — question
			Jane Roe: The ferry. — answer of 2
			Bo Moe: Let us take questions from the floor. — moderator
			Ole Noe: How long will the wall hold? — question
			Jane Roe: Ten years. — answer of 5`},
		{"a meeting", `
			JANE ROE: Before we begin, I need somebody for the notes. — moderator
			JOHN POE: I do. — statement
			KARL MOE: The wall leaks. — statement
			JOHN POE: Where? — statement
			KARL MOE: At the gate. — statement
			JANE ROE: Noted. — moderator`},
		{"a house that sits", `
			THE SPEAKER: Order! — moderator
			MS. ROE: The wall leaks. — statement
			MR. POE: It does not. — statement
			THE SPEAKER: Will the member take a question? — moderator
			MS. ROE: No. — statement`},
		{"a panel with a host", `
			Jane Roe: Hello. I'm moderating this panel on tides. So John, do you want to start? — moderator
			John Poe: I measure them. — answer of 0
			Karl Moe: And I draw them. — answer of 0
			Jane Roe: How high do they go? — question
			John Poe: Four feet. — answer of 3
			Jane Roe: Thank you. That's all we have. — moderator`},
		{"a round of introductions", `
			Jane Roe: Welcome to the panel. Do you want to introduce yourselves? — moderator
			John Poe: I'm John Poe. — statement
			Karl Moe: And I'm Karl Moe. — statement
			Jane Roe: How high do tides go? — question
			John Poe: Four feet. — answer of 3`},
		{"a call", `
			Moderator: Our first question comes from Karl Moe of Harbour Bank. — moderator
			Karl Moe: Thanks. I would like to hear about the tolls. — question
			Jane Roe: They rose. — answer of 1
			Karl Moe: By how much? — question
			Jane Roe: By half. — answer of 3
			Moderator: That concludes the call. — moderator
			Jane Roe: Thank you. — statement`},
		{"courtesies first", `
			JANE ROE: Thank you for coming, John. — statement
			JOHN POE: My pleasure. — statement
			JANE ROE: What is a tide? — question
			JOHN POE: Water that moves. — answer of 2
			JANE ROE: So it comes back. — question
			JOHN POE: It does. — answer of 4
			JANE ROE: When? — question
			JOHN POE: At six. — answer of 6`},
		{"a greeting", `
			MS. ROE: Good afternoon. — statement
			Q: Good afternoon. — question
			MS. ROE: It is good to see you. — statement
			Q: Why? — question
			MS. ROE: Because. — answer of 3`},
		{"taking leave", `
			Q: Why? — question
			MS. ROE: Because. — answer of 0
			MR. POE: Thank you. — statement
			Q: Jane, what — — question
			MS. ROE: Thank you all. See you tomorrow. — statement`},
		{"radio", `
			GANNET: Do you read me? — statement
			TERN: I read you. Do you read me? — statement
			GANNET: I do. How is the sea? — statement
			TERN: High. Where are you? — statement
			GANNET: Off the point. Do you see the light? — statement
			TERN: I do. — statement
			GANNET: Coming in. Is the gate open? — statement
			TERN: It is. How long? — statement
			GANNET: An hour. Over? — statement
			TERN: Over. Do you read me? — statement
			GANNET: I do. — statement`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var text string
			var want []string
			for _, l := range strings.Split(strings.TrimSpace(tt.conversation), "\n") {
				said, role := cutLast(strings.TrimSpace(l), " — ")
				text += said + "\n\n"
				want = append(want, role)
			}
			transcript, err := Parse(t.Context(), []byte(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, turn := range transcript.Turns {
				role := string(turn.Role)
				if turn.Answers != nil {
					role += fmt.Sprintf(" of %d", *turn.Answers)
				}
				got = append(got, role)
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// cutLast cuts a string at the last separator.
func cutLast(s, sep string) (before, after string) {
	at := strings.LastIndex(s, sep)
	return s[:at], s[at+len(sep):]
}
