DefinitionBlock ("", "DSDT", 2, "CORT", "NAMES", 1)
{
  Name (VAL, 1)
  Name (LATE, Package () { AFTR, \_SB.DEV0.VAL, VAL, MTH1 })
  Name (AFTR, 0x55)
  Scope (_SB)
  {
    Name (VAL, 2)
    Device (DEV0)
    {
      Name (VAL, 3)
      Method (GET) { Return (VAL) }
      Method (UP1) { Return (^^VAL) }
      Method (UP2) { Return (^^^VAL) }
      Method (ABS) { Return (\VAL) }
      Device (SUB0) { Method (GET) { Return (VAL) } Method (GETP) { Return (GET ()) } }
      Method (TMP) { Name (VAL, 9) Return (VAL) }
      Method (TMP2, 1) { Name (XXX, 0) XXX = Arg0 If (Arg0) { Return (GETX ()) } Return (XXX) }
      Method (GETX) { Return (CondRefOf (XXX)) }
    }
    Device (DEV1) { Method (GET) { Return (^DEV0.VAL + VAL) } Alias (\VAL, ALI) }
    Alias (DEV0, DAL)
  }
  Method (MTH1) { Return (0x77) }
  Method (N01) { Return (\_SB.DEV0.GET ()) }
  Method (N02) { Return (\_SB.DEV0.UP1 ()) }
  Method (N03) { Return (\_SB.DEV0.UP2 ()) }
  Method (N04) { Return (\_SB.DEV0.ABS ()) }
  Method (N05) { Return (\_SB.DEV0.SUB0.GET ()) }
  Method (N06) { Return (\_SB.DEV1.GET ()) }
  Method (N07) { Return (\_SB.DEV0.TMP () + \_SB.DEV0.TMP ()) }
  Method (N08) { Return (\_SB.DAL.GET ()) }
  Method (N09) { \_SB.DEV1.ALI = 8 Return (\VAL) }
  Method (N10) { Return (DerefOf (LATE [0])) }
  Method (N11) { Return (DerefOf (LATE [1])) }
  Method (N12) { Return (DerefOf (LATE [2])) }
  Method (N13) { Return (\_SB.DEV0.TMP2 (1)) }
  Method (N14) { Return (\_SB.DEV0.TMP2 (0)) }
  Method (N15) { Return (FAC (10)) }
  Method (INF) { Return (INF ()) }
  Method (N17) { If (0) { Return (1) } ElseIf (1) { Return (2) } Else { Return (3) } }
  Method (N18) { Switch (ToInteger (3)) { Case (1) { Return (1) } Case (Package () {2, 3}) { Return (23) } Default { Return (0) } } Return (99) }
  Method (N21) { Return (\_SB.DEV0.SUB0.GETP ()) }
  Mutex (MUT, 0)
  Event (EVT)
  Method (N23) { Release (MUT) Return (1) }
  Method (N25) { Signal (EVT) Reset (EVT) Return (Wait (EVT, 1)) }
  Method (N26) { Return (ObjectType (\_SB.DEV0)) }
  Method (N27) { Return (ObjectType (MUT)) }
  Method (N28) { Return (ObjectType (N28)) }
  Method (N30) { Name (TT5_, 4) Return (ObjectType (RefOf (TT5_))) }
  Method (PKGR) { Name (ABCD, 6) Return (Package () { ABCD, "x" }) }
  Method (N31) { Return (PKGR ()) }
  If (VAL == 1) { Method (N32) { Return (32) } } Else { Method (N32) { Return (33) } }
  Method (N39) { Stall (10) Sleep (1) Return (1) }
  Method (N40) { Notify (\_SB.DEV0, 0x80) Return (1) }
  Method (N41) { Return (Package () { \_SB.DEV0.VAL }) }
  Method (N44) { VAL = 0x12 Return (VAL) }
  Method (N45) { CopyObject (Package () { 1 }, VAL) Return (VAL) }
  Method (N46) { Return (VAL << 4 | 2) }
}