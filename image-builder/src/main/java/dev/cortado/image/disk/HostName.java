package dev.cortado.image.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of files of the host as {@link NameText}. A {@link Path} has a name's bytes, but its text
 * and what is made of text are those that the JVM's locale has characters for; its URI has all.
 */
final class HostName {
    /** In the place of what is no text. */
    private static final char UNKNOWN = '\uFFFD';

    private static final String FILE = "file://";

    private HostName() {}

    /** The text of a path, absolute or not. */
    static String text(Path path) {
        String text = path.toString();
        return text.indexOf(UNKNOWN) < 0 ? text : NameText.of(bytes(path));
    }

    private static byte[] bytes(Path path) {
        String raw = path.toUri().getRawPath();
        int from = path.isAbsolute() ? 0 : here().length();
        // A directory's has one at its end.
        int to = raw.length() > from + 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = from; at < to; at++) {
            if (raw.charAt(at) == '%') {
                bytes.write(HexFormat.fromHexDigits(raw, at + 1, at + 3));
                at += 2;
            } else {
                bytes.write(raw.charAt(at));
            }
        }
        return bytes.toByteArray();
    }

    /**
     * The path with a text.
     *
     * @throws IOException if no file of the host can be called so
     */
    static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return path(NameText.bytes(text));
        }
    }

    private static Path path(byte[] name) throws IOException {
        boolean isAbsolute = name.length > 0 && name[0] == '/';
        StringBuilder raw = new StringBuilder(FILE).append(isAbsolute ? "" : here());
        for (byte each : name) {
            raw.append(each == '/' ? "/" : "%" + HexFormat.of().toHexDigits(each));
        }
        try {
            Path path = Path.of(URI.create(raw.toString()));
            int here = Path.of("").toAbsolutePath().getNameCount();
            return isAbsolute ? path : path.subpath(here, path.getNameCount());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "no file can be called \"" + NameText.shown(NameText.of(name)) + "\"", e);
        }
    }

    /** The working directory, with a slash behind it. */
    private static String here() {
        return Path.of("").toUri().getRawPath();
    }
}
