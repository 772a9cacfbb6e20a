package dev.cortado.image.preflight;

/**
 * Something that the user should know before a minute goes into compiling.
 *
 * @param severity whether the build can go on
 * @param where jar, class and line, as far as they are known
 * @param what what is wrong, and what to do
 */
public record Finding(Severity severity, String where, String what) {

    /** Whether the build can go on. */
    public enum Severity {
        /** It cannot: the image would not be built, or would not work. */
        ERROR,
        /** It can: the code in question may never run. */
        WARNING
    }

    static Finding error(String where, String what) {
        return new Finding(Severity.ERROR, where, what);
    }

    static Finding warning(String where, String what) {
        return new Finding(Severity.WARNING, where, what);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
