package dev.cortado.image.cli;

import dev.cortado.image.progress.ConsoleProgress;
import dev.cortado.image.progress.Style;

/** The terminal that the command was started from, if there is one. */
final class Terminal {
    private Terminal() {}

    /** How messages on standard error may look. */
    static Style style() {
        var console = System.console();
        return Style.of(console != null && console.isTerminal(), System.getenv());
    }

    /** Progress goes to standard error: standard output is for results. */
    static ConsoleProgress progress(boolean verbose) {
        return new ConsoleProgress(System.err, style(), verbose);
    }
}
