package dev.cortado.image.build;

import dev.cortado.image.UserError;

/**
 * How many threads compile. More than one work in an order that is chance, and so is the image's.
 */
public final class CompilerThreads {
    /** As far as this, another one makes a build no shorter: JIT and garbage collector work too. */
    private static final int TOO_FEW = 2;

    private CompilerThreads() {}

    /**
     * @param reproducible whether the same inputs have to give the same bytes
     * @param wanted by the user; 0 if there is no wish
     * @throws UserError if the two exclude each other
     */
    public static int of(boolean reproducible, int wanted) {
        return of(reproducible, wanted, Runtime.getRuntime().availableProcessors());
    }

    static int of(boolean reproducible, int wanted, int processors) {
        if (wanted < 0) {
            throw new UserError(wanted + " threads cannot compile: name 1 or more");
        }
        if (reproducible && wanted > 1) {
            throw new UserError(
                    "a reproducible build is compiled by one thread, not by %d: leave one of the"
                                    .formatted(wanted)
                            + " two out");
        }
        if (reproducible) {
            return 1;
        }
        if (wanted > 0) {
            return wanted;
        }
        return processors > TOO_FEW ? processors : 1;
    }
}
