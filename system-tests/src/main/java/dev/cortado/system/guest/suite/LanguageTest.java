package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.text.Collator;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Languages and charsets that no image has but those whose programs name them. */
final class LanguageTest {
    private static final LocalDate LEAP_DAY = LocalDate.of(2024, 2, 29);

    @Test
    void numbers() {
        assertEquals("1.234.567,891", NumberFormat.getInstance(Locale.GERMANY).format(1234567.891));
        assertEquals("1\u202f234,5", NumberFormat.getInstance(Locale.FRANCE).format(1234.5));
        assertEquals(
                "R$\u00a01.234,50",
                NumberFormat.getCurrencyInstance(Locale.of("pt", "BR")).format(1234.5));
        assertEquals("1.234,50", String.format(Locale.GERMANY, "%,.2f", 1234.5));
    }

    @Test
    void dates() {
        DateTimeFormatter full = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
        assertEquals(
                "Donnerstag, 29. Februar 2024", full.withLocale(Locale.GERMANY).format(LEAP_DAY));
        assertEquals("jeudi 29 f\u00e9vrier 2024", full.withLocale(Locale.FRANCE).format(LEAP_DAY));
        assertEquals(
                "2024\u5e742\u670829\u65e5\u6728\u66dc\u65e5",
                full.withLocale(Locale.JAPAN).format(LEAP_DAY));
        assertEquals(
                "2024\u5e742\u670829\u65e5 \u661f\u671f\u56db",
                full.withLocale(Locale.forLanguageTag("zh-TW")).format(LEAP_DAY));
    }

    @Test
    void namesAndOrder() {
        assertEquals(
                "Deutsch (Schweiz)", Locale.forLanguageTag("de-CH").getDisplayName(Locale.GERMAN));
        assertEquals(1, Collator.getInstance(Locale.of("sv")).compare("\u00e4", "z"));
    }

    /** Named here, in code: annotations are not looked through. */
    @Test
    void charsets() throws Exception {
        check("windows-1252", "80e9");
        check("ISO-8859-15", "a4e9");
        check("IBM850", "3f82");
        check("GB18030", "a2e3a8a6");
        check("Shift_JIS", "3f3f");
        check("Cp1140", "9f51");
    }

    private static void check(String name, String bytes) throws Exception {
        byte[] encoded = "\u20ac\u00e9".getBytes(name);
        assertEquals(bytes, HexFormat.of().formatHex(encoded), name);
        assertArrayEquals(encoded, new String(encoded, name).getBytes(Charset.forName(name)));
    }
}
