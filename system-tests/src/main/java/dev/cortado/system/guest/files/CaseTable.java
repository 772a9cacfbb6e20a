package dev.cortado.system.guest.files;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Runs cases, and makes a line of each: what was done, what came of it, and what changed. */
final class CaseTable {
    private static final Pattern LONG_NAME = Pattern.compile("n{10,}");

    private final String root;
    private final Map<String, String> labels;
    private final Fixture fixture;
    private final Consumer<String> lines;
    private final int stride;
    private int passed;
    private int count;

    /**
     * @param root what paths in the lines are relative to
     * @param labels what stands for some paths there
     * @param stride only one of so many cases is run
     */
    CaseTable(
            String root,
            Map<String, String> labels,
            Fixture fixture,
            int stride,
            Consumer<String> lines) {
        this.stride = stride;
        this.root = root;
        this.labels = labels;
        this.fixture = fixture;
        this.lines = lines;
    }

    int count() {
        return count;
    }

    /**
     * Does it with each operand. What a call has changed that has failed is seen only in the end:
     * to look takes longer than the call.
     */
    <T> void run(Operation<T> operation, Collection<T> operands) throws IOException {
        for (T operand : operands) {
            run(operation, operand);
        }
        List<String> changes = fixture.changes();
        if (!changes.isEmpty()) {
            lines.accept(shown(operation.name() + " fails -> " + String.join(", ", changes)));
        }
    }

    private <T> void run(Operation<T> operation, T operand) throws IOException {
        if (passed++ % stride != 0) {
            return;
        }
        String result;
        boolean isDone;
        try {
            Object value = operation.action().on(operand);
            isDone = value != null && !value.equals(false) && !operation.isQuestion();
            result = text(value);
        } catch (Exception e) {
            isDone = false;
            result = text(e);
        }
        List<String> changes = isDone ? fixture.changes() : List.of();
        String changed = changes.isEmpty() ? "" : " | " + String.join(", ", changes);
        String line = operation.name() + " " + operand + " -> " + result + changed;
        lines.accept(shown(line));
        count++;
    }

    private static String text(Object result) {
        return result instanceof Object[] several ? Arrays.toString(several) : "" + result;
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        String cause = error.getCause() == null ? "" : " by " + text(error.getCause());
        return error.getClass().getName() + (message == null ? "" : ": " + message) + cause;
    }

    /** Without what depends on where it runs, and in one line. */
    private String shown(String line) {
        String shown = line;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            shown = shown.replace(label.getKey(), "<" + label.getValue() + ">");
        }
        shown = shown.replace(root, "");
        shown = LONG_NAME.matcher(shown).replaceAll(name -> "n*" + name.group().length());
        return shown.replace("\n", "\\n").replace("\0", "\\0");
    }
}
