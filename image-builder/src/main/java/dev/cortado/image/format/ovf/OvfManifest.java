package dev.cortado.image.format.ovf;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The digests of a package's files, a line each. */
final class OvfManifest {
    private static final Pattern LINE =
            Pattern.compile("(SHA1|SHA256|SHA512) ?\\((.{1,200})\\) ?= ?([0-9a-fA-F]{40,128})");

    private static final int MOST_BYTES = 1 << 16;
    private static final int PIECE_BYTES = 1 << 16;

    private final StringBuilder text = new StringBuilder();

    void add(String name, byte[] contents) {
        line(name, ContentHash.sha256().digest(contents));
    }

    void add(String name, ByteSource contents) {
        line(name, digest(ContentHash.sha256(), contents));
    }

    private void line(String name, byte[] digest) {
        text.append("SHA256(%s)= %s\n".formatted(name, HexFormat.of().formatHex(digest)));
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Refuses a file that is not as a manifest says; one that it does not name is not checked.
     *
     * @throws dev.cortado.image.UserError that names it
     */
    static void require(ByteSource manifest, String name, ByteSource contents) {
        if (manifest.size() > MOST_BYTES) {
            throw manifest.unsupported("its manifest has more than %d bytes", MOST_BYTES);
        }
        byte[] text = manifest.bytes(0, (int) manifest.size(), "the manifest").array();
        new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(line -> line.matches() && line.group(2).equals(name))
                .forEach(line -> require(line, contents));
    }

    private static void require(Matcher line, ByteSource contents) {
        String algorithm = line.group(1).replace("SHA", "SHA-");
        byte[] digest = digest(ContentHash.named(algorithm), contents);
        if (!HexFormat.of().formatHex(digest).equalsIgnoreCase(line.group(3))) {
            String name = line.group(2).replaceAll("\\p{Cntrl}", "?");
            throw contents.damaged("%s is not as its manifest says", name);
        }
    }

    private static byte[] digest(MessageDigest digest, ByteSource contents) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (long at = 0; at < contents.size(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, contents.size() - at));
            contents.read(at, piece);
            digest.update(piece.flip());
        }
        return digest.digest();
    }
}
