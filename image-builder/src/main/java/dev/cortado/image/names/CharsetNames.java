package dev.cortado.image.names;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which strings are names of charsets. */
final class CharsetNames {
    /** All that {@link java.nio.charset.StandardCharsets} has and every image, too. */
    private static final Set<String> ALWAYS_THERE =
            Set.of("US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE");

    /** The words and numbers that are aliases, as "greek" and "850", mostly mean something else. */
    private static final Pattern NAME =
            Pattern.compile("GBK|(?=.*[A-Za-z])(?=.*[0-9_-])[A-Za-z0-9][\\w.:+-]{3,39}");

    private CharsetNames() {}

    /** The charset's canonical name, if the string is one of its names. */
    static Optional<String> find(String string) {
        if (!NAME.matcher(string).matches() || !Charset.isSupported(string)) {
            return Optional.empty();
        }
        String name = Charset.forName(string).name();
        return ALWAYS_THERE.contains(name) ? Optional.empty() : Optional.of(name);
    }
}
