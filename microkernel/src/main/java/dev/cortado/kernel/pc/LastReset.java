package dev.cortado.kernel.pc;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.start.BootInformation;
import java.nio.charset.StandardCharsets;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * How a machine ends that cannot be switched off: it is reset, which many hypervisors take for the
 * end (QEMU does with {@code -no-reboot}). Others start the guest again, and it would end again,
 * and so on: so a mark is left in memory, which survives a reset, and who finds it halts.
 */
public final class LastReset {
    private static final String REASON = "Ends the machine.";

    /** Random numbers; as the first entries of a page table they map nothing. */
    private static final long MARK = 0x6f1d_93c8_52ab_e70cL;

    private static final long SECOND_MARK = 0x1b84_fe29_c057_3d6aL;

    private static final int KEYBOARD_COMMAND = 0x64;
    private static final int PULSE_RESET_LINE = 0xfe;

    /** Of the time-stamp counter: a tenth of a second or so. */
    private static final long PATIENCE = 300_000_000L;

    private static final byte[] HALTED =
            ("cortado: the guest has ended, and this machine, which cannot be switched off, was"
                            + " reset for it: it halts\n")
                    .getBytes(StandardCharsets.US_ASCII);

    /** Physical address of a frame that nobody else uses, 0 if there is none. */
    private static long frame;

    private LastReset() {}

    /** Halts if this boot is what came of the last one's end. The memory map is known. */
    @Uninterruptible(reason = REASON)
    static void prepare() {
        long begin = Frames.roundUp(ImageLayout.physicalEnd, Frames.SIZE);
        MemoryMap map = BootInformation.memory();
        for (int i = 0; i < map.count(); i++) {
            if (map.begin(i) <= begin && begin + Frames.SIZE <= map.end(i)) {
                frame = begin;
            }
        }
        if (frame == 0) {
            return;
        }
        BootInformation.reserve(frame, frame + Frames.SIZE);
        boolean marked = at().readLong(0) == MARK && at().readLong(Long.BYTES) == SECOND_MARK;
        clear();
        if (marked) {
            Console.write(HALTED);
            Cpu.haltForever();
        }
    }

    /**
     * Interrupts are off, and other CPUs have stopped. Returns if there is no memory for a mark.
     */
    @Uninterruptible(reason = REASON)
    public static void attempt() {
        if (frame == 0) {
            return;
        }
        clear();
        at().writeLong(0, MARK);
        at().writeLong(Long.BYTES, SECOND_MARK);
        reset();
    }

    /** The same, but the machine is to start again. */
    @Uninterruptible(reason = REASON)
    public static void restart() {
        if (frame != 0) {
            clear();
            reset();
        }
    }

    @Uninterruptible(reason = REASON)
    private static void reset() {
        Cpu.out8(KEYBOARD_COMMAND, PULSE_RESET_LINE);
        long begin = Cpu.readTimeStampCounter();
        while (Cpu.readTimeStampCounter() - begin < PATIENCE) {
            Cpu.pause();
        }
        // Nothing is mapped any more, not even what handles faults: a triple fault, which resets.
        Cpu.writeCr3(frame);
    }

    @Uninterruptible(reason = REASON)
    private static void clear() {
        for (int offset = 0; offset < Frames.SIZE; offset += Long.BYTES) {
            at().writeLong(offset, 0L);
        }
    }

    @Uninterruptible(reason = REASON)
    private static Pointer at() {
        return WordFactory.pointer(DirectMap.toVirtual(frame));
    }
}
