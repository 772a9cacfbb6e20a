package dev.cortado.system.report;

import java.util.ArrayList;
import java.util.List;

/** The beginning and the end of a long text: a panic says what happened first, and a lot then. */
final class Excerpt {
    private static final int FIRST_LINES = 40;
    private static final int LAST_LINES = 40;

    private Excerpt() {}

    static String of(String text) {
        List<String> lines = text.lines().toList();
        int left = lines.size() - FIRST_LINES - LAST_LINES;
        if (left <= 1) {
            return text.strip();
        }
        List<String> shown = new ArrayList<>(lines.subList(0, FIRST_LINES));
        shown.add("... (%d lines) ...".formatted(left));
        shown.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
        return String.join("\n", shown);
    }
}
