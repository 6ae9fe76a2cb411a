package transcript
import ("testing";"os";"runtime";"runtime/pprof";"time")
func TestZZ(t *testing.T){ data,_:=os.ReadFile("/tmp/wt/pf/court.txt"); 
 stop:=make(chan bool)
 go func(){ n:=0; best:=uint64(0); for { select{case <-stop: return; case <-time.After(20*time.Millisecond):}; runtime.GC(); var m runtime.MemStats; runtime.ReadMemStats(&m); if m.HeapAlloc>best { best=m.HeapAlloc; f,_:=os.Create("/tmp/wt/peak.prof"); pprof.Lookup("heap").WriteTo(f,0); f.Close(); println(n, best>>20)}; n++ } }()
 Parse(data,Options{}); close(stop)}
