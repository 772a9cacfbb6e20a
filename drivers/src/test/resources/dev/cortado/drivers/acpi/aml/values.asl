DefinitionBlock ("", "DSDT", 2, "CORT", "VALUES", 1)
{
  Name (STR0, "abcdef")
  Name (BUF0, Buffer(4){1,2,3,4})
  Name (BUFE, Buffer(0){})
  Name (INT0, 5)
  Name (PKG0, Package(){1, "two", Buffer(){3}, INT0, Package(){4}})
  Method (T01) { Return (ToHexString(0x1234abcd)) }
  Method (T02) { Return (ToDecimalString(0x1234)) }
  Method (T03) { Return (ToHexString(Buffer(){1,2,0xff})) }
  Method (T04) { Return (ToDecimalString(Buffer(){1,2,0xff})) }
  Method (T05) { Return (ToInteger("1234")) }
  Method (T06) { Return (ToInteger("0x1234")) }
  Method (T07) { Return (ToInteger("12zz")) }
  Method (T08) { Return (ToInteger(Buffer(){1,2,3})) }
  Method (T09) { Return (ToBuffer("abc")) }
  Method (T10) { Return (ToBuffer(0x1234)) }
  Method (T11) { STR0 = 0x1234 Return (STR0) }
  Method (T12) { STR0 = Buffer(){0x41,0x42,7} Return (STR0) }
  Method (T13) { BUF0 = "xy" Return (BUF0) }
  Method (T14) { BUF0 = 0x1122334455667788 Return (BUF0) }
  Method (T15) { BUFE = Buffer(){9,8,7} Return (BUFE) }
  Method (T16) { INT0 = "1f" Return (INT0) }
  Method (T17) { INT0 = "0x1f" Return (INT0) }
  Method (T18) { INT0 = Buffer(){1,2} Return (INT0) }
  Method (T19) { Return (Concatenate(0x12, 0x34)) }
  Method (T20) { Return (Concatenate("a", 0x34)) }
  Method (T21) { Return (Concatenate("a", Buffer(){1,0xab})) }
  Method (T22) { Return (Concatenate(Buffer(){1,2}, 0x34)) }
  Method (T23) { Return (Concatenate(Buffer(){1,2}, "ab")) }
  Method (T24) { Return (Concatenate(1, "ab")) }
  Method (W25, 1) { Arg0 = 7 }
  Method (T25) { Local0 = 1  W25(RefOf(Local0)) Return (Local0) }
  Method (T26) { W25(RefOf(INT0)) Return (INT0) }
  Method (T27) { W25(INT0) Return (INT0) }
  Method (T28) { Local0 = Package(){1,2} W25(Index(Local0,1)) Return (Local0) }
  Method (W29, 1) { Arg0[0] = 7 }
  Method (T29) { W29(BUF0) Return (BUF0) }
  Method (T30) { Local0 = BUF0 Local0[0] = 9 Return (BUF0) }
  Method (T31) { Return (Index(PKG0,0) + 1) }
  Method (W32, 1) { Return (Arg0 + 1) }
  Method (T32) { Return (W32(RefOf(INT0))) }
  Method (T33) { Return (DerefOf(Index(PKG0,3))) }
  Method (T34) { Local0 = "\\INT0" Return (DerefOf(Local0)) }
  Method (T35) { Local0 = RefOf(INT0) Local0 = 3 Return (INT0) }
  Method (T36) { INT0 = PKG0 Return (INT0) }
  Method (T37) { CopyObject("zz", INT0) Return (INT0) }
  Method (T38) { Return (Mid("abcdef", 2, 3)) }
  Method (T39) { Return (Mid(Buffer(){1,2,3}, 1, 9)) }
  Method (T40) { Return (ToString(Buffer(){0x41,0x42,0,0x43}, Ones)) }
  Method (T41) { Return (ToString(Buffer(){0x41,0x42,0x43}, 2)) }
  Method (T42) { Return (ConcatenateResTemplate(ResourceTemplate(){IRQNoFlags(){3}}, ResourceTemplate(){IRQNoFlags(){4}})) }
  Method (T43) { Return (Match(Package(){1,5,9}, MGE, 5, MLT, 9, 0)) }
  Method (T44) { Return (Match(Package(){1,5,9}, MEQ, 7, MTR, 0, 0)) }
  Method (T45) { Return (FindSetLeftBit(0x50)) }
  Method (T46) { Return (FindSetRightBit(0x50)) }
  Method (T47) { Return (ToBCD(1234)) }
  Method (T48) { Return (FromBCD(0x1234)) }
  Method (T49) { Return (1 << 64) }
  Method (T50) { Return (1 << 63) }
  Method (T51) { Divide(17, 5, Local0, Local1) Return (Local0 * 100 + Local1) }
  Method (T52) { Return (17 % 5) }
  Method (T53) { Return (LEqual("abc", "abd")) }
  Method (T54) { Return (LLess("abc", "abd")) }
  Method (T55) { Return (LGreater(Buffer(){2}, Buffer(){1,5})) }
  Method (T56) { Return (LEqual(0x10, "10")) }
  Method (T57) { Return (LEqual("10", 0x10)) }
  Method (T58) { Return (ObjectType(PKG0)) }
  Method (T59) { Return (ObjectType(Index(PKG0,1))) }
  Method (T60) { Return (SizeOf(STR0)) }
  Method (T61) { Return (SizeOf(PKG0)) }
  Method (T62) { Return (CondRefOf(NOPE)) }
  Method (T63) { Local0 = CondRefOf(INT0, Local1) Return (DerefOf(Local1)) }
  Method (T64) { Return (_REV) }
  Method (T65) { Return (_OSI("Windows 2009")) }
  Method (T66) { Return (_OSI("Linux")) }
  Method (T67) { Return (Local3) }
  Method (T68) { Return (DerefOf(Index(Package(3){1}, 2))) }
  Method (T69) { Return (Index(PKG0, 9)) }
  Method (T70) { Return (1 / 0) }
  Method (W71,1) { CopyObject(3, Arg0) Return (Arg0) }
  Method (T71) { W71(RefOf(INT0)) Return (INT0) }
  Method (T72) { Local0 = Package(){1} Local0[0] = Package(){2} Return (Local0) }
  Method (T73) { CreateField(BUF0, 4, 12, F73) F73 = 0xabc Return (BUF0) }
  Method (T74) { CreateField(BUF0, 4, 12, F73) Return (F73) }
  Method (T75) { CreateField(BUF0, 4, 60, F73) Return (F73) }
  Method (T76) { CreateQWordField(Buffer(8){1,2,3,4,5,6,7,8}, 0, F73) Return (F73) }
  Method (T77) { STR0[1] = 0x58 Return (STR0) }
  Method (T78) { Local0 = "abc" Local1 = Index(Local0, 1) Return (DerefOf(Local1)) }
  Method (T79) { Return (LNot(5)) }
  Method (T80) { Return (0 - 1) }
  Method (T81) { INT0++ Return (INT0) }
  Method (T82) { Return (NAnd(0xff, 0xf0f0)) }
  Method (T83) { PKG0 = Package(){9} Return (PKG0) }
  Method (T84) { PKG0[0] = "s" PKG0[1] = 4 Return (PKG0) }
  Method (T85) { Local0 = 0 While (Local0 < 10) { Local0++ If (Local0 == 3) { Continue } If (Local0 == 6) { Break } } Return (Local0) }
  Method (T86) { Return (ToInteger("")) }
  Method (T87) { Return (ToDecimalString(0)) }
  Method (T88) { Return (ToHexString("abc")) }
  Method (T89) { Return (Concatenate("abc", "")) }
  Method (T90) { Local0 = "12" Return (Local0 + 1) }
  Method (T91) { Return (Buffer(5){1,2} ) }
  Method (T92) { Return (Buffer(1){1,2} ) }
  Method (T93) { BUF0[1] = "z" Return (BUF0) }
  Method (T94) { BUF0[1] = Buffer(){0x55,0x66} Return (BUF0) }
  Method (T95) { Return (ToUUID("33DB4D5B-1FF7-401C-9657-7441C03DD766")) }
  Method (T96) { Local0 = BUF0  Local0 = Local0 + 1 Return (Local0)}
  Method (T97) { Return (Mid("abc", 5, 1)) }
  Method (T98) { Return (Concatenate(Buffer(){}, Buffer(){1})) }
  Method (T99) { Return (FromBCD(0xa)) }
}
