package dev.cortado.runtime.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.KernelWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentWordsTest {
    private final List<String> problems = new ArrayList<>();

    private Map<String, String> read(String... texts) {
        List<String> words = new ArrayList<>();
        for (String text : texts) {
            byte[] bytes = (KernelWords.ENVIRONMENT + text).getBytes(StandardCharsets.UTF_8);
            words.add(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return EnvironmentWords.read(words, problems::add);
    }

    @Test
    void aValueIsAllBehindTheFirstEqualsSign() {
        assertEquals(
                Map.of("A", "b c", "URL", "http://x/?a=b&c=\"d\"", "EMPTY", "", "ü", "☕"),
                read("A=b c", "URL=http://x/?a=b&c=\"d\"", "EMPTY=", "ü=☕"));
        assertEquals(List.of(), problems);
    }

    @Test
    void theLastOneOfANameCounts() {
        assertEquals(Map.of("A", "2", "a", "3"), read("A=1", "a=3", "A=2"));
    }

    @Test
    void whatIsNoVariableIsSaidWithoutItsValueAndLeftOut() {
        String latin = KernelWords.ENVIRONMENT + "CAF\u00e9=secret";
        Map<String, String> variables = read("NAME", "=secret", "", "B=2");
        variables.putAll(EnvironmentWords.read(List.of(latin), problems::add));
        assertEquals(Map.of("B", "2"), variables);
        assertEquals(
                List.of(
                        "command line: cortado.env=NAME: it has no equals sign behind the name;"
                                + " left out",
                        "command line: cortado.env=: the name is empty; left out",
                        "command line: cortado.env=: it has no equals sign behind the name; left"
                                + " out",
                        "command line: cortado.env=CAF?: it is not UTF-8; left out"),
                problems);
    }

    @Test
    void aValueThatIsNotUtf8IsLeftOut() {
        String half = KernelWords.ENVIRONMENT + "A=\u00e2\u0098";
        assertEquals(Map.of(), EnvironmentWords.read(List.of(half), problems::add));
        assertEquals(List.of("command line: cortado.env=A: it is not UTF-8; left out"), problems);
    }
}
