package dev.cortado.system.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of a console: what is to be seen when a guest has died. */
final class ConsoleTail {
    private static final int MOST_LINES = 80;
    private static final int MOST_CHARACTERS = 400;

    private final Deque<String> lines = new ArrayDeque<>();

    /** A line, which is shortened if it is a long one. */
    void add(String line) {
        String text = line.stripTrailing().replace(RecordCodec.MARKER, "[test] ");
        if (text.isEmpty()) {
            return;
        }
        if (text.length() > MOST_CHARACTERS) {
            text = text.substring(0, MOST_CHARACTERS) + "...";
        }
        lines.addLast(text);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
