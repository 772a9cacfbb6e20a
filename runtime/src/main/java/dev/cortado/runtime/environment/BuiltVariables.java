package dev.cortado.runtime.environment;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that an image is built with, as the builder tells them to the compiler: {@code
 * NAME=value} with {@code &} between, encoded as forms are, so that the text is ASCII in one line.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">
 *     application/x-www-form-urlencoded</a>
 */
public final class BuiltVariables {
    private BuiltVariables() {}

    /**
     * Reads them.
     *
     * @return by name, sorted
     * @throws IllegalArgumentException if it is no such text, or a name is empty or has an equals
     *     sign, or there is a NUL
     */
    public static Map<String, String> parse(String text) {
        Map<String, String> variables = new TreeMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : decode(pair.substring(0, equals));
            String value = decode(pair.substring(equals + 1));
            if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
                throw new IllegalArgumentException("variable \"" + name + "\" is none");
            }
            variables.put(name, value);
        }
        return variables;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
