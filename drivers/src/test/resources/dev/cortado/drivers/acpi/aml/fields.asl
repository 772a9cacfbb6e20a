DefinitionBlock ("", "DSDT", 2, "CORT", "FIELDS", 1)
{
  OperationRegion (MEM, SystemMemory, 0x10000, 0x40)
  Field (MEM, ByteAcc, NoLock, Preserve) { B0, 8, B1, 8, B2, 8, B3, 8, NIB0, 4, NIB1, 4, BIT0, 1, , 3, BIT4, 1, Offset (0x10), W64, 64, BIG, 72 }
  Field (MEM, DWordAcc, NoLock, Preserve) { DW0, 32, , 5, ODD, 30, , 29, DW3, 32 }
  Field (MEM, WordAcc, NoLock, WriteAsOnes) { Offset (8), ON0, 4, , 8, ON1, 4 }
  Field (MEM, WordAcc, Lock, WriteAsZeros) { Offset (0x20), ZE0, 4, , 8, ZE1, 4, ZE2, 20 }
  Field (MEM, QWordAcc, NoLock, Preserve) { Offset (0x28), Q0, 12, Q1, 52, Q2, 64 }
  Field (MEM, AnyAcc, NoLock, Preserve) { Offset (0x3c), A0, 3, A1, 29 }
  Field (MEM, ByteAcc, NoLock, Preserve) { Offset (0x3f), , 4, OUT, 8 }
  OperationRegion (IOR, SystemIO, 0x70, 2)
  Field (IOR, ByteAcc, NoLock, Preserve) { IDX, 8, DAT, 8 }
  IndexField (IDX, DAT, ByteAcc, NoLock, Preserve) { Offset (0x20), IX0, 8, IX1, 16, IX3, 4, IX4, 4 }
  BankField (MEM, B3, 5, ByteAcc, NoLock, Preserve) { Offset (0x18), BK0, 8, BK1, 8 }
  Method (F01) { DW0 = 0x11223344 Return (B0) }
  Method (F02) { DW0 = 0x11223344 Return (B3) }
  Method (F03) { NIB0 = 0xA NIB1 = 0x5 BIT0 = 1 BIT4 = 1 Return (ODD) }
  Method (F04) { ODD = 0x3fffffff Local0 = NIB0 Return (Local0) }
  Method (F05) { W64 = 0x1122334455667788 Return (W64) }
  Method (F06) { BIG = Buffer(){1,2,3,4,5,6,7,8,9} Return (BIG) }
  Method (F07) { BIG = 0x11 Return (BIG) }
  Method (F08) { BIG = "hello" Return (BIG) }
  Method (F09) { ON0 = 0 Return (ON1) }
  Method (F10) { ON0 = 3 ON1 = 5 Return (ON0) }
  Method (F11) { ZE0 = 0xf Return (ZE1) }
  Method (F12) { ZE2 = 0xfffff ZE0 = 1 Return (ZE2) }
  Method (F13) { ZE2 = 0xabcde Return (ZE2) }
  Method (F14) { Q0 = 0xabc Q1 = 0x123456789abcd Return (Q1) }
  Method (F15) { Q1 = 0x123456789abcd Q0 = 0xabc Return (Q0) }
  Method (F16) { A1 = 0x1fffffff A0 = 2 Return (A1) }
  Method (F17) { Return (OUT) }
  Method (F18) { OUT = 3 Return (1) }
  Method (F19) { IX0 = 0x77 Return (IDX) }
  Method (F20) { IX1 = 0x1234 Return (IDX) }
  Method (F21) { IX1 = 0x1234 Return (DAT) }
  Method (F22) { IX4 = 5 Return (DAT) }
  Method (F23) { BK1 = 9 Return (B3) }
  Method (F24) { BK1 = 9 Return (BK1) }
  Method (F25) { B0 = 5 B0++ Return (B0) }
  Method (F26) { B0 = 0x1ff Return (B0) }
  Method (F27) { Return (ObjectType (B0)) }
  Method (F28) { Local0 = RefOf (B0) DW0 = 0x55 Return (DerefOf (Local0)) }
  Method (F29) { DW3 = 0xffffffff  Return (ON1) }
  Method (F30) { DW0 = "12" Return (DW0) }
  Method (SUM, 2) { Return (Arg0 + Arg1) }
  Method (F31) { B0 = 3 B1 = 4 Return (SUM (B0, B1)) }
  Method (SETR, 1) { Arg0 = 0x42 }
  Method (F32) { SETR (RefOf (B2)) Return (B2) }
  Method (F34) { B0 = 0x12 CopyObject (B0, Local0) B0 = 1 Return (Local0) }
}
