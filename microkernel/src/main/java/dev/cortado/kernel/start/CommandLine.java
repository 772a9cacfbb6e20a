package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * Cuts the command line into words, as a shell does: white space parts them, double quotes keep it,
 * a backslash takes the next character as it is.
 */
public final class CommandLine {
    private static final byte[] PROGRAM = {'c', 'o', 'r', 't', 'a', 'd', 'o', 0};
    private static final int MAXIMUM_WORDS = BootInformation.COMMAND_LINE_CAPACITY / 2 + 2;

    /** Where the words start. */
    private static final int[] STARTS = new int[MAXIMUM_WORDS];

    private static int words;

    private CommandLine() {}

    /**
     * Cuts a line in place.
     *
     * @param line ended by a 0; afterwards the words, each ended by a 0
     * @param starts where in {@code line} each word starts
     * @return how many words there are, at most {@code starts.length}
     */
    @Uninterruptible(reason = BootInformation.REASON)
    static int split(byte[] line, int[] starts) {
        int words = 0;
        int out = 0;
        boolean inWord = false;
        boolean quoted = false;
        int in = 0;
        while (in < line.length && line[in] != 0) {
            byte value = line[in++];
            boolean space = value == ' ' || value == '\t' || value == '\n';
            if (space && !quoted) {
                if (inWord) {
                    line[out++] = 0;
                    inWord = false;
                }
                continue;
            }
            if (!inWord) {
                if (words == starts.length) {
                    break;
                }
                starts[words++] = out;
                inWord = true;
            }
            if (value == '"') {
                quoted = !quoted;
            } else if (value == '\\' && in < line.length && line[in] != 0) {
                line[out++] = line[in++];
            } else {
                line[out++] = value;
            }
        }
        if (out < line.length) {
            line[out] = 0;
        }
        return words;
    }

    /** Cuts what the loader has handed over. Called once, before all others. */
    @Uninterruptible(reason = BootInformation.REASON)
    static void cut() {
        words = split(BootInformation.commandLine(), STARTS);
    }

    /** Where in the cut line a word starts. */
    @Uninterruptible(reason = BootInformation.REASON)
    static int start(int word) {
        return STARTS[word];
    }

    @Uninterruptible(reason = BootInformation.REASON)
    static int words() {
        return words;
    }

    /**
     * The words as a C program's argument vector, a program name first; null if memory ran out.
     * {@link #count} says how many there are.
     */
    @Uninterruptible(reason = BootInformation.REASON)
    public static Pointer toArguments() {
        byte[] line = BootInformation.commandLine();
        long vectorBytes = (words + 2L) * Long.BYTES;
        Pointer vector =
                WordFactory.pointer(Memory.allocate(vectorBytes + PROGRAM.length + line.length));
        if (vector.isNull()) {
            return vector;
        }
        Pointer program = vector.add((int) vectorBytes);
        Pointer text = program.add(PROGRAM.length);
        copy(PROGRAM, program);
        copy(line, text);
        vector.writeWord(0, program);
        for (int i = 0; i < words; i++) {
            vector.writeWord((i + 1) * Long.BYTES, text.add(STARTS[i]));
        }
        vector.writeWord((words + 1) * Long.BYTES, WordFactory.nullPointer());
        return vector;
    }

    /** How many words {@link #toArguments} found, the program's name included. */
    @Uninterruptible(reason = BootInformation.REASON)
    public static int count() {
        return words + 1;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void copy(byte[] from, Pointer to) {
        for (int i = 0; i < from.length; i++) {
            to.writeByte(i, from[i]);
        }
    }
}
