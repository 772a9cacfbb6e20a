package dev.cortado.image.compile;

import dev.cortado.image.progress.ProgressEvent;
import dev.cortado.image.progress.ProgressListener;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what the compiler prints: its steps, its warnings, and why it failed. */
final class CompilerOutput {
    /** Such as {@code [2/8] Performing analysis... [***]}, which grows while the step runs. */
    private static final Pattern STEP = Pattern.compile("\\[(\\d)/(\\d)\\] ([^.\\[]+)\\.\\.\\.");

    /** An error of the program's, or the exception that an error inside the compiler has thrown. */
    private static final Pattern ERROR =
            Pattern.compile("(?:(?:Fatal e|E)rror: |\\s*> (?:[\\w.$]+: )?)(.*)");

    /** Where the compiler has found an object that cannot be in an image, and begins its trace. */
    private static final String TRACE = "Object was reached by";

    private static final Pattern WARNING = Pattern.compile("Warning: (.*)");
    private static final int MOST_LINES = 10_000;

    private final ProgressListener listener;
    private final StringBuilder line = new StringBuilder();
    private final List<String> lines = new ArrayList<>();
    private boolean stepSeen;

    CompilerOutput(ProgressListener listener) {
        this.listener = listener;
    }

    /** Reads until the end. */
    void follow(Reader output) throws IOException {
        char[] buffer = new char[1024];
        for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
            for (int i = 0; i < n; i++) {
                add(buffer[i]);
            }
        }
        if (!line.isEmpty()) {
            endOfLine();
        }
    }

    /** The error message with the lines that belong to it, or the last lines if there is none. */
    String failure() {
        for (int i = 0; i < lines.size(); i++) {
            Matcher error = ERROR.matcher(lines.get(i));
            if (error.matches()) {
                return message(error.group(1), i + 1) + culprit(i + 1);
            }
        }
        List<String> last = lines.stream().filter(text -> !text.isBlank()).toList();
        return String.join("; ", last.subList(Math.max(0, last.size() - 3), last.size()));
    }

    /**
     * An error goes on for a few lines, up to a stack trace or the final remarks, or to an empty
     * line, unless that stands around an option within a sentence.
     */
    private String message(String first, int next) {
        StringBuilder message = new StringBuilder(first);
        for (int i = next; i < Math.min(lines.size(), next + 6); i++) {
            String more = lines.get(i).strip();
            boolean within = endsWith(message, " ") || endsWith(message, "'");
            if (more.isEmpty() && within) {
                continue;
            }
            if (more.isEmpty() || more.startsWith("at ") || more.startsWith("---")) {
                break;
            }
            if (within || endsWith(message, ":")) {
                message.append(endsWith(message, " ") ? "" : " ").append(more);
            } else {
                message.append("; ").append(more);
            }
        }
        return message.toString().strip();
    }

    /** Where an object is that cannot be in an image, if the error tells of one. */
    private String culprit(int next) {
        List<String> after = lines.subList(next, lines.size()).stream().map(String::strip).toList();
        int trace = after.indexOf(TRACE);
        if (trace < 0) {
            return "";
        }
        String reached = String.join(" ", after.stream().skip(trace + 1L).limit(2).toList());
        return "; it was reached by %s: the class that holds it can be left to the guest"
                        .formatted(reached)
                + " (--initialize-at-run-time=CLASS)";
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.toString().endsWith(end);
    }

    private void add(char c) {
        if (c == '\n') {
            endOfLine();
        } else if (c != '\r') {
            line.append(c);
            if (c == '.' && !stepSeen) {
                lookForStep();
            }
        }
    }

    private void lookForStep() {
        Matcher step = STEP.matcher(line);
        if (step.lookingAt()) {
            stepSeen = true;
            int number = Integer.parseInt(step.group(1));
            int count = Integer.parseInt(step.group(2));
            listener.on(new ProgressEvent.Step(step.group(3), number, count));
        }
    }

    private void endOfLine() {
        String text = line.toString();
        line.setLength(0);
        stepSeen = false;
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.add(text);
        Matcher warning = WARNING.matcher(text);
        if (warning.matches()) {
            listener.warn(warning.group(1));
        }
        listener.on(new ProgressEvent.Output(text));
    }
}
