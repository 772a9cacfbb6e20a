package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.report.RecordCodec;
import dev.cortado.system.report.SuiteReport;
import dev.cortado.system.report.TestRecord;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Started;
import dev.cortado.system.report.TestResult.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guests that end in every way, played by a process of the host. */
final class GuestSuiteTest {
    /** The guest: its argument says how it ends. */
    public static final class Guest {
        /** Reports one test, begins another, and ends. */
        public static void main(String[] arguments) throws InterruptedException {
            tell(new PlanBegun(2));
            tell(new Planned(0, "A", "first"));
            tell(new Planned(1, "A", "second"));
            tell(new Started(0));
            tell(new Passed(0, 1));
            tell(new Started(1));
            System.out.print("last words");
            System.out.flush();
            switch (arguments[0]) {
                case "hangs" -> Thread.sleep(Duration.ofHours(1));
                case "talks" -> {
                    while (true) {
                        System.out.println("still here");
                        Thread.sleep(10);
                    }
                }
                case "dies" -> Runtime.getRuntime().halt(71);
                default -> {
                    tell(new Passed(1, 1));
                    tell(new PlanEnded(2, 0, 0));
                }
            }
        }

        private static void tell(TestRecord record) {
            System.out.println(RecordCodec.encode(record));
        }
    }

    private static SuiteReport run(String how) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Guest.class.getName(),
                        how);
        return GuestSuite.run(command, Duration.ofSeconds(3));
    }

    @Test
    void oneThatEndsWell() {
        SuiteReport report = run("well");
        assertEquals(List.of(), report.faults());
        assertEquals(2, report.tests().size());
        assertEquals("last words", report.tests().get(1).output());
        assertInstanceOf(Verdict.Passed.class, report.tests().get(1).verdict());
    }

    @Test
    void oneThatDies() {
        assertLost(run("dies"), "its exit code is 71");
    }

    @Test
    void oneThatHangs() {
        assertLost(run("hangs"), "it was ended, for it had reported nothing for 3 s");
    }

    /** Output is no sign of life: a test in an endless loop may print. */
    @Test
    void oneThatTalksButReportsNothing() {
        assertLost(run("talks"), "it was ended");
    }

    private static void assertLost(SuiteReport report, String why) {
        assertInstanceOf(Verdict.Passed.class, report.tests().get(0).verdict());
        Verdict.Lost lost = assertInstanceOf(Verdict.Lost.class, report.tests().get(1).verdict());
        assertTrue(lost.why().contains(why), lost.why());
        assertTrue(lost.why().contains("last words"), lost.why());
        assertEquals(1, report.faults().size(), report.faults()::toString);
    }
}
