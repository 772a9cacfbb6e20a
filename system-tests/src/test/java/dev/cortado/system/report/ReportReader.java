package dev.cortado.system.report;

import dev.cortado.system.report.TestRecord.Expanded;
import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Skipped;
import dev.cortado.system.report.TestRecord.Started;
import dev.cortado.system.report.TestResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a guest's console: takes the records out, and gives what lies between them to the test that
 * was running. Nothing on the console makes it fail; what is wrong ends up in the report.
 */
public final class ReportReader {
    /** A line that does not end is passed on in pieces of this size, bytes. */
    private static final int MOST_LINE_BYTES = 1 << 20;

    private static final class Entry {
        final Planned test;
        final StringBuilder output = new StringBuilder();
        Verdict verdict;
        boolean expanded;

        Entry(Planned test) {
            this.test = test;
        }

        boolean isOpen() {
            return verdict == null && !expanded;
        }
    }

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<Integer, Entry> tests = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ConsoleTail tail = new ConsoleTail();
    private PlanBegun begun;
    private PlanEnded ended;
    private Entry running;

    /**
     * The next bytes from the console.
     *
     * @return how many records they completed
     */
    public int accept(byte[] bytes, int count) {
        int records = 0;
        for (int i = 0; i < count; i++) {
            line.write(bytes[i]);
            if (bytes[i] == '\n' || line.size() == MOST_LINE_BYTES) {
                records += takeLine() ? 1 : 0;
            }
        }
        return records;
    }

    /** Whether the guest has said that nothing follows. */
    public boolean isEnded() {
        return ended != null;
    }

    /**
     * The console has ended.
     *
     * @param ending how the guest ended, for the tests that it did not report
     */
    public SuiteReport finish(String ending) {
        takeLine();
        String last = tail.toString();
        if (begun == null) {
            faults.add("no plan of tests was announced");
        }
        if (ended == null) {
            faults.add("the guest did not report the end of its tests: " + ending);
        }
        List<TestResult> results = new ArrayList<>();
        for (Entry entry : tests.values()) {
            if (entry.isOpen()) {
                entry.verdict = lost(entry, ending);
            }
            if (!entry.expanded) {
                results.add(
                        new TestResult(
                                entry.test.className(),
                                entry.test.name(),
                                entry.verdict,
                                entry.output.toString()));
            }
        }
        checkCounts(results);
        return new SuiteReport(results, faults, last);
    }

    private Verdict lost(Entry entry, String ending) {
        if (entry == running) {
            return new Verdict.Lost(
                    "The guest ended while this test ran: "
                            + ending
                            + ". What it wrote:\n"
                            + Excerpt.of(entry.output.toString()));
        }
        if (ended != null) {
            return new Verdict.Lost("The guest never reported this test, though it went on.");
        }
        String where = running == null ? "" : ", in " + running.test.name();
        return new Verdict.Lost(
                "The guest ended before it reported this test" + where + ": " + ending + ".");
    }

    private void checkCounts(List<TestResult> results) {
        if (ended == null) {
            return;
        }
        PlanEnded counted =
                new PlanEnded(
                        count(results, Verdict.Passed.class),
                        count(results, Verdict.Failed.class),
                        count(results, Verdict.Skipped.class));
        if (!counted.equals(ended)) {
            faults.add("the guest says " + ended + ", but its records are " + counted);
        }
    }

    private static int count(List<TestResult> results, Class<? extends Verdict> kind) {
        return (int) results.stream().filter(test -> kind.isInstance(test.verdict())).count();
    }

    /** Looks at the line, perhaps an unfinished one; says whether it holds a record. */
    private boolean takeLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        tail.add(text);
        int marker = text.indexOf(RecordCodec.MARKER);
        if (marker < 0) {
            output(text);
            return false;
        }
        output(text.substring(0, marker));
        String record = text.substring(marker);
        if (!record.endsWith("\n")) {
            fault("a record is cut short", record);
            return false;
        }
        try {
            take(RecordCodec.decode(record.substring(0, record.length() - 1)), record);
            return true;
        } catch (MalformedRecordException e) {
            fault(e.getMessage(), record);
            return false;
        }
    }

    private void output(String text) {
        if (running != null) {
            running.output.append(text);
        }
    }

    private void fault(String what, String record) {
        faults.add(what + ": " + record.strip());
        output(record);
    }

    private void take(TestRecord record, String text) {
        switch (record) {
            case PlanBegun plan -> {
                if (begun != null) {
                    fault("a second plan", text);
                }
                begun = plan;
            }
            case Planned test -> {
                if (tests.putIfAbsent(test.number(), new Entry(test)) != null) {
                    fault("the number is taken", text);
                }
            }
            case Started started -> {
                if (begun != null && tests.size() < begun.tests()) {
                    fault("announced were " + begun.tests() + " tests, not " + tests.size(), text);
                    begun = new PlanBegun(tests.size());
                }
                Entry entry = open(started.number(), text);
                if (running != null) {
                    fault("another test is still running", text);
                }
                running = entry;
            }
            case Passed passed ->
                    close(passed.number(), new Verdict.Passed(passed.nanoseconds()), text);
            case Failed failed ->
                    close(
                            failed.number(),
                            new Verdict.Failed(failed.nanoseconds(), failed.failure()),
                            text);
            case Skipped skipped ->
                    close(skipped.number(), new Verdict.Skipped(skipped.reason()), text);
            case Expanded expanded -> {
                Entry entry = open(expanded.number(), text);
                if (entry != null) {
                    entry.expanded = true;
                }
            }
            case PlanEnded end -> ended = end;
        }
    }

    private Entry open(int number, String text) {
        Entry entry = tests.get(number);
        if (entry == null || !entry.isOpen()) {
            fault("there is no such test, or it is over", text);
            return null;
        }
        return entry;
    }

    private void close(int number, Verdict verdict, String text) {
        Entry entry = open(number, text);
        if (entry != null) {
            if (verdict instanceof Verdict.Passed && entry != running) {
                fault("the test has not been started", text);
                return;
            }
            entry.verdict = verdict;
            if (entry == running) {
                running = null;
            }
        }
    }
}
