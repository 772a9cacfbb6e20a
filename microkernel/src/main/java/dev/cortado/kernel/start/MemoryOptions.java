package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.thread.KernelThreads;

/**
 * The options that say how much memory Java takes: {@code -Xmx}, {@code -Xms} and {@code -Xmn} for
 * the heap, {@code -Xss} for stacks, each with bytes, or with k, m, g or t behind the number. The
 * Java runtime acts upon them; here they are looked at before it starts, because it would take a
 * size that makes no sense for another one, and because the first thread needs its stack.
 */
final class MemoryOptions {
    /** The Java runtime takes no smaller one, without a word. */
    private static final long LEAST_HEAP = 8 << 20;

    /** Far more than any machine has, and far from overflow. */
    private static final long MOST = 1L << 50;

    private static final long NOT_A_SIZE = -1;

    /** What may be wrong; {@link #complaint} says it in words. */
    private static final int NOTHING = 0;

    private static final int NO_NUMBER = 1;
    private static final int SMALL_HEAP = 2;
    private static final int SMALL_STACK = 3;
    private static final int LARGE_STACK = 4;
    private static final int MORE_THAN_MACHINE = 5;
    private static final int MORE_THAN_HEAP = 6;

    private static final byte[][] COMPLAINTS = {
        KernelStart.ascii(""),
        KernelStart.ascii(" is not a size: write a number, and k, m, g or t behind it\n"),
        KernelStart.ascii(" is too small: a heap has at least 8m\n"),
        KernelStart.ascii(" is too small: a stack has at least 64k\n"),
        KernelStart.ascii(" is too large: a stack has at most 1g\n"),
        KernelStart.ascii(" is more memory than this machine has\n"),
        KernelStart.ascii(" is more than the heap may have (-Xmx)\n"),
    };

    private boolean heapIsGiven;
    private long heap;
    private long heapWord;
    private long initialHeap;
    private long initialHeapWord;
    private long youngGeneration;
    private long youngGenerationWord;
    private long stack;

    private int wrong;
    private long wrongWord;

    /** Bytes that a thread's stack has, 0 if no option says so. */
    @Uninterruptible(reason = BootInformation.REASON)
    long stackBytes() {
        return stack;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    boolean isWrong() {
        return wrong != NOTHING;
    }

    /** What is wrong, to follow the word. */
    @Uninterruptible(reason = BootInformation.REASON)
    byte[] complaint() {
        return COMPLAINTS[wrong];
    }

    /** Where the word starts that is wrong. */
    @Uninterruptible(reason = BootInformation.REASON)
    long wrongWord() {
        return wrongWord;
    }

    /** Reads a word that ends with a 0; of two of the same option, the later one counts. */
    @Uninterruptible(reason = BootInformation.REASON)
    void read(PhysicalMemory line, long word) {
        if (line.readByte(word) != '-' || line.readByte(word + 1) != 'X') {
            return;
        }
        boolean isHeap = line.readByte(word + 2) == 'm';
        boolean isStack = line.readByte(word + 2) == 's' && line.readByte(word + 3) == 's';
        byte which = isHeap || isStack ? line.readByte(word + 3) : 0;
        if (which != 'x' && which != 's' && which != 'n') {
            return;
        }
        long size = parse(line, word + 4);
        if (size == NOT_A_SIZE) {
            complain(NO_NUMBER, word);
        } else if (isStack) {
            stack = size;
            if (size < KernelThreads.MINIMUM_STACK_BYTES) {
                complain(SMALL_STACK, word);
            } else if (size > KernelThreads.MAXIMUM_STACK_BYTES) {
                complain(LARGE_STACK, word);
            }
        } else if (which == 'x') {
            heapIsGiven = true;
            heap = size;
            heapWord = word;
        } else if (which == 's') {
            initialHeap = size;
            initialHeapWord = word;
        } else {
            youngGeneration = size;
            youngGenerationWord = word;
        }
    }

    /** Compares what was read with each other, and with the machine's memory in bytes. */
    @Uninterruptible(reason = BootInformation.REASON)
    void compare(long memory) {
        if (heapIsGiven && heap < LEAST_HEAP) {
            complain(SMALL_HEAP, heapWord);
        } else if (heap > memory) {
            complain(MORE_THAN_MACHINE, heapWord);
        }
        long limit = heapIsGiven ? heap : memory;
        int more = heapIsGiven ? MORE_THAN_HEAP : MORE_THAN_MACHINE;
        if (initialHeap > limit) {
            complain(more, initialHeapWord);
        }
        if (youngGeneration > limit) {
            complain(more, youngGenerationWord);
        }
    }

    /** Only the first complaint is shown. */
    @Uninterruptible(reason = BootInformation.REASON)
    private void complain(int what, long word) {
        if (wrong == NOTHING) {
            wrong = what;
            wrongWord = word;
        }
    }

    /** The number at {@code position} to the word's end, or {@link #NOT_A_SIZE}. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static long parse(PhysicalMemory line, long position) {
        long value = 0;
        long at = position;
        while (line.readByte(at) >= '0' && line.readByte(at) <= '9') {
            value = value * 10 + line.readByte(at) - '0';
            if (value > MOST) {
                value = MOST;
            }
            at++;
        }
        if (at == position) {
            return NOT_A_SIZE;
        }
        int shift = shift(line.readByte(at));
        if (shift < 0 || shift > 0 && line.readByte(at + 1) != 0) {
            return NOT_A_SIZE;
        }
        return value > MOST >>> shift ? MOST : value << shift;
    }

    /** How many bits a unit shifts; 0 at the end of the word, -1 for no unit. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static int shift(byte unit) {
        return switch (unit) {
            case 0 -> 0;
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> 30;
            case 't', 'T' -> 40;
            default -> -1;
        };
    }
}
