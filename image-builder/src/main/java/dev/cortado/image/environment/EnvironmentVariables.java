package dev.cortado.image.environment;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.image.UserError;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Variables that a program can have. Errors name them, and never show a value, which may be a
 * secret.
 *
 * @param values by name
 */
public record EnvironmentVariables(SortedMap<String, String> values) {
    public static final EnvironmentVariables NONE = of(Map.of());

    /** In the place of what is no text in the locale of who says it. */
    private static final char UNKNOWN = '\uFFFD';

    /**
     * @throws UserError if a name is empty or has an equals sign, if there is a zero byte or what
     *     is no UTF-8, or if all together are longer than a guest takes
     */
    public EnvironmentVariables {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        long bytes = 0;
        for (Map.Entry<String, String> each : values.entrySet()) {
            String name = each.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new UserError(
                        "environment: \"%s\" is no variable's name: it has at least one character, and no equals sign"
                                .formatted(name));
            }
            bytes += bytes(name, name) + 1 + bytes(name, each.getValue()) + 1;
        }
        if (bytes > KernelWords.TOTAL_CAPACITY) {
            throw new UserError(
                    "environment: the variables have %,d bytes, and there is room for %,d: put some into a file or a resource of the program"
                            .formatted(bytes, KernelWords.TOTAL_CAPACITY));
        }
    }

    /** Those of any map, of which null stands for an empty value. */
    public static EnvironmentVariables of(Map<String, String> variables) {
        SortedMap<String, String> values = new TreeMap<>();
        variables.forEach((name, value) -> values.put(name, value == null ? "" : value));
        return new EnvironmentVariables(values);
    }

    private static int bytes(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new UserError("environment: variable %s has a zero byte in it".formatted(name));
        }
        try {
            if (text.indexOf(UNKNOWN) < 0) {
                ByteBuffer bytes =
                        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
                return bytes.remaining();
            }
        } catch (CharacterCodingException e) {
            throw noText(name);
        }
        throw noText(name);
    }

    private static UserError noText(String name) {
        return new UserError(
                "environment: variable %s is not UTF-8, or the locale is another: try with LC_ALL=C.UTF-8"
                        .formatted(name));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** For the kernel, a word each. */
    public List<String> words() {
        return values.entrySet().stream()
                .map(each -> KernelWords.ENVIRONMENT + each.getKey() + "=" + each.getValue())
                .toList();
    }

    /**
     * One line of ASCII that the guest's features read while the image is built.
     *
     * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">
     *     application/x-www-form-urlencoded</a>
     */
    public String encoded() {
        return values.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
