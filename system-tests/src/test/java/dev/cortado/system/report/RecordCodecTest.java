package dev.cortado.system.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.report.TestRecord.Failed;
import dev.cortado.system.report.TestRecord.Passed;
import dev.cortado.system.report.TestRecord.Skipped;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordCodecTest {
    @Test
    void everyRecordComesBack() throws MalformedRecordException {
        RandomRecords records = new RandomRecords(1);
        for (int i = 0; i < 5_000; i++) {
            TestRecord record = records.next();
            String line = RecordCodec.encode(record);
            assertTrue(line.startsWith(RecordCodec.MARKER));
            assertTrue(line.substring(1).chars().allMatch(c -> c >= ' ' && c <= '~'), line);
            assertEquals(record, RecordCodec.decode(line));
        }
    }

    @Test
    void looksLikeThis() {
        String record = RecordCodec.encode(new Skipped(7, "not \\ here\n"));
        // The checksum is one that Python's zlib.crc32 gave.
        assertEquals("\u001etest: skip 7 not\\s\\\\\\shere\\u000a ddfa6f1a", record);
    }

    @Test
    void aRecordCutShortAnywhereIsNone() {
        RandomRecords records = new RandomRecords(2);
        for (int i = 0; i < 200; i++) {
            String line = RecordCodec.encode(records.next());
            for (int length = 0; length < line.length(); length++) {
                String cut = line.substring(0, length);
                assertThrows(MalformedRecordException.class, () -> RecordCodec.decode(cut), cut);
            }
        }
    }

    @Test
    void aRecordWithSomethingInItsMiddleIsNone() {
        RandomRecords records = new RandomRecords(3);
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            String line = RecordCodec.encode(records.next());
            int at = random.nextInt(line.length() + 1);
            String spoilt = line.substring(0, at) + "panic: " + line.substring(at);
            assertThrows(MalformedRecordException.class, () -> RecordCodec.decode(spoilt), spoilt);
        }
    }

    @Test
    void aChangedCharacterIsNoticed() {
        RandomRecords records = new RandomRecords(5);
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder line = new StringBuilder(RecordCodec.encode(records.next()));
            int at = random.nextInt(line.length());
            line.setCharAt(at, (char) (line.charAt(at) ^ 1 << random.nextInt(7)));
            assertThrows(MalformedRecordException.class, () -> RecordCodec.decode(line.toString()));
        }
    }

    /** Right checksums, wrong contents: as from another version. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense 1",
                "",
                "pass",
                "pass 1",
                "pass 1 2 3",
                "pass -1 2",
                "pass 99999999999 2",
                "pass one 2",
                "skip 1 \\q",
                "skip 1 \\u12",
                "skip 1 \\uzzzz",
                "skip 1 \\",
                "fail 1 2 E \\0 257 0 0",
                "fail 1 2 E \\0 1 C m F",
                "fail 1 2 E \\0 0 2 0",
                "fail 1 2 E \\0 0 0 1001"
            })
    void contentsAreChecked(String body) {
        String line = RecordCodec.MARKER + body + " " + RecordCodec.checksum(body);
        assertThrows(MalformedRecordException.class, () -> RecordCodec.decode(line));
    }

    @Test
    void aThrowableIsToldWithItsCauses() throws MalformedRecordException {
        Exception cause = new IllegalStateException("cause");
        RuntimeException throwable = new RuntimeException(null, cause);
        throwable.addSuppressed(new Error("suppressed"));
        cause.initCause(throwable);
        Failure failure = Failure.of(throwable);
        assertEquals("java.lang.RuntimeException", failure.className());
        assertTrue(failure.message().isEmpty());
        assertEquals("suppressed", failure.suppressed().getFirst().message().orElseThrow());
        Failure inner = failure.cause().orElseThrow();
        assertEquals("cause", inner.message().orElseThrow());
        assertTrue(inner.cause().isEmpty(), "a circle is told once");
        assertEquals("aThrowableIsToldWithItsCauses", failure.frames().getFirst().method());
        Failed record = new Failed(1, 2, failure);
        assertEquals(record, RecordCodec.decode(RecordCodec.encode(record)));
    }

    @Test
    void veryLongStacksAreShortened() throws MalformedRecordException {
        StackOverflowError error = assertThrows(StackOverflowError.class, () -> recurse(0));
        assertTrue(error.getStackTrace().length > Failure.MOST_FRAMES);
        Failed record = new Failed(1, 2, Failure.of(error));
        assertEquals(Failure.MOST_FRAMES, record.failure().frames().size());
        assertEquals(record, RecordCodec.decode(RecordCodec.encode(record)));
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void longChainsOfCausesAreShortened() throws MalformedRecordException {
        Exception chain = new Exception("0");
        for (int i = 1; i < 50; i++) {
            chain = new Exception(Integer.toString(i), chain);
        }
        Failed record = new Failed(1, 2, Failure.of(chain));
        assertEquals(record, RecordCodec.decode(RecordCodec.encode(record)));
    }

    @Test
    void anExceptionWhoseMessageFailsIsToldToo() {
        Exception awkward =
                new Exception() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException();
                    }
                };
        assertTrue(Failure.of(awkward).message().orElseThrow().contains("IllegalState"));
    }

    @Test
    void numbersAreWhole() throws MalformedRecordException {
        Passed record = new Passed(Integer.MAX_VALUE, Long.MIN_VALUE);
        assertEquals(record, RecordCodec.decode(RecordCodec.encode(record)));
    }
}
