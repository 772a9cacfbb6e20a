package dev.cortado.drivers.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model that forgets its addresses and its command when it is reset. */
final class PciResetTest {
    private final PciModel.Function function = new PciModel.Function().ids(1, 2, 0x020000);
    private final PciDevice device = PciModel.device(function);
    private final List<Integer> delays = new ArrayList<>();
    private int resets;

    private PciResetTest() {
        function.base(0, 0xfebd1000, 0xfffff000);
        function.registers.putShort(4, (short) 6).put(0x3c, (byte) 11);
    }

    private PciReset.Method reset() throws PciException, InterruptedException {
        return PciReset.reset(device, delays::add);
    }

    private void forget() {
        resets++;
        assertEquals(2, function.registers.getShort(4), "no bus mastering any more");
        function.registers.putShort(4, (short) 0).putInt(0x10, 0).put(0x3c, (byte) 0);
    }

    private void check() {
        assertEquals(1, resets);
        assertEquals(0xfebd1000, function.registers.getInt(0x10));
        assertEquals(2, function.registers.getShort(4));
        assertEquals(11, function.registers.get(0x3c));
    }

    @Test
    void functionLevelResetWaitsUntilNothingIsPending() throws Exception {
        function.capabilities(0x40).bytes(0x40, "10 00 02 00 00 00 00 10 00 00 20 00");
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x48 && (value & 0x8000) != 0) {
                        forget();
                    }
                };
        assertEquals(
                PciReset.Method.FUNCTION_LEVEL,
                PciReset.reset(
                        device,
                        milliseconds -> {
                            delays.add(milliseconds);
                            f().registers.putShort(0x4a, (short) 0);
                        }));
        assertEquals(List.of(100, 100), delays);
        check();
    }

    private PciModel.Function f() {
        return function;
    }

    @Test
    void theSameOfOldDevices() throws Exception {
        function.capabilities(0x40).bytes(0x40, "13 00 06 03 00 00");
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x44 && value == 1) {
                        forget();
                    }
                };
        assertEquals(PciReset.Method.ADVANCED_FEATURES, reset());
        assertEquals(List.of(100), delays);
        check();
    }

    @Test
    void throughThePowerState() throws Exception {
        function.capabilities(0x40).bytes(0x40, "01 00 03 00 00 00");
        function.writable.putShort(0x44, (short) 3);
        List<Integer> states = new ArrayList<>();
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x44) {
                        states.add(value & 3);
                        if ((value & 3) == 0) {
                            forget();
                        }
                    }
                };
        assertEquals(PciReset.Method.POWER_STATE, reset());
        assertEquals(List.of(3, 0), states);
        assertEquals(List.of(10, 10), delays);
        check();
    }

    @Test
    void oneThatKeepsItsStateWithoutPowerHasNoReset() throws Exception {
        function.capabilities(0x40).bytes(0x40, "01 00 03 00 08 00");
        assertEquals(PciReset.Method.NONE, reset());
        assertEquals(2, function.registers.getShort(4), "but it is kept from memory");
    }

    @Test
    void aBridgeIsNotReset() throws Exception {
        function.header(1).capabilities(0x40).bytes(0x40, "01 00 03 00 00 00");
        assertEquals(PciReset.Method.NONE, reset());
    }

    @Test
    void oneThatDoesNotComeBackIsGivenUp() {
        function.capabilities(0x40).bytes(0x40, "13 00 06 03 00 00");
        function.effect =
                (f, offset, value) -> {
                    if (offset == 0x44) {
                        f.registers.putInt(0, -1);
                    }
                };
        PciException e = assertThrows(PciException.class, this::reset);
        assertEquals("pci 0000:00:03.0: it did not come back from its reset", e.getMessage());
        assertEquals(11, delays.size());
    }
}
