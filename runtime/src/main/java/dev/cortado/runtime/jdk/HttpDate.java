package dev.cortado.runtime.jdk;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Dates as HTTP has them, such as {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). */
final class HttpDate {
    /** Of names, in English. */
    private static final int LETTERS = 3;

    /** Takes any instant. */
    static final DateTimeFormatter FORMATTER =
            new DateTimeFormatterBuilder()
                    .appendText(ChronoField.DAY_OF_WEEK, names(DayOfWeek.values()))
                    .appendPattern("', 'dd' '")
                    .appendText(ChronoField.MONTH_OF_YEAR, names(Month.values()))
                    .appendPattern("' 'uuuu' 'HH':'mm':'ss' GMT'")
                    .toFormatter(Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The first letters of each, by its number from 1; in their order, as the image has them. */
    private static Map<Long, String> names(Enum<?>[] all) {
        Map<Long, String> names = new LinkedHashMap<>();
        for (Enum<?> each : all) {
            String name = each.name();
            names.put(
                    each.ordinal() + 1L,
                    name.charAt(0) + name.substring(1, LETTERS).toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
