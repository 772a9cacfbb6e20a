package dev.cortado.drivers.xen.pv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.DirectMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EarlyTablesTest {
    private static final int FRAMES = 4096;
    private static final long OLD_TABLES = 0xc00;
    private static final long FIRST = 0xc10;
    private static final long PAGE = 0x1000;
    private static final long WINDOWS = 0x28_2000L;
    private static final long NO_EXECUTE = 1L << 63;

    private final XenModel xen = new XenModel(FRAMES, 7);
    private final MachineFrames frames = new MachineFrames(xen);
    private final EarlyPages pages = new EarlyPages(frames);
    private int failAt = Integer.MAX_VALUE;
    private int opened;

    private final EarlyTables tables =
            new EarlyTables(
                    xen,
                    frames,
                    new EarlyTables.Windows() {
                        @Override
                        public long open(int window, long frame) {
                            long address = WINDOWS + window * PAGE;
                            long entry = PvEntries.of(frames.machine(frame), PvEntries.READ_WRITE);
                            return opened++ == failAt || xen.remap(address, entry) != 0
                                    ? 0
                                    : address;
                        }

                        @Override
                        public boolean close(int window) {
                            return xen.remap(WINDOWS + window * PAGE, 0) == 0;
                        }
                    },
                    pages);

    @BeforeEach
    void layOutAnImage() {
        ImageLayout.physicalBegin = 0x20_0000;
        ImageLayout.rodataBegin = 0x20_0000;
        ImageLayout.rodataEnd = 0x21_0000;
        ImageLayout.textBegin = 0x21_0000;
        ImageLayout.textEnd = 0x28_0000;
        ImageLayout.dataBegin = 0x28_0000;
        ImageLayout.bootStackBegin = 0x29_0000;
        ImageLayout.bootStackEnd = 0x2a_0000;
        ImageLayout.dataEnd = 0x42_1000;
        ImageLayout.heapBegin = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;
        ImageLayout.heapWritableBegin = ImageLayout.heapBegin + 0x10_0000;
        ImageLayout.heapWritableEnd = ImageLayout.heapBegin + 0x30_0000;
        ImageLayout.heapEnd = ImageLayout.heapBegin + 0x40_0123;
        ImageLayout.heapPhysical = 0x48_0000;
        ImageLayout.physicalEnd = 0x88_1000;
        frames.use(XenModel.LIST, FRAMES);
        pages.setTables(OLD_TABLES, 8, FIRST, tables.count());
    }

    @AfterEach
    void forgetTheImage() {
        ImageLayout.physicalBegin = 0;
        ImageLayout.physicalEnd = 0;
    }

    private long build() {
        long root = tables.build(FIRST);
        return root == MachineFrames.NONE ? -1 : xen.extended(3, frames.machine(root));
    }

    private void assertEntry(long frame, long flags, long virtual) {
        assertEquals(
                frame < 0 ? 0 : PvEntries.of(frames.machine(frame), flags), xen.entry(virtual));
    }

    @Test
    void xenTakesThem() {
        assertEquals(0, build());
    }

    @Test
    void theImageIsInItsPlaceAndNothingIsWritableAndExecutable() {
        build();
        assertEntry(0x200, PvEntries.READ_ONLY, 0x20_0000);
        assertEntry(0x210, PvEntries.READ_EXECUTE, 0x21_0000);
        assertEntry(0x27f, PvEntries.READ_EXECUTE, 0x27_f000);
        assertEntry(0x280, PvEntries.READ_WRITE, 0x28_0000);
        assertEntry(-1, 0, 0x28_f000);
        assertEntry(0x290, PvEntries.READ_WRITE, 0x29_0000);
        assertEntry(-1, 0, 0x2a_0000);
        assertEntry(0x420, PvEntries.READ_WRITE, 0x42_0000);
        assertEntry(-1, 0, 0x42_1000);
        assertEntry(-1, 0, 0);
        for (long page = 0; page < 0x100_0000; page += PAGE) {
            long entry = xen.entry(page);
            assertNotEquals(2, entry & (2 | NO_EXECUTE));
        }
    }

    @Test
    void theHeapIsWhereCompiledCodeLooksForIt() {
        build();
        long heap = ImageLayout.heapBegin;
        assertEntry(0x480, PvEntries.READ_ONLY, heap);
        assertEntry(0x580, PvEntries.READ_WRITE, heap + 0x10_0000);
        assertEntry(0x77f, PvEntries.READ_WRITE, heap + 0x2f_f000);
        assertEntry(0x780, PvEntries.READ_ONLY, heap + 0x30_0000);
        assertEntry(0x880, PvEntries.READ_ONLY, heap + 0x40_0000);
        assertEntry(-1, 0, heap + 0x40_1000);
        assertEntry(-1, 0, AddressSpace.HEAP_BASE);
    }

    @Test
    void allOtherFramesAreInTheDirectMapAndTablesAreReadOnly() {
        build();
        for (long frame = 0; frame < FRAMES; frame++) {
            boolean image = frame >= 0x200 && frame < 0x881;
            boolean table =
                    frame >= OLD_TABLES && frame < OLD_TABLES + 8
                            || frame >= FIRST && frame < FIRST + tables.count();
            assertEntry(
                    image || frame == 0 ? -1 : frame,
                    table ? PvEntries.READ_ONLY : PvEntries.READ_WRITE,
                    DirectMap.toVirtual(frame << 12));
        }
        assertEquals(0, xen.entry(DirectMap.toVirtual((long) FRAMES << 12)));
    }

    @Test
    void aFrameThatIsNotThereIsAHole() {
        xen.machineOf.set(0xf00, -1L);
        assertEquals(0, build());
        assertEquals(0, xen.entry(DirectMap.toVirtual(0xf0_0000L)));
    }

    @Test
    void xenWouldNotTakeThemIfATableWereWritable() {
        pages.setTables(OLD_TABLES, 8, FIRST, tables.count() - 1);
        assertNotEquals(0, build());
    }

    @Test
    void aWindowThatCannotBeOpenedEndsIt() {
        for (failAt = 0; failAt < tables.count(); failAt++) {
            opened = 0;
            assertEquals(MachineFrames.NONE, tables.build(FIRST));
            assertTrue(opened <= failAt + 1);
        }
    }
}
