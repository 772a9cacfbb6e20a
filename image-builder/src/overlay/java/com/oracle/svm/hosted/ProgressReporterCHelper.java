package com.oracle.svm.hosted;

/**
 * Stands in for the builder's class of the same name, which asks a native library of a GraalVM
 * installation for the terminal's width and the memory used. There is no such library here: the
 * compiler's output goes through a pipe to the image builder, which shows it in its own way.
 */
public final class ProgressReporterCHelper {
    static final int MAX_CHARACTERS_PER_LINE = 120;

    private ProgressReporterCHelper() {}

    public static int getTerminalWindowColumnsClamped() {
        return MAX_CHARACTERS_PER_LINE;
    }

    public static int getTerminalWindowColumns() {
        return MAX_CHARACTERS_PER_LINE;
    }

    /** Peak memory use in bytes; -1 means that it is not known. */
    public static long getPeakRSS() {
        return -1;
    }
}
