package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cortado.system.report.GuestFailure;
import dev.cortado.system.report.SuiteReport;
import dev.cortado.system.report.TestResult;
import dev.cortado.system.report.TestResult.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** A guest's tests as tests of JUnit's. */
public final class SuiteNodes {
    private SuiteNodes() {}

    /** A container for each class, and a test that nothing is missing. */
    public static Stream<DynamicNode> of(SuiteReport report) {
        Map<String, List<TestResult>> classes =
                report.tests().stream()
                        .collect(
                                Collectors.groupingBy(
                                        TestResult::className,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Stream<DynamicNode> containers =
                classes.entrySet().stream()
                        .map(entry ->
                                dynamicContainer(
                                        simpleName(entry.getKey()),
                                        entry.getValue().stream().map(test -> node(test))));
        DynamicNode whole = dynamicTest("report is whole", () -> whole(report));
        return Stream.concat(containers, Stream.of(whole));
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static DynamicNode node(TestResult test) {
        return dynamicTest(test.name(), () -> show(test));
    }

    private static void show(TestResult test) {
        System.out.print(test.output());
        switch (test.verdict()) {
            case Verdict.Passed passed -> {
                // So it is well.
            }
            case Verdict.Failed failed -> throw new GuestFailure(failed.failure());
            case Verdict.Skipped skipped -> abort(skipped.reason());
            case Verdict.Lost lost -> throw new AssertionError(lost.why());
        }
    }

    private static void whole(SuiteReport report) {
        assertEquals(List.of(), report.faults(), report::tail);
        assertFalse(report.tests().isEmpty(), report::tail);
    }
}
