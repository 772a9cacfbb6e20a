DefinitionBlock ("", "DSDT", 1, "CORT", "NARROW", 1)
{
  Name (INT0, 0x12345678)
  Method (R01) { Return (0 - 1) }
  Method (R02) { Return (Ones) }
  Method (R03) { Return (0xffffffff + 1) }
  Method (R04) { Return (ToHexString (0xab)) }
  Method (R05) { Return (Concatenate (1, 2)) }
  Method (R06) { Return (ToBuffer (0x1234)) }
  Method (R07) { Return (1 << 32) }
  Method (R08) { Return (ToInteger (Buffer () { 1, 2, 3, 4, 5, 6 })) }
  Method (R09) { Return (LNot (0)) }
  Method (R10) { Local0 = Buffer (8) { 1, 2, 3, 4, 5, 6, 7, 8 } CreateQWordField (Local0, 0, QF) Return (QF) }
  Method (R11) { Return ("123456789a" + 0) }
  Method (R12) { Return (FindSetLeftBit (Ones)) }
  Method (R13) { Return (~0x0f) }
  Method (R14) { Return (ToInteger ("4294967295")) }
  Method (R15) { Return (ToInteger ("4294967296")) }
  Method (R16) { Return (Ones / 3) }
  Method (R17) { Return (ToBCD (99999999)) }
  Method (R18) { Return (ToBCD (100000000)) }
  Method (R19) { Return (Match (Package () { 1, 2 }, MEQ, 3, MTR, 0, 0)) }
  Method (R20) { Return (0x80000000 > 1) }
}
