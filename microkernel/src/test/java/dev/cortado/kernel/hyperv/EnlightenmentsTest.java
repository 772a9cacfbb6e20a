package dev.cortado.kernel.hyperv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaves as real hypervisors have them. */
final class EnlightenmentsTest {
    private final HypervModel machine = new HypervModel();
    private final Enlightenments enlightenments = new Enlightenments(machine);

    private void assertNothing() {
        assertFalse(enlightenments.hasReferenceCounter());
        assertFalse(enlightenments.hasReferenceTsc());
        assertFalse(enlightenments.hasDirectTimers());
        assertFalse(enlightenments.recommendsApicRegisters());
        assertEquals(List.of(), machine.writes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x4000_0000, 0x4000_0100, 0x4000_0f00})
    void hypervIsFoundBehindOthers(int base) {
        machine.leaf(0x4000_0000, 0x4000_0002, 0x566e_6558, 0x6558_4d4d, 0x4d4d_566e);
        machine.hyperv(base);
        assertTrue(enlightenments.hasReferenceCounter());
        assertTrue(enlightenments.hasReferenceTsc());
        assertTrue(enlightenments.hasDirectTimers());
        assertFalse(enlightenments.recommendsApicRegisters());
        // Once, and as an open source guest.
        assertEquals(List.of("40000000=80c0190000000000"), machine.writes);
    }

    /** Xen 4.17 with viridian=['base','freq','time_ref_count','reference_tsc']. */
    @Test
    void xenHasLessOfIt() {
        machine.leaf(0x4000_0000, 0x4000_0006, 0x7263_694d, 0x666f_736f, 0x7648_2074);
        machine.leaf(0x4000_0001, 0x3123_7648, 0, 0, 0);
        machine.leaf(0x4000_0003, 0xa72, 0, 0, 0x100);
        machine.leaf(0x4000_0004, 0x28, 0x7ff, 0, 0);
        machine.recommendsToFew = true;
        assertTrue(enlightenments.hasReferenceCounter());
        assertTrue(enlightenments.hasReferenceTsc());
        assertFalse(enlightenments.hasDirectTimers());
        assertTrue(enlightenments.recommendsApicRegisters());
    }

    /** KVM with hv-time, hv-vapic, hv-synic, hv-stimer and hv-stimer-direct of QEMU. */
    @Test
    void kvmHasItBeforeItsOwn() {
        machine.leaf(0x4000_0000, 0x4000_0006, 0x7263_694d, 0x666f_736f, 0x7648_2074);
        machine.leaf(0x4000_0001, 0x3123_7648, 0, 0, 0);
        machine.leaf(0x4000_0003, 0x27e, 0, 0, 0x8_0110);
        machine.leaf(0x4000_0004, 0x8, 0xfff, 0, 0);
        machine.leaf(0x4000_0100, 0x4000_0101, 0x4b4d_564b, 0x564b_4d56, 0x4d);
        assertTrue(enlightenments.hasReferenceTsc());
        assertTrue(enlightenments.hasDirectTimers());
        assertTrue(enlightenments.recommendsApicRegisters());
    }

    @Test
    void elsewhereNobodyIsAsked() {
        machine.hyperv(0x4000_0000).isVirtual = false;
        assertNothing();
    }

    @Test
    void kvmAloneIsNoHyperv() {
        machine.leaf(0x4000_0000, 0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d);
        assertNothing();
    }

    @Test
    void theNameAloneIsNotEnough() {
        machine.hyperv(0x4000_0000).leaf(0x4000_0001, 0x1234_5678, 0, 0, 0);
        assertNothing();
    }

    @Test
    void leavesThatAreNotThereSayNothing() {
        machine.hyperv(0x4000_0000);
        machine.leaf(0x4000_0000, 0x4000_0003, 0x7263_694d, 0x666f_736f, 0x7648_2074);
        assertNothing();
    }

    @Test
    void registersThatMayNotBeWrittenAreNot() {
        machine.hyperv(0x4000_0000).leaf(0x4000_0003, 1 << 1, 0, 0, 0);
        assertTrue(enlightenments.hasReferenceCounter());
        assertFalse(enlightenments.hasReferenceTsc());
        assertEquals(List.of(), machine.writes);
    }
}
