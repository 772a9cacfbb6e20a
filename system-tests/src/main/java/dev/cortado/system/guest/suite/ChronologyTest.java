package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.Chronology;
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Calendars, zones and currencies, whose data is in files of the JDK. */
final class ChronologyTest {
    private static final LocalDate DAY = LocalDate.of(2024, 5, 6);

    @Test
    void allChronologiesAreThere() {
        assertEquals(
                new TreeSet<>(
                        List.of("Hijrah-umalqura", "ISO", "Japanese", "Minguo", "ThaiBuddhist")),
                Chronology.getAvailableChronologies().stream()
                        .map(Chronology::getId)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals("Hijrah-umalqura", Chronology.of("islamic").getId());
    }

    @Test
    void calendars() {
        assertEquals("Hijrah-umalqura AH 1445-10-27", HijrahDate.from(DAY).toString());
        assertFalse(HijrahChronology.INSTANCE.isLeapYear(1445));
        assertEquals(
                "27 Shawwal 1445 AH",
                DateTimeFormatter.ofPattern("d MMMM y G", Locale.ENGLISH)
                        .withChronology(HijrahChronology.INSTANCE)
                        .format(DAY));
        assertEquals("Japanese Reiwa 6-05-06", JapaneseDate.from(DAY).toString());
        assertEquals("Minguo ROC 113-05-06", MinguoDate.from(DAY).toString());
        assertEquals("ThaiBuddhist BE 2567-05-06", ThaiBuddhistDate.from(DAY).toString());
    }

    @Test
    void zones() {
        ZoneId casablanca = ZoneId.of("Africa/Casablanca");
        assertEquals(
                "2024-07-01T12:00+01:00[Africa/Casablanca]",
                ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, casablanca).toString());
        assertTrue(
                ZoneId.of("Australia/Lord_Howe")
                        .getRules()
                        .isDaylightSavings(Instant.parse("2024-01-01T00:00:00Z")));
        assertTrue(ZoneId.getAvailableZoneIds().size() > 500);
        assertEquals(
                "Central European Summer Time",
                TimeZone.getTimeZone("Europe/Berlin")
                        .getDisplayName(true, TimeZone.LONG, Locale.ENGLISH));
    }

    @Test
    void currencies() {
        assertEquals("JPY", Currency.getInstance(Locale.JAPAN).getCurrencyCode());
        assertEquals(0, Currency.getInstance("JPY").getDefaultFractionDigits());
        assertTrue(Currency.getAvailableCurrencies().size() > 150);
    }
}
