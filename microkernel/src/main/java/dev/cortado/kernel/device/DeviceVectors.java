package dev.cortado.kernel.device;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.interrupt.LocalApic;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.message.SignalWord;
import org.graalvm.word.WordFactory;

/**
 * The vectors of devices on all CPUs. In an image without a driver that binds one is none of it.
 */
public final class DeviceVectors implements Interrupts.DeviceVectorHandler {
    /** What {@link #bind} returns when there is no vector. */
    static final int NONE = VectorTable.NONE;

    private static final int RECLAIM_VECTOR = VectorTable.END;

    private static final DeviceVectors HANDLER = new DeviceVectors();

    private static final VectorTable VECTORS = new VectorTable(new VirtualMemory());

    /** For each CPU the address of its table; 0 as long as it has no vector. */
    private static final long[] TABLES = new long[Processors.CAPACITY];

    /** For each CPU whether it has retired vectors. */
    private static final boolean[] RETIRED = new boolean[Processors.CAPACITY];

    /** Interrupts of vectors that nobody has, and the last one's CPU and vector. */
    private static long unexpected;

    private static int unexpectedCpu;
    private static int unexpectedVector;

    private DeviceVectors() {}

    /**
     * A vector of a CPU signals a word from now on.
     *
     * @param line to mask first, or {@link VectorTable#NO_LINE}
     */
    @Uninterruptible(reason = Interrupts.REASON)
    static int bind(int cpu, SignalWord word, long signals, long line) {
        if (cpu < 0 || cpu >= Processors.online() || !prepare(cpu)) {
            return NONE;
        }
        Interrupts.setDevices(HANDLER);
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        int vector = VECTORS.allocate(TABLES[cpu], word.rawValue(), signals, line);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        return vector;
    }

    /** The CPU has a table. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static boolean prepare(int cpu) {
        if (TABLES[cpu] != 0) {
            return true;
        }
        long table = Memory.allocateZeroed(VectorTable.BYTES).rawValue();
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        long spare = table;
        if (table != 0 && TABLES[cpu] == 0) {
            TABLES[cpu] = table;
            spare = 0;
        }
        boolean prepared = TABLES[cpu] != 0;
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        if (spare != 0) {
            Memory.free(spare);
        }
        return prepared;
    }

    /**
     * Gives a vector back; when this returns, nobody signals its word. The device is masked, and
     * what it has sent before has arrived.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    static void release(int cpu, int vector) {
        long flags = SpinLock.acquire(SpinLock.INTERRUPTS);
        boolean released = VECTORS.release(TABLES[cpu], vector);
        SpinLock.release(SpinLock.INTERRUPTS, flags);
        while (released && VECTORS.isInUse(TABLES[cpu], vector)) {
            Cpu.pause(); // for the time of one signal, on another CPU
        }
        if (released) {
            RETIRED[cpu] = true; // other releases may do the same at this moment
            Interrupts.send(Processors.get(cpu), RECLAIM_VECTOR);
        }
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void handle(int vector) {
        int cpu = Processors.online() == 0 ? 0 : Processors.current().getId();
        long table = TABLES[cpu];
        if (table == 0 || !VectorTable.isDevices(vector)) {
            if (vector == RECLAIM_VECTOR) {
                reclaim(cpu);
            } else {
                noteUnexpected(cpu, vector);
            }
            return;
        }
        long word = VECTORS.begin(table, vector);
        if (word != 0) {
            long line = VECTORS.line(table, vector);
            if (line != VectorTable.NO_LINE) {
                IoApic.setMasked(line, true);
            }
            signalAll(table, vector, word);
        } else {
            noteUnexpected(cpu, vector);
        }
        VECTORS.end(table);
        reclaim(cpu);
    }

    /** Several CPUs may do so at once: about so many, and one of the last. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void noteUnexpected(int cpu, int vector) {
        unexpectedCpu = cpu;
        unexpectedVector = vector;
        unexpected++;
    }

    /** One, or those who share a line: each has to look whether it is its device. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void signalAll(long table, int first, long firstWord) {
        int vector = first;
        long word = firstWord;
        while (true) {
            if (word != 0) {
                VECTORS.setUnseen(table, vector, true);
                signal(table, vector, word);
            }
            vector = VECTORS.next(table, vector);
            if (vector == NONE) {
                return;
            }
            word = VECTORS.begin(table, vector);
        }
    }

    /** One that is muted signals nothing. */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void signal(long table, int vector, long word) {
        long signals = VECTORS.signals(table, vector);
        if (signals != 0) {
            SignalWord.Operations.signal(WordFactory.pointer(word), signals);
        }
    }

    /**
     * What a vector signals from now on.
     *
     * @param signals 0 for nothing, whatever its device sends
     */
    @Uninterruptible(reason = Interrupts.REASON)
    static void setSignals(int cpu, int vector, long signals) {
        VECTORS.setSignals(TABLES[cpu], vector, signals);
    }

    /** See {@link VectorTable#setNext}; both are of that CPU. */
    @Uninterruptible(reason = Interrupts.REASON)
    static void setNext(int cpu, int vector, int next) {
        VECTORS.setNext(TABLES[cpu], vector, next);
    }

    /** A vector's driver has looked since it was signalled. */
    @Uninterruptible(reason = Interrupts.REASON)
    static void setSeen(int cpu, int vector) {
        VECTORS.setUnseen(TABLES[cpu], vector, false);
    }

    @Uninterruptible(reason = Interrupts.REASON)
    static boolean isUnseen(int cpu, int vector) {
        return VECTORS.isUnseen(TABLES[cpu], vector);
    }

    /**
     * Makes retired vectors free. Runs on that CPU, with interrupts off: one that is not pending
     * now will not come.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    private static void reclaim(int cpu) {
        if (!RETIRED[cpu]) {
            return;
        }
        RETIRED[cpu] = false;
        Cpu.fence(); // before the look: who retires one after it says so again, and that stays
        for (int vector = VectorTable.FIRST; vector < VectorTable.END; vector++) {
            if (VECTORS.isRetired(TABLES[cpu], vector)) {
                if (LocalApic.isPending(vector)) {
                    RETIRED[cpu] = true;
                } else {
                    VECTORS.reclaim(TABLES[cpu], vector);
                }
            }
        }
    }

    /** How many interrupts came for vectors that nobody has. */
    public static long unexpected() {
        return unexpected;
    }

    /** The CPU that had one of the last of those. */
    static int unexpectedCpu() {
        return unexpectedCpu;
    }

    /** Its vector. */
    static int unexpectedVector() {
        return unexpectedVector;
    }
}
