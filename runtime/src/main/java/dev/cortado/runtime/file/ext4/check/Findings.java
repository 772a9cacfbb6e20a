package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.function.Consumer;

/** What was found, a line each. */
final class Findings {
    private final Consumer<String> listener;
    private long count;

    Findings(Consumer<String> listener) {
        this.listener = listener;
    }

    /** For what is looked at once more, and was told of before. */
    static Findings untold() {
        return new Findings(text -> {});
    }

    void add(String text, Object... arguments) {
        count++;
        listener.accept(text.formatted(arguments));
    }

    /**
     * Damage is a finding.
     *
     * @throws FileException if it is something else, which ends the check
     */
    void add(FileException e) throws FileException {
        if (e.errno() != Errno.EUCLEAN && e.errno() != Errno.EINVAL) {
            throw e;
        }
        add("%s", e.path() == null ? e.getMessage() : e.path());
    }

    long count() {
        return count;
    }
}
