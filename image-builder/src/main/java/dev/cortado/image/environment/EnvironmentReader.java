package dev.cortado.image.environment;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads variables as {@code docker run} has them in {@code --env} and {@code --env-file}: {@code
 * NAME=value}, or {@code NAME} for what the host has, which is nothing if the host has none. In a
 * file, that is a line; empty ones and those that begin with a hash sign are passed over, what is
 * before a name is cut off, and a value is all that follows, quotes and blanks included.
 */
public final class EnvironmentReader {
    private static final String WORD = "--env";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final UnaryOperator<String> host;
    private final SortedMap<String, String> variables = new TreeMap<>();

    private EnvironmentReader(UnaryOperator<String> host) {
        this.host = host;
    }

    /**
     * Reads those for a guest that is started.
     *
     * @param host the environment that values may come from
     * @throws UserError if one is no good
     */
    public static EnvironmentVariables forRun(
            List<String> words, List<Path> files, Map<String, String> host) {
        return new EnvironmentReader(host::get).read(words, files);
    }

    /**
     * Reads those for an image, which depends on what is said, and not on who builds it.
     *
     * @throws UserError if one is no good, or has no value
     */
    public static EnvironmentVariables forBuild(List<String> words, List<Path> files) {
        return new EnvironmentReader(EnvironmentReader::refuse).read(words, files);
    }

    private static String refuse(String name) {
        throw new UserError(
                ("environment: %s has no value: write %s=VALUE, since an image takes none from the"
                                + " environment of who builds it")
                        .formatted(name, name));
    }

    /** Words count more than files, and the last one of a name. */
    private EnvironmentVariables read(List<String> words, List<Path> files) {
        for (Path file : files) {
            int number = 0;
            for (String line : text(file).split("\r?\n", -1)) {
                number++;
                String rest = line.stripLeading();
                if (!rest.isEmpty() && !rest.startsWith("#")) {
                    readLine(rest, file + ", line " + number);
                }
            }
        }
        words.forEach(word -> add(word, WORD));
        return new EnvironmentVariables(variables);
    }

    private void readLine(String line, String place) {
        String name = name(line);
        if (name.chars().anyMatch(Character::isWhitespace)) {
            throw new UserError(
                    "%s: \"%s\" is no variable's name: it has blanks in it"
                            .formatted(place, name.strip()));
        }
        add(line, place);
    }

    private void add(String text, String place) {
        String name = name(text);
        if (name.isEmpty()) {
            throw new UserError(
                    place + ": there is no name before the equals sign: write NAME=VALUE");
        }
        String value = name.equals(text) ? host.apply(name) : text.substring(name.length() + 1);
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
    }

    private static String name(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    private static String text(Path file) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError("--env-file %s is not UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UserError("cannot read --env-file %s: %s".formatted(file, e), e);
        }
    }
}
