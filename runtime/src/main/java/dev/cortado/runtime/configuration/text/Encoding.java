package dev.cortado.runtime.configuration.text;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** How bytes are wrapped where only text may stand (cloud-init, module write_files). */
public enum Encoding {
    NONE(false, false),
    BASE64(true, false),
    GZIP(false, true),
    GZIP_BASE64(true, true);

    /** RFC 1952, 2.3.1. */
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final boolean base64;
    private final boolean gzip;

    Encoding(boolean base64, boolean gzip) {
        this.base64 = base64;
        this.gzip = gzip;
    }

    /**
     * By one of the names that cloud-init knows.
     *
     * @throws ConfigurationException it is none of them
     */
    public static Encoding of(String name) throws ConfigurationException {
        return switch (name.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "", "text/plain" -> NONE;
            case "b64", "base64" -> BASE64;
            case "gz", "gzip" -> GZIP;
            case "gz+b64", "gz+base64", "gzip+b64", "gzip+base64" -> GZIP_BASE64;
            default -> throw new ConfigurationException('"' + name + "\" is no known encoding");
        };
    }

    /**
     * The bytes without their wrapping.
     *
     * @throws ConfigurationException they are not wrapped so, or are more than that many
     */
    public byte[] decode(byte[] wrapped, int mostBytes) throws ConfigurationException {
        byte[] bytes = base64 ? unwrap(wrapped) : wrapped;
        byte[] all = gzip ? decompress(bytes, mostBytes) : bytes;
        if (all.length > mostBytes) {
            throw new ConfigurationException("more than " + mostBytes + " bytes");
        }
        return all;
    }

    /** With or without line ends and padding, as people have it. */
    private static byte[] unwrap(byte[] text) throws ConfigurationException {
        byte[] dense = new byte[text.length];
        int length = 0;
        for (byte character : text) {
            if (character != '\n' && character != '\r' && character != ' ' && character != '\t') {
                dense[length++] = character;
            }
        }
        try {
            return Base64.getDecoder().decode(Arrays.copyOf(dense, length));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("it is no base64");
        }
    }

    private static byte[] decompress(byte[] bytes, int mostBytes) throws ConfigurationException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] all = in.readNBytes(mostBytes);
            if (in.read() >= 0) {
                throw new ConfigurationException("decompressed, more than " + mostBytes + " bytes");
            }
            return all;
        } catch (IOException e) {
            throw new ConfigurationException("it is no gzip: " + e.getMessage());
        }
    }

    /** A document's text, which may be compressed though nobody says so. */
    public static String document(byte[] bytes) throws ConfigurationException {
        boolean isCompressed =
                bytes.length >= GZIP_MAGIC.length
                        && bytes[0] == GZIP_MAGIC[0]
                        && bytes[1] == GZIP_MAGIC[1];
        Encoding encoding = isCompressed ? GZIP : NONE;
        return text(encoding.decode(bytes, Limits.DOCUMENT_BYTES));
    }

    /**
     * Bytes as text in UTF-8, without a byte order mark.
     *
     * @throws ConfigurationException they are none
     */
    public static String text(byte[] bytes) throws ConfigurationException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("it is no text in UTF-8");
        }
    }
}
