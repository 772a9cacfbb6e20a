package dev.cortado.system.report;

/**
 * One thing that a guest tells about its tests. A run is {@link PlanBegun}, a {@link Planned} for
 * each test, then the tests' own records, and {@link PlanEnded}. Tests go by the number that their
 * {@link Planned} gave them. They run one after the other.
 */
public sealed interface TestRecord {
    /**
     * @param tests how many {@link Planned} follow before the first test starts
     */
    record PlanBegun(int tests) implements TestRecord {}

    /**
     * There is such a test. Those that JUnit finds only on the way, such as the invocations of a
     * parameterized test, are announced just before they start.
     *
     * @param className the full name of the test's class
     * @param name the test's name within it
     */
    record Planned(int number, String className, String name) implements TestRecord {}

    /** The test runs from now on, and what appears on the console is its output. */
    record Started(int number) implements TestRecord {}

    record Passed(int number, long nanoseconds) implements TestRecord {}

    record Failed(int number, long nanoseconds, Failure failure) implements TestRecord {}

    /** The test was not run, or ended early because an assumption of its does not hold. */
    record Skipped(int number, String reason) implements TestRecord {}

    /** It was not a test but several, which have been announced and reported themselves. */
    record Expanded(int number) implements TestRecord {}

    /** Nothing follows; the numbers are those of the tests reported so. */
    record PlanEnded(int passed, int failed, int skipped) implements TestRecord {}
}
