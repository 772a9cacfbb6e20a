package dev.cortado.examples.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Files of the image: resources below {@code static}. Which there are is known beforehand. */
final class StaticFiles {
    private static final Map<String, String> TYPES =
            Map.of("/index.html", "text/html; charset=utf-8", "/robots.txt", "text/plain");

    private StaticFiles() {}

    /** The file of that path, null if there is none. */
    static Answer find(String path) throws IOException {
        String type = TYPES.get(path);
        if (type == null) {
            return null;
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream("/static" + path)) {
            return in == null ? null : new Answer(200, type, in.readAllBytes());
        }
    }
}
