package transcript
import ("testing";"os";"strings")
func BenchmarkZZ(b *testing.B){ for _, f := range strings.Fields(os.Getenv("ZZ")) { b.Run(f, func(b *testing.B){ data,_:=os.ReadFile("/tmp/wt/pf/"+f); b.SetBytes(int64(len(data)));
 for b.Loop() { Parse(data,Options{}) } }) } }
