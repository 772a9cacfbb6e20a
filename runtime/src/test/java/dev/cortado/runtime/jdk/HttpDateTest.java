package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HttpDateTest {
    /** As the JDK's HTTP server has it. */
    private static final DateTimeFormatter SERVERS =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.US)
                    .withZone(ZoneId.of("GMT"));

    private static final long YEARS_9999 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** RFC 9110, 5.6.7. */
    @Test
    void asTheSpecificationHasIt() {
        Instant instant = Instant.parse("1994-11-06T08:49:37Z");
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.FORMATTER.format(instant));
    }

    @Test
    void asTheServersOwn() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(YEARS_9999), i);
            assertEquals(SERVERS.format(instant), HttpDate.FORMATTER.format(instant));
        }
    }
}
