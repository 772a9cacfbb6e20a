package dev.cortado.system.guest.launcher;

import dev.cortado.system.report.Failure;
import dev.cortado.system.report.TestRecord;
import dev.cortado.system.report.TestRecord.Expanded;
import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Skipped;
import dev.cortado.system.report.TestRecord.Started;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Makes records of what JUnit does. The tests run one after the other, in JUnit's order. */
final class Reporter implements TestExecutionListener {
    private final Consumer<TestRecord> records;
    private final Map<UniqueId, Integer> numbers = new HashMap<>();
    private TestPlan plan;
    private int passed;
    private int failed;
    private int skipped;
    private long started;

    Reporter(Consumer<TestRecord> records) {
        this.records = records;
    }

    int planned() {
        return numbers.size();
    }

    int failed() {
        return failed;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan newPlan) {
        plan = newPlan;
        List<TestIdentifier> tests =
                plan.getRoots().stream()
                        .flatMap(root -> plan.getDescendants(root).stream())
                        .filter(test -> test.isTest() || isTemplate(test))
                        .toList();
        records.accept(new PlanBegun(tests.size()));
        tests.forEach(this::announce);
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        if (test.isTest()) {
            announce(test);
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            records.accept(new Started(number(test)));
            started = System.nanoTime();
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable throwable = result.getThrowable().orElse(null);
        if (result.getStatus() == Status.FAILED) {
            fail(test, throwable == null ? new AssertionError("no reason given") : throwable);
        } else if (result.getStatus() == Status.ABORTED) {
            skip(test, throwable == null ? "aborted" : throwable.toString());
        } else if (test.isTest()) {
            passed++;
            records.accept(new Passed(number(test), System.nanoTime() - started));
        } else if (isTemplate(test)) {
            records.accept(new Expanded(number(test)));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan oldPlan) {
        records.accept(new PlanEnded(passed, failed, skipped));
    }

    /** What fails outside its tests, such as a class's set-up, is reported as one more test. */
    private void fail(TestIdentifier test, Throwable throwable) {
        if (!numbers.containsKey(test.getUniqueIdObject())) {
            announce(test);
        }
        long time = test.isTest() ? System.nanoTime() - started : 0;
        failed++;
        records.accept(new Failed(number(test), time, Failure.of(throwable)));
    }

    private void skip(TestIdentifier test, String reason) {
        if (numbers.containsKey(test.getUniqueIdObject())) {
            skipped++;
            records.accept(new Skipped(number(test), reason));
        } else {
            plan.getChildren(test).forEach(child -> skip(child, reason));
        }
    }

    private void announce(TestIdentifier test) {
        int number = numbers.size();
        numbers.put(test.getUniqueIdObject(), number);
        records.accept(new Planned(number, className(test), name(test)));
    }

    private int number(TestIdentifier test) {
        return numbers.get(test.getUniqueIdObject());
    }

    /** A method that becomes several tests, known only when it is run. */
    private static boolean isTemplate(TestIdentifier test) {
        return test.isContainer() && test.getSource().orElse(null) instanceof MethodSource;
    }

    private static String className(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> method.getClassName();
            case ClassSource type -> type.getClassName();
            case null, default -> "?";
        };
    }

    /** A method's name; for one of several tests from a method, with what tells it apart. */
    private String name(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof MethodSource method) {
            boolean one = plan.getParent(test).filter(Reporter::isTemplate).isPresent();
            return method.getMethodName() + (one ? " " + test.getDisplayName() : "");
        }
        return test.getDisplayName();
    }
}
