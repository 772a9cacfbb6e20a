package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * What the loader has handed over: the kernel's own words ({@link KernelWords}), then the program's
 * arguments.
 */
public final class CommandLine {
    private static final byte[] PROGRAM = {'c', 'o', 'r', 't', 'a', 'd', 'o', 0};

    private static final byte[] PREFIX = KernelStart.ascii(KernelWords.PREFIX);
    private static final byte[] FRAMED_CONSOLE = KernelStart.ascii(KernelWords.FRAMED_CONSOLE);
    private static final byte[] TERMINAL_CONSOLE = KernelStart.ascii(KernelWords.TERMINAL_CONSOLE);
    private static final byte[] MONITOR_ON = KernelStart.ascii(KernelWords.MONITOR_ON);
    private static final byte[] MONITOR_OFF = KernelStart.ascii(KernelWords.MONITOR_OFF);
    private static final byte[] NETWORK = KernelStart.ascii(KernelWords.NETWORK);
    private static final byte[] MOUNT = KernelStart.ascii(KernelWords.MOUNT);
    private static final byte[] ENVIRONMENT = KernelStart.ascii(KernelWords.ENVIRONMENT);
    private static final byte[] DEVICE = KernelStart.ascii(KernelWords.DEVICE);

    /** How words begin that others read, later. */
    private static final byte[][] OTHERS = {NETWORK, MOUNT, ENVIRONMENT};

    /** How the program's system properties begin. */
    private static final byte[] PROPERTY = KernelStart.ascii("-D");

    private static final PhysicalMemory MEMORY = new VirtualMemory();
    private static final PhysicalMemory MODULE = new DirectMap();
    private static final CommandWords WORDS = new CommandWords(MEMORY);
    private static final LinuxWords LINUX_WORDS = new LinuxWords(WORDS);

    /** Address of the first word, which may be the kernel's, and how many there are in all. */
    private static long begin;

    private static int allWords;

    /** How many are not the program's, at the beginning. */
    private static int kernelWords;

    /** Address of the program's first word. */
    private static long first;

    /** How many words are behind those of the kernel. */
    private static int words;

    /** How many words {@link #toArguments} has found. */
    private static int count;

    private static boolean cut;
    private static long unknownWord;

    private CommandLine() {}

