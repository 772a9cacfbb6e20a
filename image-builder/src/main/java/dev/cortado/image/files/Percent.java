package dev.cortado.image.files;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Paths as URIs have them (RFC 3986, section 2.1): by their bytes, whatever encoding this machine
 * believes its files' names to be in.
 */
final class Percent {
    private Percent() {}

    /** A path of the guest. */
    static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /** A directory's URI, with a slash at its end. */
    static String directory(Path directory) {
        String uri = directory.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    /** The name of a file in a directory. */
    static String name(Path file) {
        String path = file.toUri().getRawPath();
        String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return whole.substring(whole.lastIndexOf('/') + 1);
    }

    /** How many bytes a name has; -1 if they are not UTF-8. */
    static int bytes(String name) {
        String plus = name.replace("+", "%2B");
        String bytes = URLDecoder.decode(plus, StandardCharsets.ISO_8859_1);
        ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
        int count = buffer.remaining();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(buffer);
            return count;
        } catch (CharacterCodingException e) {
            return -1;
        }
    }
}
