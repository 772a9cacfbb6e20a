package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A little of everything that is in java.base; examples/tour has more. */
final class BaseLibraryTest {
    @Test
    void text() {
        assertEquals("1,234.50 |  ab", String.format(Locale.ROOT, "%,.2f |%4s", 1234.5, "ab"));
        assertEquals(List.of("a", "b", "c"), List.of("a1b22c".split("\\d+")));
        assertTrue(
                Pattern.compile("(?i)CAF\u00c9", Pattern.UNICODE_CASE).matcher("caf\u00e9").find());
        assertEquals("STRASSE", "stra\u00dfe".toUpperCase(Locale.ROOT));
        byte[] utf8 = "caf\u00e9 \u2615 \ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        assertEquals("636166c3a920e2989520f09f9880", HexFormat.of().formatHex(utf8));
        assertEquals("caf\u00e9 \u2615 \ud83d\ude00", new String(utf8, StandardCharsets.UTF_8));
    }

    @Test
    void numbers() {
        BigInteger prime = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
        assertTrue(prime.isProbablePrime(20));
        assertEquals("170141183460469231731687303715884105727", prime.toString());
        assertEquals(0x1.921fb54442d18p1, Double.parseDouble("3.141592653589793"));
        assertEquals("3.141592653589793", Double.toString(Math.PI));
        assertEquals(-1L, Long.parseUnsignedLong("18446744073709551615"));
    }

    @Test
    void streams() {
        Map<Integer, List<String>> byLength =
                List.of("one", "two", "three", "four").stream()
                        .collect(
                                Collectors.groupingBy(
                                        String::length, TreeMap::new, Collectors.toList()));
        assertEquals("{3=[one, two], 4=[four], 5=[three]}", byLength.toString());
        assertEquals(338_350, IntStream.rangeClosed(1, 100).map(i -> i * i).sum());
    }

    @Test
    void dates() {
        LocalDate leap = LocalDate.of(2024, 2, 28).plusDays(1);
        assertEquals("2024-02-29", leap.toString());
        assertEquals(
                1_700_000_000,
                ZonedDateTime.parse("2023-11-14T22:13:20Z").toInstant().getEpochSecond());
        assertEquals("PT1H1M1S", Duration.ofSeconds(3661).toString());
        assertEquals("Thursday", DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH).format(leap));
    }

    @Test
    void digestsAndRandomNumbers() throws GeneralSecurityException {
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest("abc".getBytes(StandardCharsets.US_ASCII));
        // FIPS 180-2, appendix B.1
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                HexFormat.of().formatHex(digest));
        assertNotEquals(UUID.randomUUID(), UUID.randomUUID());
        SecureRandom random = new SecureRandom();
        assertNotEquals(random.nextLong(), random.nextLong());
        assertEquals(
                "Y29ydGFkbw==",
                Base64.getEncoder().encodeToString("cortado".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void compression() throws IOException {
        byte[] data = "espresso and milk, ".repeat(500).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(data);
        }
        assertTrue(packed.size() < 300, () -> packed.size() + " bytes");
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            assertArrayEquals(data, in.readAllBytes());
        }
    }

    @Test
    void directBuffers() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < buffer.capacity() / 8; i++) {
            assertEquals(0, buffer.getLong(i * 8));
            buffer.putLong(i * 8, i * 0x0101010101010101L);
        }
        assertEquals(3, buffer.get(3 * 8 + 7));
        assertEquals(ByteBuffer.wrap(new byte[] {5, 5}), buffer.slice(40, 2));
    }

    @Test
    void theSystem() {
        assertTrue(Runtime.getRuntime().availableProcessors() >= 1);
        assertTrue(Runtime.getRuntime().maxMemory() >= 16 << 20);
        assertTrue(Runtime.getRuntime().totalMemory() <= Runtime.getRuntime().maxMemory());
        assertEquals(25, Runtime.version().feature());
        assertNotNull(System.getProperty("java.version"));
        assertEquals("\n", System.lineSeparator());
        assertTrue(ProcessHandle.current().pid() >= 0);
        assertEquals(null, System.getenv("NO_SUCH_VARIABLE"));
    }
}
