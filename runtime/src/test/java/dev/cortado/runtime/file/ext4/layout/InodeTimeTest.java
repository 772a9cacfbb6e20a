package dev.cortado.runtime.file.ext4.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Linux, Documentation/filesystems/ext4/inodes.rst, "Inode Timestamps". */
final class InodeTimeTest {
    private static final long SECOND = 1_000_000_000;

    /** The table of the document: bits of the epoch, seconds as they are there, the time. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x80000000, -0x80000000",
        "0, 0xFFFFFFFF, -1",
        "0, 0, 0",
        "0, 0x7FFFFFFF, 0x7FFFFFFF",
        "1, 0x80000000, 0x80000000",
        "1, 0xFFFFFFFF, 0xFFFFFFFF",
        "1, 0, 0x100000000",
        "1, 0x7FFFFFFF, 0x17FFFFFFF",
        "2, 0x80000000, 0x180000000"
    })
    void table(int epoch, String raw, String seconds) {
        int low = (int) (long) Long.decode(raw);
        long nanos = Long.decode(seconds) * SECOND + 987_654_321;
        int extra = 987_654_321 << 2 | epoch;
        assertEquals(nanos, InodeTime.nanos(low, extra));
        assertEquals(low, (int) InodeTime.seconds(nanos, true));
        assertEquals(extra, InodeTime.extra(nanos));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE + 2, -SECOND, -1, 0, 1, SECOND, Long.MAX_VALUE})
    void anyTimeIsKeptAsFarAsItCanBe(long nanos) {
        long kept = InodeTime.nanos((int) InodeTime.seconds(nanos, true), InodeTime.extra(nanos));
        assertEquals(
                Math.max(Math.floorDiv(nanos, SECOND), Integer.MIN_VALUE),
                Math.floorDiv(kept, SECOND));
        long whole = InodeTime.nanos((int) InodeTime.seconds(nanos, false), 0);
        assertEquals(
                Math.clamp(Math.floorDiv(nanos, SECOND), Integer.MIN_VALUE, Integer.MAX_VALUE),
                whole / SECOND);
    }

    @Test
    void whatIsTooLateIsTheLatest() {
        assertEquals(Long.MAX_VALUE, InodeTime.nanos(-1, 3));
        assertEquals(SECOND - 1, InodeTime.nanos(0, -4));
    }
}
