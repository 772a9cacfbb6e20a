package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BaseAddressesTest {
    private final PciModel.Function function = new PciModel.Function().ids(1, 2, 0x020000);

    private List<BaseAddress> read() throws PciException {
        return PciModel.device(function).baseAddresses();
    }

    @Test
    void eachKindHasItsAddressAndSize() throws PciException {
        function.base(0, 0xc001, 0xffffffe0);
        function.base(1, 0xfebd1000, 0xfffff000);
        function.base(4, 0x0000000c, 0xffffc000).base(5, 0x000000fe, 0xffffffff);
        assertEquals(
                List.of(
                        new BaseAddress(0, BaseAddress.Kind.PORTS, false, 0xc000, 32),
                        new BaseAddress(1, BaseAddress.Kind.MEMORY_32, false, 0xfebd1000L, 4096),
                        new BaseAddress(
                                4, BaseAddress.Kind.MEMORY_64, true, 0xfe_0000_0000L, 16384)),
                read());
    }

    @Test
    void aSizeAbove4GiBIsInTheUpperRegister() throws PciException {
        function.base(2, 0x0000000c, 0).base(3, 0x00000040, 0xfffffff8);
        BaseAddress base = read().get(0);
        assertEquals(0x40_0000_0000L, base.address());
        assertEquals(8L << 32, base.bytes());
    }

    @Test
    void portsOfADeviceThatKnows16BitsOnly() throws PciException {
        function.base(0, 0x1f1, 0xfff8);
        assertEquals(new BaseAddress(0, BaseAddress.Kind.PORTS, false, 0x1f0, 8), read().get(0));
    }

    @Test
    void itDecodesNothingMeanwhileAndIsAsBeforeAfterwards() throws PciException {
        function.base(0, 0xfebd1000, 0xfffff000);
        function.registers.putShort(4, (short) 7);
        List<Integer> commands = new ArrayList<>();
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x10) {
                        commands.add((int) f.registers.getShort(4));
                    }
                };
        read();
        assertEquals(List.of(4, 4), commands);
        assertEquals(7, function.registers.getShort(4));
        assertEquals(0xfebd1000, function.registers.getInt(0x10));
    }

    @ParameterizedTest
    @CsvSource({
        "febd1000, fffff100, a mask with holes",
        "febd1002, fffff000, below 1 MiB: reserved since PCI 3.0",
        "febd1006, fffff000, reserved type",
        "0000c003, ffffffe0, reserved bit of ports",
        "febd1000, ffffc000, an address that is no multiple",
        "0000c001, 0fffffe0, more ports than there are",
    })
    void whatCannotBeIsRefused(String value, String mask, String why) {
        function.base(0, Integer.parseUnsignedInt(value, 16), Integer.parseUnsignedInt(mask, 16));
        PciException e = assertThrows(PciException.class, this::read, why);
        assertTrue(e.getMessage().startsWith("pci 0000:00:03.0: base address 0 cannot be: "));
    }

    @Test
    void sixtyFourBitsInTheLastRegisterAreRefused() {
        function.base(5, 0x4, 0xfffff000);
        assertThrows(PciException.class, this::read);
    }

    @Test
    void aBridgeHasTwoAndAHostBridgeIsLeftAlone() throws PciException {
        function.header(1).base(1, 0xfebd1000, 0xfffff000).base(2, 0x20100, 0xffffffff);
        assertEquals(1, read().size());
        PciModel.Function host = new PciModel.Function().ids(0x8086, 0x29c0, 0x060000);
        host.base(0, 0xfebd1000, 0xfffff000);
        host.effect = (f, offset, value) -> assertEquals(-1, offset, "written");
        assertEquals(List.of(), PciModel.device(host).baseAddresses());
    }

    @Test
    void oneWithoutAddressIsNotUsed() throws PciException {
        function.base(0, 0, 0xfffff000);
        PciDevice device = PciModel.device(function);
        assertEquals(4096, device.baseAddresses().get(0).bytes());
        assertThrows(PciException.class, () -> device.baseAddress(0));
        device.enableDecoding();
        assertEquals(0, function.registers.getShort(4));
    }
}
