package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;

/** Where a PV domain's exceptions arrive: {@code struct trap_info} (public/arch-x86/xen.h). */
final class TrapTable {
    /** Bytes of an entry: u8 vector, u8 flags, u16 code segment, at 8 the address. */
    static final int ENTRY_BYTES = 16;

    /** FLAT_KERNEL_CS and FLAT_KERNEL_SS (public/arch-x86/xen-x86_64.h). */
    static final int KERNEL_CODE = 0xe033;

    static final int KERNEL_STACK = 0xe02b;

    /** In the flags: ring 3 may raise it with an instruction; events are masked meanwhile. */
    private static final int RING_3 = 3;

    private static final int MASK_EVENTS = 1 << 2;

    private TrapTable() {}

    /** A table of all exceptions, ended by an entry of zeroes; 0: no memory. */
    @Uninterruptible(reason = "Runs before the Java runtime.")
    static long create() {
        Pointer table = Memory.allocateZeroed((PvSymbols.TRAPS + 1) * ENTRY_BYTES);
        long stubs = StubAddresses.get(PvSymbols.TRAP_VECTORS_ADDRESS);
        for (int vector = 0; table.isNonNull() && vector < PvSymbols.TRAPS; vector++) {
            int entry = vector * ENTRY_BYTES;
            table.writeByte(entry, (byte) vector);
            table.writeByte(entry + 1, (byte) (RING_3 | MASK_EVENTS));
            table.writeShort(entry + 2, (short) KERNEL_CODE);
            table.writeLong(entry + 8, stubs + (long) vector * InterruptTable.STUB_SIZE);
        }
        return table.rawValue();
    }
}