    /** Copies and cuts it, and does what its first words say. Called once. False: no memory. */
    @Uninterruptible(reason = BootInformation.REASON)
    static boolean load() {
        byte[] line = BootInformation.commandLine();
        long more = BootInformation.moreArgumentsBytes();
        cut = BootInformation.commandLineIsCut() || more > KernelWords.TOTAL_CAPACITY;
        if (cut) {
            return true;
        }
        first = Memory.allocate(line.length + more + 2);
        if (first == 0) {
            return false;
        }
        int length = 0;
        while (length < line.length && line[length] != 0) {
            MEMORY.writeByte(first + length, line[length]);
            length++;
        }
        MEMORY.writeByte(first + length++, (byte) ' ');
        for (long i = 0; i < more; i++) {
            MEMORY.writeByte(
                    first + length++, MODULE.readByte(BootInformation.moreArguments() + i));
        }
        words = WORDS.split(first, length);
        takeKernelWords();
        return true;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void takeKernelWords() {
        begin = first;
        allWords = words;
        int end = LINUX_WORDS.beforeEnd(first, words);
        while (unknownWord == 0 && words > 0 && isKernels(end)) {
            if (WORDS.startsWith(first, PREFIX)) {
                take(first);
            }
            kernelWords++;
            first = WORDS.next(first);
            words--;
        }
        words = LINUX_WORDS.withoutAdded(first, words);
    }

    /**
     * Whether the next word is not the program's: up to the end that was found, or a word of ours.
     */
    @Uninterruptible(reason = BootInformation.REASON)
    private static boolean isKernels(int end) {
        return end == LinuxWords.NO_END ? WORDS.startsWith(first, PREFIX) : kernelWords <= end;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void take(long word) {
        if (WORDS.is(word, FRAMED_CONSOLE)) {
            Keyboard.setFramed(true);
        } else if (WORDS.is(word, TERMINAL_CONSOLE)) {
            Keyboard.setFramed(false);
        } else if (WORDS.is(word, MONITOR_ON)) {
            Keyboard.setMonitorKeys(true);
        } else if (WORDS.is(word, MONITOR_OFF)) {
            Keyboard.setMonitorKeys(false);
        } else if (!WORDS.startsWithOne(word, OTHERS)) {
            unknownWord = word;
        }
    }

    /** Whether it was longer than there is room for, and so was not read. */
    @Uninterruptible(reason = BootInformation.REASON)
    static boolean isCut() {
        return cut;
    }

    /** One for the kernel that the kernel does not know; 0 if there is none. */
    @Uninterruptible(reason = BootInformation.REASON)
    static long unknownWord() {
        return unknownWord;
    }

    /** What the addresses of words are addresses of. */
    @Uninterruptible(reason = BootInformation.REASON)
    static PhysicalMemory memory() {
        return MEMORY;
    }

    /** Address of the first word behind those of the kernel, which a 0 ends. */
    @Uninterruptible(reason = BootInformation.REASON)
    static long first() {
        return first;
    }

    /** The word behind a word, if there is one. */
    @Uninterruptible(reason = BootInformation.REASON)
    static long next(long word) {
        return WORDS.next(word);
    }

    @Uninterruptible(reason = BootInformation.REASON)
    static int words() {
        return words;
    }

    /** Whether a word may be an option of the Java runtime: properties are none. */
    public static boolean hasOption() {
        return WORDS.haveOption(first, words);
    }

    /** The words that name devices, {@link KernelWords#DEVICE} at the beginning of each. */
    public static List<String> deviceWords() {
        return wordsOf(DEVICE, begin, allWords);
    }

    /** The words that set system properties, {@code -D} at the beginning of each. */
    public static List<String> propertyWords() {
        return wordsOf(PROPERTY, first, words);
    }

    /** The words about interfaces, {@link KernelWords#NETWORK} at the beginning of each. */
    public static List<String> networkWords() {
        return wordsOf(NETWORK, begin, kernelWords);
    }

    /** The words about mounts, {@link KernelWords#MOUNT} at the beginning of each. */
    public static List<String> mountWords() {
        return wordsOf(MOUNT, begin, kernelWords);
    }

    /** The words about variables, {@link KernelWords#ENVIRONMENT} at the beginning of each. */
    public static List<String> environmentWords() {
        return wordsOf(ENVIRONMENT, begin, kernelWords);
    }

    private static List<String> wordsOf(byte[] prefix, long from, int number) {
        List<String> found = new ArrayList<>();
        long word = from;
        for (int i = 0; i < number; i++) {
            if (WORDS.startsWith(word, prefix)) {
                found.add(text(word));
            }
            word = WORDS.next(word);
        }
        return found;
    }

    private static String text(long word) {
        byte[] bytes = new byte[(int) (WORDS.next(word) - word - 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = MEMORY.readByte(word + i);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * The program's words as a C program's argument vector, a program name first; null if memory
     * ran out. {@link #count} says how many there are.
     */
    @Uninterruptible(reason = BootInformation.REASON)
    public static Pointer toArguments() {
        long vectorBytes = (words + 2L) * Long.BYTES;
        Pointer vector = WordFactory.pointer(Memory.allocate(vectorBytes + PROGRAM.length));
        if (vector.isNull()) {
            return vector;
        }
        Pointer program = vector.add((int) vectorBytes);
        for (int i = 0; i < PROGRAM.length; i++) {
            program.writeByte(i, PROGRAM[i]);
        }
        vector.writeWord(0, program);
        count = 1;
        long word = first;
        for (int i = 0; i < words; i++) {
            if (!WORDS.startsWith(word, DEVICE)) {
                vector.writeLong(count++ * Long.BYTES, word);
            }
            word = WORDS.next(word);
        }
        vector.writeWord(count * Long.BYTES, WordFactory.nullPointer());
        return vector;
    }

    /** How many words {@link #toArguments} found, the program's name included. */
    @Uninterruptible(reason = BootInformation.REASON)
    public static int count() {
        return count;
    }
}
