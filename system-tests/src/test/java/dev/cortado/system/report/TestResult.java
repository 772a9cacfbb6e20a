package dev.cortado.system.report;

/**
 * What became of one test.
 *
 * @param className the test's class
 * @param output what appeared on the console while it ran
 */
public record TestResult(String className, String name, Verdict verdict, String output) {
    /** Whether it is well. */
    public sealed interface Verdict {
        record Passed(long nanoseconds) implements Verdict {}

        record Failed(long nanoseconds, Failure failure) implements Verdict {}

        record Skipped(String reason) implements Verdict {}

        /** It was announced, but never reported. */
        record Lost(String why) implements Verdict {}
    }
}
