DefinitionBlock ("", "DSDT", 2, "CORT", "ROUTES", 1)
{
  Scope (_SB)
  {
    Device (PCI0)
    {
      Name (_HID, EisaId ("PNP0A08"))
      Name (_CID, Package () { EisaId ("PNP0A03"), "TESTBUS" })
      Name (_SEG, 2)
      Name (_BBN, 0x40)
      Name (_PRT, Package () {
        Package () { 0x0002FFFF, 0, 0, 20 },
        Package () { 0x0003FFFF, 1, LNK0, 0 },
        Package () { 0x0003FFFF, 2, \_SB.PCI0.LNK1, 0 },
        Package () { 0x001FFFFF, 3, LNK2, 0 } })
      Device (LPC) { Name (_ADR, 0x001F0000)
        OperationRegion (CFG, PCI_Config, 0x60, 4)
        Field (CFG, ByteAcc, NoLock, Preserve) { PIRA, 8, PIRB, 8 } }
      Device (RP0) { Name (_ADR, 0x00010000)
        Device (DEV) { Name (_ADR, 0x00050003)
          OperationRegion (CFG, PCI_Config, 0, 4)
          Field (CFG, WordAcc, NoLock, Preserve) { VID, 16 } } }
      Device (LNK0)
      {
        Name (_HID, EisaId ("PNP0C0F"))
        Name (_PRS, ResourceTemplate () { Interrupt (, Level, ActiveLow, Shared) {21, 22, 23} })
        Name (CUR, ResourceTemplate () { Interrupt (, Level, ActiveLow, Shared) {0} })
        Method (_CRS) { Return (CUR) }
        Method (_SRS, 1) { CreateDWordField (Arg0, 5, NUM) CreateDWordField (CUR, 5, SET) SET = NUM }
      }
      Device (LNK1)
      {
        Name (_HID, EisaId ("PNP0C0F"))
        Name (_PRS, ResourceTemplate () { IRQ (Level, ActiveHigh, Shared) {5, 10, 11} })
        Method (_CRS) { Local0 = ResourceTemplate () { IRQ (Level, ActiveHigh, Shared) {} } CreateWordField (Local0, 1, MSK) MSK = 1 << ^^LPC.PIRA Return (Local0) }
        Method (_SRS, 1) { CreateWordField (Arg0, 1, MSK) FindSetRightBit (MSK, Local0) ^^LPC.PIRA = Local0 - 1 }
      }
      Device (LNK2) { Name (_HID, EisaId ("PNP0C0F")) Name (_CRS, ResourceTemplate () { Interrupt (, Level, ActiveHigh, Shared) {19} }) }
    }
    Device (GONE) { Name (_STA, 0) Method (_INI) { \INIS += 100 } Device (BELO) { Name (_HID, "BELOW000") } }
    Device (HALF) { Name (_STA, 8) Device (BELO) { Name (_HID, "BELOW001") Method (_INI) { \INIS += 1 } } }
    Device (WRNG) { Name (_HID, "WRONG000") Method (_STA) { Return (Local0) } Device (BELO) { Name (_HID, "BELOW002") } }
    Device (MMIO) { Name (_HID, "LNRO0005") Name (_CRS, ResourceTemplate () {
        QWordMemory (ResourceConsumer, PosDecode, MinFixed, MaxFixed, NonCacheable, ReadWrite, 0, 0x1000000000, 0x10000001FF, 0, 0x200)
        Interrupt (, Edge, ActiveHigh, Exclusive) {33} }) }
    Device (MMI2) { Name (_HID, "LNRO0005") Name (_CRS, ResourceTemplate () { Interrupt (, Edge, ActiveHigh, Exclusive) {34} }) }
    Device (GENI) { Name (_HID, "ANYTHING") Name (_CID, "VM_Gen_Counter") Name (ADDR, Package () { 0xfffff028, 0x12 }) }
  }
  Name (INIS, 0)
  Name (PICM, 0)
  Method (_PIC, 1) { PICM = Arg0 }
  Method (_INI) { INIS += 10 }
  Name (_S5, Package () { 5, 6, 0, 0 })
  Name (_S4, Package () { 12 })
}
