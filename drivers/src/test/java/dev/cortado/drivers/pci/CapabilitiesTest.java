package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.register.TestRegisters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts as PCI 3.0, 6.7 and 6.8, and PCI Express 5.0, 7.5 and 7.6, draw them. */
final class CapabilitiesTest {
    private final PciModel.Function function = new PciModel.Function().ids(1, 2, 0x020000);
    private final PciDevice device = PciModel.device(function);

    @Test
    void theListIsFollowed() throws PciException {
        function.capabilities(0x43); // the lower two bits are reserved
        function.bytes(0x40, "11 50").bytes(0x50, "09 84").bytes(0x84, "09 00");
        assertEquals(
                List.of(
                        new Capability(0x11, 0x40),
                        new Capability(9, 0x50),
                        new Capability(9, 0x84)),
                device.capabilities());
        assertEquals(0x50, device.capability(9).get().offset());
    }

    @Test
    void withoutTheBitThereIsNone() throws PciException {
        function.registers.put(0x34, (byte) 0x40);
        assertEquals(List.of(), device.capabilities());
        assertTrue(device.msix().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"09 40", "09 20", "ff 00", "09 08"})
    void aListThatComesBackOrLeavesIsRefused(String bytes) {
        function.capabilities(0x40).bytes(0x40, bytes);
        assertThrows(PciException.class, device::capabilities);
    }

    @Test
    void messagesWith64BitsAndMask() throws PciException {
        function.capabilities(0x40).bytes(0x40, "05 00 8a 01");
        function.writable.putInt(0x40, 0x0071_0000).putInt(0x44, -4).putInt(0x48, -1);
        function.writable.putInt(0x4c, 0xffff).putInt(0x50, 0xffff);
        MsiCapability msi = device.msi().get();
        assertTrue(msi.isMaskable());
        function.registers.put(0x42, (byte) 0xff);
        msi.set(0xfee0_1000L, 0x41);
        msi.mask(true);
        msi.enable(true);
        assertEquals(0xfee01000, function.registers.getInt(0x44));
        assertEquals(0, function.registers.getInt(0x48));
        assertEquals(0x41, function.registers.getInt(0x4c));
        assertEquals(1, function.registers.getInt(0x50));
        assertEquals(1, function.registers.getShort(0x42) & 0x71, "on, and one message");
        msi.enable(false);
        assertEquals(0, function.registers.getShort(0x42) & 0x71);
    }

    @Test
    void messagesWith32BitsHaveTheirDataElsewhere() throws PciException {
        function.capabilities(0x40).bytes(0x40, "05 00 00 00");
        function.writable.putInt(0x40, 0x0071_0000).putInt(0x44, -4).putInt(0x48, 0xffff);
        MsiCapability msi = device.msi().get();
        msi.set(0xfee0_2000L, 0x42);
        assertEquals(0xfee02000, function.registers.getInt(0x44));
        assertEquals(0x42, function.registers.getInt(0x48));
        assertFalse(msi.isMaskable());
        assertThrows(PciException.class, () -> msi.set(1L << 32, 0x42));
    }

    /** As QEMU's virtio devices have it: 3 messages at the start of base address 1. */
    @Test
    void aTableIsInTheDevicesMemory() throws PciException {
        function.base(1, 0xfebd1000, 0xfffff000);
        function.capabilities(0x98).bytes(0x98, "11 00 02 00 01 00 00 00 01 08 00 00");
        function.writable.putInt(0x98, 0xc000_0000);
        MsixCapability msix = device.msix().get();
        assertEquals(3, msix.vectors());
        assertEquals(1, msix.base().index());
        assertEquals(0, msix.tableOffset());
        msix.maskAll(true);
        assertEquals(0x4002, function.registers.getShort(0x9a) & 0xffff);
        msix.enable(true);
        assertEquals(0x8002, function.registers.getShort(0x9a) & 0xffff);
    }

    @ParameterizedTest
    @CsvSource({
        "11 00 02 00 02 00 00 00 01 08 00 00, a table in memory that is not there",
        "11 00 02 00 06 00 00 00 01 08 00 00, an index that there is not",
        "11 00 02 00 e1 0f 00 00 01 08 00 00, a table across its memory's end",
        "11 00 ff 07 01 00 00 00 01 08 00 00, a table larger than its memory",
        "11 00 02 00 01 00 00 00 21 00 00 00, pending bits in the table",
        "11 00 02 00 01 00 00 00 01 10 00 00, pending bits outside",
    })
    void aTableThatCannotBeIsRefused(String bytes, String why) {
        function.base(1, 0xfebd1000, 0xfffff000).capabilities(0x98).bytes(0x98, bytes);
        assertThrows(PciException.class, device::msix, why);
    }

    @Test
    void anEntryIsMaskedWhileItChanges() {
        TestRegisters registers = new TestRegisters(64);
        MsixTable table = new MsixTable(registers, 3);
        assertEquals(List.of("32@c=1", "32@1c=1", "32@2c=1"), registers.writes);
        registers.writes.clear();
        table.set(2, 0x1_fee0_1000L, 0x41);
        table.unmask(2);
        assertEquals(
                List.of("32@2c=1", "32@20=fee01000", "32@24=1", "32@28=41", "32@2c=0"),
                registers.writes);
        assertThrows(IndexOutOfBoundsException.class, () -> table.mask(3));
        assertThrows(IllegalArgumentException.class, () -> new MsixTable(registers, 5));
    }

    @Test
    void theCommandRegisterSaysWhatADeviceMay() throws PciException {
        function.base(0, 0xc001, 0xffffffe0).base(1, 0xfebd1000, 0xfffff000);
        device.enableDecoding();
        device.setBusMastering(true);
        device.setPinEnabled(false);
        assertEquals(0x407, function.registers.getShort(4));
        device.setBusMastering(false);
        device.setPinEnabled(true);
        assertEquals(3, function.registers.getShort(4));
    }

    @Test
    void aPinThatThereIsNotIsRefused() throws PciException {
        assertTrue(device.pin().isEmpty());
        function.registers.put(0x3d, (byte) 4);
        assertEquals(new InterruptPin(0, 0, 3, 4), device.pin().get());
        function.registers.put(0x3d, (byte) 5);
        assertThrows(PciException.class, device::pin);
    }
}
