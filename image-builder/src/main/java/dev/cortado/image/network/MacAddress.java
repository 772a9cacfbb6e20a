package dev.cortado.image.network;

import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An address of one network card (IEEE 802, 48 bits).
 *
 * @param text six bytes in lower-case hexadecimal with colons between them
 */
public record MacAddress(String text) {
    private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final int BYTES = 6;
    private static final int GROUP = 1;
    private static final int LOCALLY_ADMINISTERED = 2;

    /**
     * Understands {@code 52:54:00:12:34:56}, also with dashes.
     *
     * @throws UserError if it is not the address of one card
     */
    public static MacAddress parse(String word) {
        String text = word.strip().toLowerCase(java.util.Locale.ROOT).replace('-', ':');
        if (!FORMAT.matcher(text).matches()) {
            throw new UserError(
                    "--mac %s is no MAC address: write six bytes, such as 52:54:00:12:34:56"
                            .formatted(word));
        }
        if ((Integer.parseInt(text.substring(0, 2), 16) & GROUP) != 0) {
            throw new UserError(
                    "--mac %s is the address of a group: its first byte has to be even"
                            .formatted(word));
        }
        if (text.equals("00:00:00:00:00:00")) {
            throw new UserError("--mac %s is the address of no card".formatted(word));
        }
        return new MacAddress(text);
    }

    /**
     * One of the locally administered ones. It is the same at each start of the image in the same
     * place, built again or not, so that a DHCP server gives the same lease.
     *
     * @param network what it is in: guests of one image have other addresses in other networks
     */
    static MacAddress ofImage(Path image, String network) {
        String name = image.toAbsolutePath().normalize() + "\0" + network;
        byte[] hash = sha256(name.getBytes(StandardCharsets.UTF_8));
        hash[0] = (byte) (hash[0] & ~GROUP | LOCALLY_ADMINISTERED);
        return new MacAddress(HexFormat.ofDelimiter(":").formatHex(hash, 0, BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
