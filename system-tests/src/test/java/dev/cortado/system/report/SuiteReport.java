package dev.cortado.system.report;

import java.util.List;

/**
 * What a guest has told about its tests.
 *
 * @param tests in the order in which they were announced
 * @param faults what is wrong with the report itself; none if the guest told all there is
 * @param tail the last lines of the console
 */
public record SuiteReport(List<TestResult> tests, List<String> faults, String tail) {
    public SuiteReport {
        tests = List.copyOf(tests);
        faults = List.copyOf(faults);
    }
}
