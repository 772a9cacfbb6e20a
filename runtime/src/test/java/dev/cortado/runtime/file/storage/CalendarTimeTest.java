package dev.cortado.runtime.file.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarTimeTest {
    /** Each day of those years whose nanoseconds are a number. */
    @Test
    void agreesWithTheJdk() {
        LocalDateTime time = LocalDateTime.of(1678, 1, 1, 23, 59, 58);
        while (time.getYear() < 2262) {
            long nanos =
                    CalendarTime.nanos(
                            time.getYear(),
                            time.getMonthValue(),
                            time.getDayOfMonth(),
                            time.getHour(),
                            time.getMinute(),
                            time.getSecond());
            assertEquals(time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000, nanos);
            time = time.plus(1, ChronoUnit.DAYS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1677, 1, 1, 0, 0, 0",
        "2262, 1, 1, 0, 0, 0",
        "2000, 0, 1, 0, 0, 0",
        "2000, 13, 1, 0, 0, 0",
        "2000, 1, 0, 0, 0, 0",
        "2000, 1, 32, 0, 0, 0",
        "2000, 1, 1, 24, 0, 0",
        "2000, 1, 1, 0, 60, 0",
        "2000, 1, 1, 0, 0, 61",
        "2000, 1, 1, -1, 0, 0",
    })
    void whatIsNoTimeIsTheFirst(int year, int month, int day, int hour, int minute, int second) {
        assertEquals(0, CalendarTime.nanos(year, month, day, hour, minute, second));
    }
}
