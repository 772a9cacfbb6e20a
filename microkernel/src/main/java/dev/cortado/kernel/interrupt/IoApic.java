package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.firmware.InterruptTopology;
import dev.cortado.kernel.firmware.IoApics;
import dev.cortado.kernel.memory.DeviceMemory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** Routes the lines of old devices to vectors (Intel 82093AA data sheet). */
public final class IoApic {
    /** Where the only one is on a machine whose firmware says nothing. */
    private static final long DEFAULT_ADDRESS = 0xfec0_0000L;

    private static final int REGISTER_SELECT = 0x00;
    private static final int WINDOW = 0x10;
    private static final int WINDOW_END = 0x20;
    private static final int VERSION = 1;
    private static final int REDIRECTION_TABLE = 0x10;
    private static final int ACTIVE_LOW = (int) RedirectionEntry.ACTIVE_LOW;
    private static final int LEVEL_TRIGGERED = (int) RedirectionEntry.LEVEL_TRIGGERED;
    private static final int MASKED = (int) RedirectionEntry.MASKED;

    private static final long[] REGISTERS = new long[IoApics.CAPACITY];
    private static final int[] LINES = new int[IoApics.CAPACITY];

    /** The register that each has selected: an access to a device is an exit of the guest. */
    private static final int[] SELECTED = new int[IoApics.CAPACITY];

    /** What {@link #setMasked} has in place of a look at the device: the lower half by line. */
    private static final int[] ENTRIES = new int[IoApics.CAPACITY * RoutedLines.OF_ONE];

    /** Those with an owner, the kernel's own among them. Guarded by {@link SpinLock#INTERRUPTS}. */
    private static final RoutedLines ROUTED = new RoutedLines();

    /** Null on machines whose interrupts come another way. */
    private static InterruptTopology topology;

    private IoApic() {}

    /** Masks all lines. Where the machine has no IO-APIC, it has no lines either. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean initialize(InterruptTopology machine) {
        topology = machine;
        if (machine.ioApics().count() == 0) {
            return initialize(0, DEFAULT_ADDRESS);
        }
        boolean done = true;
        for (int i = 0; i < machine.ioApics().count(); i++) {
            done &= initialize(i, machine.ioApics().address(i));
        }
        return done;
    }

    /** False: no memory. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static boolean initialize(int index, long address) {
        REGISTERS[index] = DeviceMemory.map(address, WINDOW_END);
        if (REGISTERS[index] == 0) {
            return false;
        }
        int version = read(index, VERSION);
        LINES[index] = version == -1 || version == 0 ? 0 : ((version >>> 16) & 0xff) + 1;
        for (int line = 0; line < LINES[index]; line++) {
            write(index, REDIRECTION_TABLE + 2 * line, MASKED);
        }
        return true;
    }

    /**
     * Sends a line of the ISA bus to the handler on this CPU; false if there is no such line. It is
     * the kernel's for good, which comes before drivers do.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean route(int isaLine, InterruptHandler handler) {
        long global = topology.overrides().globalInterrupt(isaLine);
        int index = 0;
        long line = global;
        if (topology.ioApics().count() > 0) {
            index = topology.ioApics().indexFor(global);
            line = index < 0 ? -1 : global - topology.ioApics().firstInterrupt(index);
        }
        if (line < 0 || line >= LINES[index]) {
            return false;
        }
        int vector = Interrupts.allocate(handler);
        if (vector == 0) {
            return false;
        }
        int entry = vector;
        entry |= topology.overrides().isActiveLow(isaLine) ? ACTIVE_LOW : 0;
        entry |= topology.overrides().isLevelTriggered(isaLine) ? LEVEL_TRIGGERED : 0;
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        ROUTED.take(index, (int) line);
        write(index, REDIRECTION_TABLE + 2 * (int) line + 1, LocalApic.id() << 24);
        write(index, REDIRECTION_TABLE + 2 * (int) line, entry);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        return true;
    }

    /** Whether an IO-APIC has the line of a global system interrupt. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean exists(long global) {
        if (topology == null || global < 0) {
            return false;
        }
        int index = indexFor(global);
        return index >= 0 && line(index, global) < LINES[index];
    }

    /**
     * Sends a global system interrupt to a vector of a CPU, unmasked, until it is {@linkplain
     * #release released}; false if no line has it, or somebody has the line.
     *
     * @param apicId below 255
     */
    @Uninterruptible(reason = Interrupts.REASON)
    public static boolean route(
            long global, int vector, int apicId, boolean levelTriggered, boolean activeLow) {
        if (!exists(global) || !MsiMessage.canReach(apicId)) {
            return false;
        }
        int index = indexFor(global);
        int line = (int) line(index, global);
        long entry = RedirectionEntry.encode(vector, apicId, levelTriggered, activeLow);
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        boolean taken = ROUTED.take(index, line);
        if (taken) {
            program(index, line, entry);
        }
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        return taken;
    }

    /**
     * Sends a level-triggered line that was {@linkplain #route routed} to another vector, unmasked.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void reroute(long global, int vector, int apicId, boolean activeLow) {
        int index = indexFor(global);
        long entry = RedirectionEntry.encode(vector, apicId, true, activeLow);
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        program(index, (int) line(index, global), entry);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
    }

    /** In between it is edge-triggered: that forgets an interrupt of the old vector. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void program(int index, int line, long entry) {
        int register = REDIRECTION_TABLE + 2 * line;
        write(index, register, MASKED);
        write(index, register + 1, (int) (entry >>> Integer.SIZE));
        write(index, register, (int) entry);
        ENTRIES[index * RoutedLines.OF_ONE + line] = (int) entry;
    }

    /** Others may have the line of a global system interrupt. Its owner has masked it. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void release(long global) {
        int index = indexFor(global);
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        ROUTED.release(index, (int) line(index, global));
        SpinLock.release(SpinLock.INTERRUPTS, flags);
    }

    /** Masks or unmasks a line that was {@linkplain #route routed}: also from its interrupt. */
    @Uninterruptible(reason = Interrupts.REASON)
    public static void setMasked(long global, boolean masked) {
        int index = indexFor(global);
        int line = (int) line(index, global);
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        int entry = ENTRIES[index * RoutedLines.OF_ONE + line];
        write(index, REDIRECTION_TABLE + 2 * line, masked ? entry | MASKED : entry);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
    }

    /** Where the firmware says nothing of IO-APICs, there is one. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static int indexFor(long global) {
        return topology.ioApics().count() == 0 ? 0 : topology.ioApics().indexFor(global);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static long line(int index, long global) {
        return topology.ioApics().count() == 0
                ? global
                : global - topology.ioApics().firstInterrupt(index);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static int read(int index, int register) {
        return select(index, register).readInt(WINDOW);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void write(int index, int register, int value) {
        select(index, register).writeInt(WINDOW, value);
    }

    /** Returns the registers. No register 0 is ever selected, which is what is noted at first. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static Pointer select(int index, int register) {
        Pointer registers = WordFactory.pointer(REGISTERS[index]);
        if (SELECTED[index] != register) {
            SELECTED[index] = register;
            registers.writeInt(REGISTER_SELECT, register);
        }
        return registers;
    }
}
