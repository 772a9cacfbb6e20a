package dev.cortado.image.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line that a guest gets from its boot loader: words with spaces between them. A word
 * with spaces in it stands in double quotes, and there a backslash goes before a double quote and
 * before a backslash.
 */
final class CommandLine {
    private CommandLine() {}

    static String of(List<String> words) {
        return words.stream().map(CommandLine::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        boolean plain =
                !word.isEmpty()
                        && word.chars()
                                .noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\\');
        return plain ? word : "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
