package dev.cortado.kernel.console;

import com.oracle.svm.core.Uninterruptible;

/**
 * What a terminal's keys mean to a program that reads lines, as POSIX has it (IEEE Std 1003.1, 11.1
 * "General Terminal Interface", canonical mode): the terminal sends each key at once and shows
 * nothing by itself. Enter, which sends CR, ends a line; so does CR LF, as some programs send it.
 */
final class LineDiscipline {
    private static final byte INTERRUPT = 3; // Ctrl-C
    private static final byte END_OF_FILE = 4; // Ctrl-D
    private static final byte BACKSPACE = 8;
    private static final byte KILL = 0x15; // Ctrl-U
    private static final byte DELETE = 0x7f;
    private static final int MOST_ECHO = 3;

    private final InputQueue queue;
    private final byte[] echo = new byte[MOST_ECHO];
    private int echoed;
    private boolean afterReturn;

    LineDiscipline(InputQueue queue) {
        this.queue = queue;
    }

    /** Takes a key; true if it asks for the program's end. */
    @Uninterruptible(reason = Console.REASON)
    boolean accept(byte key) {
        echoed = 0;
        boolean secondOfPair = afterReturn && key == '\n';
        afterReturn = key == '\r';
        if (secondOfPair) {
            return false;
        }
        switch (key) {
            case INTERRUPT -> {
                return true;
            }
            case END_OF_FILE -> endOfFile();
            case BACKSPACE, DELETE -> erase();
            case KILL -> kill();
            case '\r', '\n' -> {
                show((byte) '\r');
                show((byte) '\n');
                queue.add((byte) '\n');
                queue.commit();
            }
            default -> {
                show(key);
                queue.add(key);
                if (queue.isFull()) {
                    queue.commit(); // or nobody could ever read it
                }
            }
        }
        return false;
    }

    /** It ends the input only at the beginning of a line; elsewhere the line goes as it is. */
    @Uninterruptible(reason = Console.REASON)
    private void endOfFile() {
        if (queue.hasUncommitted()) {
            queue.commit();
        } else {
            queue.end();
        }
    }

    /** Of UTF-8, a character is erased, not a byte (RFC 3629, 3). */
    @Uninterruptible(reason = Console.REASON)
    private void erase() {
        if (!queue.hasUncommitted()) {
            return;
        }
        byte value = queue.last();
        while (queue.takeBack() && (value & 0xc0) == 0x80 && queue.hasUncommitted()) {
            value = queue.last();
        }
        show(BACKSPACE);
        show((byte) ' ');
        show(BACKSPACE);
    }

    @Uninterruptible(reason = Console.REASON)
    private void kill() {
        while (queue.takeBack()) {
            // the whole line
        }
        show((byte) '\r');
        show((byte) '\n');
    }

    @Uninterruptible(reason = Console.REASON)
    private void show(byte value) {
        echo[echoed++] = value;
    }

    /** How many bytes the last key is to show. */
    @Uninterruptible(reason = Console.REASON)
    int echoed() {
        return echoed;
    }

    @Uninterruptible(reason = Console.REASON)
    byte echo(int index) {
        return echo[index];
    }
}
