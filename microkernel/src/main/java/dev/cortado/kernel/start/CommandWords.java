package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Cuts a text into words, as a shell does: white space parts them, double quotes keep it, a
 * backslash takes the next character as it is.
 */
final class CommandWords {
    private final PhysicalMemory memory;

    CommandWords(PhysicalMemory memory) {
        this.memory = memory;
    }

    /**
     * Cuts it in place: afterwards the words stand there one behind the other, each ended by a 0.
     *
     * @param bytes of the text, of which a 0 ends it earlier; one more byte can be written
     * @return how many words there are
     */
    @Uninterruptible(reason = BootInformation.REASON)
    int split(long text, int bytes) {
        int words = 0;
        int out = 0;
        boolean inWord = false;
        boolean quoted = false;
        int in = 0;
        while (in < bytes && at(text, in) != 0) {
            byte value = at(text, in++);
            boolean space = value == ' ' || value == '\t' || value == '\n' || value == '\r';
            if (space && !quoted) {
                if (inWord) {
                    memory.writeByte(text + out++, (byte) 0);
                    inWord = false;
                }
                continue;
            }
            if (!inWord) {
                words++;
                inWord = true;
            }
            if (value == '"') {
                quoted = !quoted;
            } else if (value == '\\' && in < bytes && at(text, in) != 0) {
                memory.writeByte(text + out++, at(text, in++));
            } else {
                memory.writeByte(text + out++, value);
            }
        }
        if (inWord) {
            memory.writeByte(text + out, (byte) 0);
        }
        return words;
    }

    /** Whether one of the words, the first of which is given, may be an option of the runtime. */
    @Uninterruptible(reason = BootInformation.REASON)
    boolean haveOption(long first, int words) {
        long word = first;
        for (int i = 0; i < words; i++) {
            if (memory.readByte(word) == '-' && memory.readByte(word + 1) != 'D') {
                return true;
            }
            word = next(word);
        }
        return false;
    }

    /** The word behind a word, of which there is one. */
    @Uninterruptible(reason = BootInformation.REASON)
    long next(long word) {
        long end = word;
        while (memory.readByte(end) != 0) {
            end++;
        }
        return end + 1;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    boolean is(long word, byte[] text) {
        return startsWith(word, text) && memory.readByte(word + text.length) == 0;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    boolean startsWith(long word, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (memory.readByte(word + i) != text[i]) {
                return false; // a 0 at the word's end as well
            }
        }
        return true;
    }

    /** Whether one of the texts is how the word begins. */
    @Uninterruptible(reason = BootInformation.REASON)
    boolean startsWithOne(long word, byte[][] texts) {
        for (byte[] text : texts) {
            if (startsWith(word, text)) {
                return true;
            }
        }
        return false;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private byte at(long text, int position) {
        return memory.readByte(text + position);
    }
}
