package dev.cortado.runtime.jdk;

/** Process numbers. */
final class Processes {
    static final long SELF = 1;

    /** Asks for all of them. */
    static final long ANY = 0;

    static final long NONE = -1;

    private Processes() {}
}
