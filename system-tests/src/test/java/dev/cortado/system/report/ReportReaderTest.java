package dev.cortado.system.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.report.TestRecord.Expanded;
import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Skipped;
import dev.cortado.system.report.TestRecord.Started;
import dev.cortado.system.report.TestResult.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReportReaderTest {
    private static final Failure FAILURE =
            new Failure(
                    "Error",
                    Optional.of("expected"),
                    List.of(new Failure.Frame("A", "fails", Optional.empty(), 7)),
                    Optional.empty(),
                    List.of());

    private static final String WHOLE =
            "booting\n"
                    + line(new PlanBegun(4))
                    + line(new Planned(0, "A", "passes"))
                    + line(new Planned(1, "A", "fails"))
                    + line(new Planned(2, "B", "skipped"))
                    + line(new Planned(3, "B", "many"))
                    + line(new Started(0))
                    + "from the first\nunfinished"
                    + line(new Passed(0, 5))
                    + "between\n"
                    + line(new Started(1))
                    + "caf\u00e9\n"
                    + line(new Failed(1, 6, FAILURE))
                    + line(new Skipped(2, "no reason"))
                    + line(new Planned(4, "B", "many [1]"))
                    + line(new Started(4))
                    + line(new Passed(4, 7))
                    + line(new Expanded(3))
                    + line(new PlanEnded(2, 1, 1))
                    + "bye\n";

    private static String line(TestRecord record) {
        return RecordCodec.encode(record) + "\n";
    }

    private static SuiteReport read(String console) {
        return read(console.getBytes(StandardCharsets.UTF_8));
    }

    private static SuiteReport read(byte[] console) {
        ReportReader reader = new ReportReader();
        reader.accept(console, console.length);
        return reader.finish("its exit code is 71");
    }

    private static Verdict verdict(SuiteReport report, String name) {
        return report.tests().stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aWholeReport() {
        SuiteReport report = read(WHOLE);
        assertEquals(List.of(), report.faults());
        assertEquals(
                List.of(
                        new TestResult(
                                "A", "passes", new Verdict.Passed(5), "from the first\nunfinished"),
                        new TestResult("A", "fails", new Verdict.Failed(6, FAILURE), "caf\u00e9\n"),
                        new TestResult("B", "skipped", new Verdict.Skipped("no reason"), ""),
                        new TestResult("B", "many [1]", new Verdict.Passed(7), "")),
                report.tests());
        assertTrue(report.tail().endsWith("\nbye"), report.tail());
    }

    @Test
    void bytesMayComeInAnyPieces() {
        byte[] console = WHOLE.getBytes(StandardCharsets.UTF_8);
        SuiteReport expected = read(console);
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            ReportReader reader = new ReportReader();
            int records = 0;
            for (int at = 0; at < console.length; ) {
                int count = Math.min(console.length - at, 1 + random.nextInt(50));
                records += reader.accept(Arrays.copyOfRange(console, at, at + count), count);
                at += count;
            }
            assertEquals(15, records);
            assertEquals(expected, reader.finish("ended"));
        }
    }

    /** Wherever it stops: what was told is kept, and the rest is not taken for well. */
    @Test
    void aReportCutShortAnywhere() {
        byte[] console = WHOLE.getBytes(StandardCharsets.UTF_8);
        SuiteReport expected = read(console);
        int end = console.length - "bye\n".length();
        for (int length = 0; length < end; length++) {
            SuiteReport report = read(Arrays.copyOf(console, length));
            assertTrue(!report.faults().isEmpty(), "cut at " + length);
            for (TestResult test : report.tests()) {
                TestResult whole = find(expected, test);
                if (test.verdict() instanceof Verdict.Lost lost) {
                    assertTrue(lost.why().contains("its exit code is 71"), lost.why());
                } else {
                    assertEquals(whole.verdict(), test.verdict());
                }
            }
        }
    }

    /** A test that is several when it is run stands for itself before. */
    private static TestResult find(SuiteReport report, TestResult test) {
        return report.tests().stream()
                .filter(other -> other.name().equals(test.name()))
                .findFirst()
                .orElse(test);
    }

    @Test
    void theRunningTestAndThoseAfterItAreLost() {
        SuiteReport report =
                read(
                        line(new PlanBegun(3))
                                + line(new Planned(0, "A", "first"))
                                + line(new Planned(1, "A", "second"))
                                + line(new Planned(2, "A", "third"))
                                + line(new Started(0))
                                + line(new Passed(0, 1))
                                + line(new Started(1))
                                + "panic: page fault\n");
        assertInstanceOf(Verdict.Passed.class, verdict(report, "first"));
        String second = ((Verdict.Lost) verdict(report, "second")).why();
        assertTrue(second.startsWith("The guest ended while this test ran"), second);
        assertTrue(second.endsWith("panic: page fault"), second);
        assertTrue(report.tail().endsWith("panic: page fault"), report.tail());
        String third = ((Verdict.Lost) verdict(report, "third")).why();
        assertTrue(
                third.startsWith("The guest ended before it reported this test, in second"), third);
        assertEquals("panic: page fault\n", report.tests().get(1).output());
    }

    @Test
    void ofALongLastOutputBeginningAndEndAreTold() {
        StringBuilder output = new StringBuilder("panic: page fault\n");
        for (int i = 0; i < 10_000; i++) {
            output.append("frame ").append(i).append('\n');
        }
        SuiteReport report =
                read(
                        line(new PlanBegun(1))
                                + line(new Planned(0, "A", "first"))
                                + line(new Started(0))
                                + output);
        String why = ((Verdict.Lost) verdict(report, "first")).why();
        assertTrue(why.contains("panic: page fault\nframe 0\n"), why);
        assertTrue(why.contains("... (9921 lines) ..."), why);
        assertTrue(why.endsWith("frame 9999"), why);
    }

    @Test
    void aPanicInTheMiddleOfARecord() {
        String record = line(new Passed(0, 1));
        SuiteReport report =
                read(
                        line(new PlanBegun(1))
                                + line(new Planned(0, "A", "first"))
                                + line(new Started(0))
                                + record.substring(0, 12)
                                + "\npanic: double fault\n");
        assertInstanceOf(Verdict.Lost.class, verdict(report, "first"));
        assertEquals(2, report.faults().size(), report.faults()::toString);
    }

    @Test
    void aRecordWithoutItsLineEndIsCutShort() {
        SuiteReport report = read(WHOLE.substring(0, WHOLE.length() - "\nbye\n".length()));
        assertTrue(report.faults().getFirst().startsWith("a record is cut short"));
    }

    @Test
    void aTestThatIsNeverReportedIsLost() {
        SuiteReport report =
                read(
                        line(new PlanBegun(2))
                                + line(new Planned(0, "A", "first"))
                                + line(new Planned(1, "A", "second"))
                                + line(new Started(0))
                                + line(new Passed(0, 1))
                                + line(new PlanEnded(1, 0, 0)));
        assertEquals(List.of(), report.faults());
        assertInstanceOf(Verdict.Lost.class, verdict(report, "second"));
    }

    @Test
    void wrongSequencesAreFaults() {
        String begin =
                line(new PlanBegun(2))
                        + line(new Planned(0, "A", "first"))
                        + line(new Planned(1, "A", "second"));
        List<String> wrong =
                List.of(
                        line(new PlanBegun(2)),
                        line(new Planned(1, "A", "again")),
                        line(new Started(7)),
                        line(new Passed(0, 1)),
                        line(new Passed(7, 1)),
                        line(new Expanded(7)),
                        line(new Started(0)) + line(new Started(1)),
                        line(new Skipped(0, "")) + line(new Skipped(0, "")),
                        line(new Started(0)) + line(new Passed(0, 1)) + line(new Started(0)));
        for (String records : wrong) {
            SuiteReport report = read(begin + records);
            assertEquals(2, report.faults().size(), records);
        }
    }

    @Test
    void anIncompletePlanIsAFault() {
        SuiteReport report =
                read(
                        line(new PlanBegun(2))
                                + line(new Planned(0, "A", "first"))
                                + line(new Started(0))
                                + line(new Passed(0, 1))
                                + line(new PlanEnded(1, 0, 0)));
        assertEquals(1, report.faults().size(), report.faults()::toString);
    }

    @Test
    void countsThatDoNotAgreeAreAFault() {
        SuiteReport report =
                read(
                        WHOLE.replace(line(new PlanEnded(2, 1, 1)), "")
                                + line(new PlanEnded(3, 0, 1)));
        assertEquals(1, report.faults().size(), report.faults()::toString);
    }

    @Test
    void anythingAtAllIsRead() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            byte[] console = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(20); i >= 0; i--) {
                console[random.nextInt(console.length)] = (byte) random.nextInt();
            }
            assertTrue(read(console).tests().size() <= 5);
        }
    }

    @Test
    void aGuestThatReportsNothingAtAll() {
        SuiteReport report = read("too little memory\n");
        assertEquals(List.of(), report.tests());
        assertEquals(2, report.faults().size(), report.faults()::toString);
        assertEquals("too little memory", report.tail());
    }

    @Test
    void neitherALineNorTheTailGrowsWithoutEnd() {
        byte[] endless = new byte[3 << 20];
        Arrays.fill(endless, (byte) 'x');
        List<String> pieces = read(endless).tail().lines().toList();
        assertEquals(3, pieces.size());
        assertTrue(pieces.getFirst().length() < 1_000);
        assertEquals(80, read("again\n".repeat(1_000)).tail().lines().count());
    }
}
