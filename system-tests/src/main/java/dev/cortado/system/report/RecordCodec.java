package dev.cortado.system.report;

import dev.cortado.system.report.TestRecord.Expanded;
import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.PlanBegun;
import dev.cortado.system.report.TestRecord.PlanEnded;
import dev.cortado.system.report.TestRecord.Planned;
import dev.cortado.system.report.TestRecord.Skipped;
import dev.cortado.system.report.TestRecord.Started;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Records as lines of ASCII: {@link #MARKER}, the record's kind, its fields (see {@link
 * FieldWriter}), and the CRC-32 of kind and fields in eight hexadecimal digits. A program may have
 * left its line unfinished, so a record may begin in the middle of a line; it ends with the line.
 */
public final class RecordCodec {
    /** Begins with a control character, so that no program prints it by chance. */
    public static final String MARKER = "\u001etest: ";

    private static final int CHECKSUM_DIGITS = 8;
    private static final int MOST_SUPPRESSED = 1000;

    private RecordCodec() {}

    /** The record's line, without its end. */
    public static String encode(TestRecord record) {
        FieldWriter out = new FieldWriter();
        switch (record) {
            case PlanBegun begun -> out.text("plan").number(begun.tests());
            case Planned test ->
                    out.text("test").number(test.number()).text(test.className()).text(test.name());
            case Started test -> out.text("start").number(test.number());
            case Passed test -> out.text("pass").number(test.number()).number(test.nanoseconds());
            case Failed test -> {
                out.text("fail").number(test.number()).number(test.nanoseconds());
                write(out, test.failure());
            }
            case Skipped test -> out.text("skip").number(test.number()).text(test.reason());
            case Expanded test -> out.text("expand").number(test.number());
            case PlanEnded ended ->
                    out.text("end")
                            .number(ended.passed())
                            .number(ended.failed())
                            .number(ended.skipped());
        }
        String body = out.toString();
        return MARKER + body + " " + checksum(body);
    }

    /**
     * @param line from {@link #MARKER} to its end, without the line feed
     * @throws MalformedRecordException if it is not as {@link #encode} has made it
     */
    public static TestRecord decode(String line) throws MalformedRecordException {
        int end = line.length() - CHECKSUM_DIGITS - 1;
        if (!line.startsWith(MARKER) || end < MARKER.length() || line.charAt(end) != ' ') {
            throw new MalformedRecordException("the record is cut short");
        }
        String body = line.substring(MARKER.length(), end);
        if (!line.substring(end + 1).equals(checksum(body))) {
            throw new MalformedRecordException("the checksum is wrong");
        }
        FieldReader in = new FieldReader(body);
        TestRecord record = read(in);
        in.end();
        return record;
    }

    private static TestRecord read(FieldReader in) throws MalformedRecordException {
        String kind = in.text();
        return switch (kind) {
            case "plan" -> new PlanBegun(in.count(Integer.MAX_VALUE));
            case "test" -> new Planned(in.count(Integer.MAX_VALUE), in.text(), in.text());
            case "start" -> new Started(in.count(Integer.MAX_VALUE));
            case "pass" -> new Passed(in.count(Integer.MAX_VALUE), in.number());
            case "fail" -> new Failed(in.count(Integer.MAX_VALUE), in.number(), failure(in, 1));
            case "skip" -> new Skipped(in.count(Integer.MAX_VALUE), in.text());
            case "expand" -> new Expanded(in.count(Integer.MAX_VALUE));
            case "end" ->
                    new PlanEnded(
                            in.count(Integer.MAX_VALUE),
                            in.count(Integer.MAX_VALUE),
                            in.count(Integer.MAX_VALUE));
            default -> throw new MalformedRecordException("no such kind of record: " + kind);
        };
    }

    private static void write(FieldWriter out, Failure failure) {
        out.text(failure.className()).text(failure.message()).number(failure.frames().size());
        for (Failure.Frame frame : failure.frames()) {
            out.text(frame.className())
                    .text(frame.method())
                    .text(frame.file())
                    .number(frame.line());
        }
        out.number(failure.cause().isPresent() ? 1 : 0).number(failure.suppressed().size());
        failure.cause().ifPresent(cause -> write(out, cause));
        failure.suppressed().forEach(other -> write(out, other));
    }

    private static Failure failure(FieldReader in, int depth) throws MalformedRecordException {
        if (depth > Failure.MOST_DEPTH) {
            throw new MalformedRecordException("too many causes of causes");
        }
        String className = in.text();
        Optional<String> message = in.optionalText();
        int frameCount = in.count(Failure.MOST_FRAMES);
        List<Failure.Frame> frames = new ArrayList<>();
        for (int i = 0; i < frameCount; i++) {
            frames.add(
                    new Failure.Frame(in.text(), in.text(), in.optionalText(), (int) in.number()));
        }
        boolean hasCause = in.count(1) == 1;
        int suppressedCount = in.count(MOST_SUPPRESSED);
        Optional<Failure> cause = hasCause ? Optional.of(failure(in, depth + 1)) : Optional.empty();
        List<Failure> suppressed = new ArrayList<>();
        for (int i = 0; i < suppressedCount; i++) {
            suppressed.add(failure(in, depth + 1));
        }
        return new Failure(className, message, frames, cause, suppressed);
    }

    static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(1L << 32 | crc.getValue()).substring(1);
    }
}
