package dev.cortado.runtime.environment;

import dev.cortado.boot.layout.KernelWords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the command line says of the environment: words such as {@code cortado.env=NAME=value}, of
 * which the last one of a name counts. The value is what is behind the name's equals sign, and may
 * be empty or have more of them.
 */
public final class EnvironmentWords {
    private EnvironmentWords() {}

    /**
     * Reads words.
     *
     * @param words each beginning with {@link KernelWords#ENVIRONMENT}, with its bytes, which
     *     should be UTF-8, for characters
     * @param problems is told of each word that is no good, and is left out, in one line, which has
     *     its name but never its value, as that may be a secret
     */
    public static Map<String, String> read(List<String> words, Consumer<String> problems) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String word : words) {
            String text = word.substring(KernelWords.ENVIRONMENT.length());
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            try {
                if (equals < 0) {
                    throw new IllegalArgumentException("it has no equals sign behind the name");
                }
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("the name is empty");
                }
                variables.put(decode(name), decode(text.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                problems.accept(
                        "command line: %s%s: %s; left out"
                                .formatted(
                                        KernelWords.ENVIRONMENT,
                                        name.replaceAll("[^ -~]", "?"),
                                        e.getMessage()));
            }
        }
        return variables;
    }

    private static String decode(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }
}
