package dev.cortado.drivers.xen.pv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.PageTable;
import dev.cortado.kernel.memory.PhysicalMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PvTablesTest {
    private static final int FRAMES = 64;
    private final XenModel xen = new XenModel(FRAMES, 3);
    private final MachineFrames frames = new MachineFrames(xen);

    @BeforeEach
    void useTheList() {
        frames.use(XenModel.LIST, FRAMES);
    }

    @Test
    void framesTranslateBothWays() {
        for (long frame = 0; frame < FRAMES; frame++) {
            assertEquals(frame, frames.frame(frames.machine(frame)));
        }
        assertEquals(MachineFrames.NONE, frames.machine(-1));
        assertEquals(MachineFrames.NONE, frames.machine(FRAMES));
        assertEquals(MachineFrames.NONE, frames.frame(1L << 40));
        assertEquals(MachineFrames.NONE, frames.frame(-1));
        assertEquals(MachineFrames.NONE, frames.frame(999));
    }

    @Test
    void anEntryOfTheListThatXensTableDoesNotKnowIsNotUsedBackwards() {
        long machine = frames.machine(5);
        xen.machineOf.set(5, 4242L);
        assertEquals(MachineFrames.NONE, frames.frame(machine));
    }

    @Test
    void presentEntriesNameMachineFramesAndOthersDoNot() {
        long entry = 7L << 12 | PageTable.PRESENT | PageTable.WRITABLE | PageTable.NO_EXECUTE;
        long encoded = PvEntries.encode(frames, entry | PageTable.GLOBAL);
        assertEquals(frames.machine(7) << 12 | 0x8000_0000_0000_0007L, encoded);
        assertEquals(entry, PvEntries.decode(frames, encoded | PageTable.GLOBAL | 0x60 | 1L << 52));
        long committed = 7L << 12 | PageTable.COMMITTED;
        assertEquals(committed, PvEntries.encode(frames, committed));
        assertEquals(committed, PvEntries.decode(frames, committed));
    }

    @Test
    void framesThatAreNotTheDomainsAreNoEntries() {
        long beyond = (long) FRAMES << 12 | PageTable.PRESENT;
        assertEquals(MachineFrames.NONE, PvEntries.encode(frames, beyond));
        assertEquals(0, PvEntries.decode(frames, 999L << 12 | PageTable.PRESENT));
    }

    @Test
    void theModelRefusesAWritableMappingOfATable() {
        long table = frames.machine(1);
        long middle = frames.machine(2);
        long upper = frames.machine(3);
        long root = frames.machine(4);
        xen.frame(root).putLong(0, PvEntries.of(upper, 3));
        xen.frame(upper).putLong(0, PvEntries.of(middle, 3));
        xen.frame(middle).putLong(0, PvEntries.of(table, 3));
        assertEquals(0, xen.extended(3, root));
        assertEquals(0, xen.update(table << 12, PvEntries.of(frames.machine(9), 3)));
        assertNotEquals(0, xen.update(table << 12, PvEntries.of(table, 3)));
        assertEquals(0, xen.update(table << 12, PvEntries.of(table, 1)));
        assertNotEquals(0, xen.remap(0x1000, PvEntries.of(table, 3)));
    }

    /** Physical memory of the domain, as its direct map would show it. */
    private final class Physical implements PhysicalMemory {
        @Override
        public long readLong(long physical) {
            return xen.frame(frames.machine(physical >>> 12)).getLong((int) (physical & 0xfff));
        }

        @Override
        public void writeLong(long physical, long value) {
            xen.frame(frames.machine(physical >>> 12)).putLong((int) (physical & 0xfff), value);
        }

        @Override
        public byte readByte(long physical) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeByte(long physical, byte value) {
            throw new UnsupportedOperationException();
        }
    }

    private PvTables tables() {
        xen.frame(frames.machine(4)).putLong(0, PvEntries.of(frames.machine(3), 3));
        xen.frame(frames.machine(3)).putLong(0, PvEntries.of(frames.machine(2), 3));
        xen.frame(frames.machine(2)).putLong(0, PvEntries.of(frames.machine(1), 3));
        assertEquals(0, xen.extended(3, frames.machine(4)));
        return new PvTables(new Physical(), frames, xen);
    }

    @Test
    void whatWasWrittenIsReadAtOnceAndToldToXenTogether() {
        PvTables tables = tables();
        for (long i = 0; i < 5; i++) {
            tables.write(0x1000 + i * 8, (20 + i) << 12 | PageTable.PRESENT);
        }
        tables.write(0x1000, 0);
        assertEquals(0, xen.entry(0x1000));
        assertEquals(0, tables.read(0x1000));
        assertEquals(21L << 12 | PageTable.PRESENT, tables.read(0x1008));
        tables.finish();
        assertEquals(0, xen.entry(0));
        assertEquals(PvEntries.of(frames.machine(24), PvEntries.READ_EXECUTE), xen.entry(0x4000));
        assertEquals(24L << 12 | PageTable.PRESENT, tables.read(0x1020));
    }

    @Test
    void moreThanABatchIsToldWithoutBeingAsked() {
        PvTables tables = tables();
        for (int i = 0; i < PvTables.BATCH; i++) {
            tables.write(0x1000 + i * 8L, (20L + i) << 12 | PageTable.PRESENT);
        }
        assertEquals(PvEntries.of(frames.machine(20), PvEntries.READ_EXECUTE), xen.entry(0));
    }

    @Test
    void aTableIsHookedInAndFilledInOrderAndBecomesMemoryAgain() {
        PvTables tables = tables();
        xen.remap(DirectMap.toVirtual(0xa000), PvEntries.of(frames.machine(10), 3));
        tables.enter(0xa000);
        tables.write(0x2008, 10L << 12 | PageTable.PRESENT | PageTable.WRITABLE);
        tables.write(0xa018, 30L << 12 | PageTable.PRESENT | PageTable.NO_EXECUTE);
        tables.finish();
        assertEquals(PvEntries.of(frames.machine(30), PvEntries.READ_ONLY), xen.entry(0x20_3000));
        assertNotEquals(0, xen.remap(0x5000, PvEntries.of(frames.machine(10), 3)));
        tables.write(0x2008, 0);
        tables.leave(0xa000);
        assertEquals(0, xen.entry(0x20_3000));
        assertEquals(frames.machine(10), xen.writable.get(DirectMap.toVirtual(0xa000) >>> 12));
    }
}
