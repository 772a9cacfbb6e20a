package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** java.time with fixed dates: arithmetic, zones with daylight saving, formats and parsing. */
final class TimeTopic implements Topic {
    private static final LocalDate JAVA_ONE = LocalDate.of(1996, 1, 23);

    @Override
    public String title() {
        return "java.time";
    }

    @Override
    public void show(PrintStream out) {
        LocalDate date = LocalDate.of(2025, 9, 16);
        out.println("between: " + Period.between(JAVA_ONE, date));
        out.println("days: " + ChronoUnit.DAYS.between(JAVA_ONE, date));
        out.println("end of February: " + LocalDate.of(2024, 1, 31).plusMonths(1));
        out.println("next Friday: " + date.with(TemporalAdjusters.next(DayOfWeek.FRIDAY)));
        out.println(
                "quarter: " + date.get(IsoFields.QUARTER_OF_YEAR) + ", leap: " + date.isLeapYear());
        out.println("month: " + YearMonth.of(2025, 2).lengthOfMonth() + " days");
        out.println("duration: " + Duration.ofSeconds(100_000).plusMillis(250));
        out.println("instant: " + Instant.ofEpochSecond(1_758_000_000L));

        ZonedDateTime beforeTheJump =
                ZonedDateTime.of(2025, 3, 30, 1, 30, 0, 0, ZoneId.of("Europe/Madrid"));
        out.println("before the jump: " + beforeTheJump);
        out.println("an hour later: " + beforeTheJump.plusHours(1));
        out.println("in Tokyo: " + beforeTheJump.withZoneSameInstant(ZoneId.of("Asia/Tokyo")));
        out.println(
                "offset: " + beforeTheJump.withZoneSameInstant(ZoneOffset.ofHoursMinutes(5, 45)));

        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);
        LocalDateTime parsed = LocalDateTime.parse("2025/09/16 14:05:09.120", format);
        out.println("parsed: " + parsed + ", formatted: " + format.format(parsed.plusDays(20)));
        out.println(
                "RFC 1123: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                parsed.atOffset(ZoneOffset.UTC)));
        try {
            LocalDate.parse("2025-02-30");
        } catch (DateTimeParseException e) {
            out.println("no such day: " + e.getMessage());
        }
    }
}
