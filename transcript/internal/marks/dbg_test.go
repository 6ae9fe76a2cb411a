package marks
import ("testing";"os";"fmt";"github.com/pullquote/pullquote/transcript/container";"github.com/pullquote/pullquote/transcript/internal/layout";"github.com/pullquote/pullquote/transcript/internal/labels")
func TestDbg(t *testing.T){
 f:=os.Getenv("DBG"); if f=="" {t.Skip()}
 data,_:=os.ReadFile(f); c,_:=container.Open(t.Context(),data,container.Options{Filename:f})
 x:=Read(layout.SetFurnitureAside(layout.NewLines(c.Lines), labels.HasForm))
 fmt.Printf("%+v proven %v\n",x.breaks,x.proven)
 for _,s:=range x.styles[12:] {fmt.Printf("FOUND %+q\n",fmt.Sprintf("%+v",s))}
 for i,m:=range x.Marks { l:="-"; if m.Label!=nil {l=fmt.Sprintf("%q style=%d loose=%v first=%v within=%v apart=%v timed=%v bold=%v sign=%q lead=%q",m.Label.Text,m.Style,m.Loose,m.First,m.Within,m.Apart,m.Timed,m.Bold,m.Sign,m.Lead)}
 fmt.Printf("%d k=%d gap=%v furn=%v %s | %.60s\n",i,m.Kind,x.Lines[i].Gap,x.Lines[i].Furniture,l,x.Lines[i].Text)}
}
