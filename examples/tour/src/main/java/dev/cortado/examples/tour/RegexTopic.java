package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions: groups, look-around, replacement, splitting and bad patterns. */
final class RegexTopic implements Topic {
    private static final Pattern REQUEST =
            Pattern.compile(
                    "(?<method>GET|POST) (?<path>/\\S*) HTTP/(?<major>\\d)\\.(?<minor>\\d)");

    @Override
    public String title() {
        return "Regular expressions";
    }

    @Override
    public void show(PrintStream out) {
        for (String line : List.of("GET /index.html HTTP/1.1", "BREW /pot HTCPCP/1.0")) {
            Matcher matcher = REQUEST.matcher(line);
            out.println(
                    matcher.matches()
                            ? matcher.group("method") + " of " + matcher.group("path")
                            : "not a request: " + line);
        }
        out.println(
                "numbers: "
                        + Pattern.compile("-?\\d+(?:\\.\\d+)?")
                                .matcher("12 cups, 3.5 spoons, -2 degrees")
                                .results()
                                .map(MatchResult::group)
                                .toList());
        out.println("swapped: " + "Joyce, James".replaceAll("(\\w+), (\\w+)", "$2 $1"));
        out.println("repeated: " + "this is is a a test".replaceAll("\\b(\\w+) \\1\\b", "$1"));
        out.println("camel case: " + List.of("parseHttpRequest".split("(?=\\p{Lu})")));
        out.println(
                "upper: "
                        + Pattern.compile("(?i)java")
                                .matcher("Java, JAVA and java")
                                .replaceAll(match -> match.group().length() + match.group()));
        try {
            Pattern.compile("(unclosed");
        } catch (PatternSyntaxException e) {
            out.println("bad pattern: " + e.getDescription() + " at " + e.getIndex());
        }
    }
}
