package dev.cortado.runtime.configuration.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncodingTest {
    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The texts are cloud-init's example of write_files. */
    @ParameterizedTest
    @CsvSource({"b64", "base64", "B64"})
    void base64MayHaveLineEnds(String name) throws ConfigurationException {
        byte[] wrapped = ascii("IyBUaGlzIGZpbGUgY29udHJvbHMg\ndGhlIHN0YXRlIG9mIFNFTGludXg=\n");
        assertEquals(
                "# This file controls the state of SELinux",
                Encoding.text(Encoding.of(name).decode(wrapped, 100)));
    }

    @ParameterizedTest
    @CsvSource({"gz+b64", "gzip+base64", "gz+base64", "gzip+b64"})
    void gzipMayBeInBase64(String name) throws ConfigurationException {
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);
        byte[] wrapped = Base64.getMimeEncoder().encode(gzip(bytes));
        assertArrayEquals(bytes, Encoding.of(name).decode(wrapped, 1000));
        ConfigurationException e =
                assertThrows(
                        ConfigurationException.class, () -> Encoding.of(name).decode(wrapped, 999));
        assertEquals("decompressed, more than 999 bytes", e.getMessage());
    }

    @Test
    void whatIsNotWrappedSoIsRefused() throws ConfigurationException {
        assertThrows(ConfigurationException.class, () -> Encoding.of("rot13"));
        assertThrows(
                ConfigurationException.class, () -> Encoding.BASE64.decode(ascii("a*b="), 100));
        byte[] compressed = gzip(new byte[100]);
        for (int cut = 0; cut < compressed.length; cut++) {
            byte[] part = java.util.Arrays.copyOf(compressed, cut);
            assertThrows(ConfigurationException.class, () -> Encoding.GZIP.decode(part, 100));
        }
    }

    /** A megabyte of zeros has a kilobyte. */
    @Test
    void aBombIsRefusedInBoundedMemory() {
        byte[] bomb = gzip(new byte[64 << 20]);
        assertTrue(bomb.length < Limits.DOCUMENT_BYTES);
        assertThrows(ConfigurationException.class, () -> Encoding.document(bomb));
    }

    @Test
    void documentsAreTextPerhapsCompressed() throws ConfigurationException {
        byte[] text = "\ufeffgr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8);
        assertEquals("gr\u00fc\u00dfe", Encoding.document(text));
        assertEquals("gr\u00fc\u00dfe", Encoding.document(gzip(text)));
        assertThrows(
                ConfigurationException.class, () -> Encoding.document(new byte[] {(byte) 0xff}));
    }
}
