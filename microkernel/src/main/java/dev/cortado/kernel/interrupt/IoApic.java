package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Routes the lines of old devices to vectors (Intel 82093AA data sheet). */
public final class IoApic {
    private static final long ADDRESS = 0xfec0_0000L;
    private static final int REGISTER_SELECT = 0x00;
    private static final int WINDOW = 0x10;
    private static final int VERSION = 1;
    private static final int REDIRECTION_TABLE = 0x10;
    private static final int MASKED = 1 << 16;

    private static Pointer registers;
    private static int lines;

    private IoApic() {}

    /** Masks all lines. Where the machine has no IO-APIC, it has no lines either. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean initialize() {
        registers = WordFactory.pointer(Memory.mapDevice(ADDRESS, 32));
        if (registers.isNull()) {
            return false;
        }
        int version = read(VERSION);
        lines = version == -1 || version == 0 ? 0 : ((version >>> 16) & 0xff) + 1;
        for (int line = 0; line < lines; line++) {
            write(REDIRECTION_TABLE + 2 * line, MASKED);
        }
        return true;
    }

    /** Sends an edge-triggered line to the handler on this CPU; false if there is no such line. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean route(int line, InterruptHandler handler) {
        if (line < 0 || line >= lines) {
            return false;
        }
        int vector = Interrupts.allocate(handler);
        if (vector == 0) {
            return false;
        }
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        write(REDIRECTION_TABLE + 2 * line + 1, LocalApic.id() << 24);
        write(REDIRECTION_TABLE + 2 * line, vector);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        return true;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static int read(int register) {
        registers.writeInt(REGISTER_SELECT, register);
        return registers.readInt(WINDOW);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void write(int register, int value) {
        registers.writeInt(REGISTER_SELECT, register);
        registers.writeInt(WINDOW, value);
    }
}
