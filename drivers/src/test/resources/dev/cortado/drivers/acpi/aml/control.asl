DefinitionBlock ("", "DSDT", 2, "CORT", "CONTROL", 1)
{
  Name (VAL, 1)
  Mutex (MUT, 0)
  Event (EVT)
  Method (FAC, 1) { If (Arg0 <= 1) { Return (1) } Return (Arg0 * FAC (Arg0 - 1)) }
  Method (C01) { Return (FAC (10)) }
  Method (C03) { Local0 = 0 While (1) { While (1) { Local0++ Break } If (Local0 >= 3) { Break } } Return (Local0) }
  Method (C04) { Local0 = Acquire (MUT, 0xffff) Release (MUT) Return (Local0) }
  Method (C05) { Signal (EVT) Local0 = Wait (EVT, 10) Return (Local0) }
  Method (C06) { Return (ObjectType (Local0)) }
  Method (C07) { Local0 = Package () { Package () { 5, 6 } } Return (DerefOf (Index (DerefOf (Index (Local0, 0)), 1))) }
  Method (C08) { Local0 = Package (3) {} Store ("b", Local0 [1]) Store (Buffer () { 1 }, Local0 [2]) Store (7, Local0 [0]) Return (Local0) }
  Method (C09) { Local0 = 3 Local1 = Package (Local0) { 1 } Return (SizeOf (Local1)) }
  Method (C10) { Local0 = Buffer (4) {} CreateWordField (Local0, 1, WF) WF = 0x1234 Return (Local0) }
  Method (C11) { Local0 = Buffer (4) {} CreateBitField (Local0, 9, BF) BF = 1 Return (Local0) }
  Method (C12) { Local0 = Buffer (4) {} CreateByteField (Local0, 4, BF) BF = 1 Return (Local0) }
  Method (C13) { Local0 = RefOf (VAL) Local1 = RefOf (Local0) Return (DerefOf (DerefOf (Local1))) }
  Method (NORE) { Local0 = 1 }
  Method (C14) { Local0 = NORE () Return (1) }
  Method (C15) { Local0 = "abc" Local1 = Local0  Store (0x7a, Local1 [0]) Return (Local0) }
  Method (MODA, 1) { Store (0x7a, Arg0 [0]) Return (0) }
  Method (C16) { Local0 = Package () { 1, 2 } MODA (Local0) Return (Local0) }
  Method (C17) { Local0 = Package () { 1, 2 } Local1 = Local0 MODA (Local1) Return (Local0) }
  Method (C18) { Local0 = 5 Local0 -= 2 Local0 *= 7 Local0 /= 2 Local0 %= 6 Local0 <<= 3 Local0 >>= 1 Local0 |= 3 Local0 &= 0xfe Local0 ^= 0xff Return (Local0) }
  Method (C19) { Local0 = 0 While (Local0 < 100) { Local0++ If (Local0 == 50) { Return (Local0) } } Return (0) }
  Method (SIX, 7) { Return (Arg0 + Arg1 + Arg2 + Arg3 + Arg4 + Arg5 + Arg6) }
  Method (C20) { Return (SIX (1, 2, SIX (1, 1, 1, 1, 1, 1, 1), 4, 5, 6, 7)) }
  Method (C21) { Return (1 && 0 || 2) }
  Method (C22) { Return (!(3 > 2) || (4 <= 4) && (5 != 6)) }
  Method (C23) { Local0 = Package () { 9, 8, 7 } Local1 = 0 Local2 = 0 While (Local1 < SizeOf (Local0)) { Local2 = Local2 * 10 + DerefOf (Local0 [Local1]) Local1++ } Return (Local2) }
  Method (C24) { Local0 = 7 Local1 = RefOf (Local0) Local1 = 9 Return (Local0) }
  Method (C25) { Store (3, Local0) Store (Local0, Local1) Increment (Local0) Return (Local1) }
}
