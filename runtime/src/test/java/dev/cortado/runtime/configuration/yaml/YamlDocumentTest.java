package dev.cortado.runtime.configuration.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlDocumentTest {
    private static YamlNode parse(String text) throws ConfigurationException {
        return YamlDocument.parse(text, "document");
    }

    private static String problem(String text) {
        return assertThrows(ConfigurationException.class, () -> parse(text)).getMessage();
    }

    @Test
    void aTreeOfTexts() throws ConfigurationException {
        YamlNode root =
                parse(
                        "a: 1\n"
                                + "b:\n"
                                + "- x\n"
                                + "- 'null'\n"
                                + "- ~\n"
                                + "c: {d: yes, e: \"f\"}\n"
                                + "g: |\n"
                                + "  two\n"
                                + "  lines\n");
        assertEquals("1", root.textOf("a"));
        List<YamlNode> items = root.get("b").items();
        assertEquals("null", items.get(1).text());
        assertEquals("", items.get(2).text());
        assertTrue(items.get(2).isNull());
        assertTrue(root.get("c").isTrue("d"));
        assertEquals("two\nlines\n", root.textOf("g"));
        assertNull(root.get("h"));
        assertEquals("document, line 4", items.get(1).place());
    }

    @Test
    void jsonIsYaml() throws ConfigurationException {
        YamlNode root = parse("{\"a\": [1, true, null, \"\\u00fc\\/\"], \"b\": {\"c\": -1.5e3}}");
        assertEquals("\u00fc/", root.get("a").items().get(3).text());
        assertTrue(root.get("a").items().get(2).isNull());
        assertEquals("-1.5e3", root.get("b").textOf("c"));
    }

    @Test
    void aliasesAreWhatTheyStandFor() throws ConfigurationException {
        YamlNode root = parse("a: &x [1, 2]\nb: *x\n");
        assertSame(root.get("a"), root.get("b"));
    }

    @Test
    void nothingIsNull() throws ConfigurationException {
        assertNull(parse(""));
        assertNull(parse("# only a comment\n"));
        assertTrue(parse("---\n...\n").isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1, 2' | document, line 1: ",
                "'a: 1\nb: 2\na: 3' | document, line 3: \"a\" is said twice",
                "'a: &x\n- *x' | document, line 2: *x stands for nothing in front of it",
                "'a: 1\n---\nb: 2' | document, line 2: a second document begins",
                "'a: 1\n\tb: 2' | document, line 2: ",
                "'[a]: b' | document, line 1: is no text",
                "'a: \"\\ud800' | document, line 1: ",
                "'a: \u0001' | document: ",
                "'a: \"\\UFFFFFFFF\"' | document: a character that there is not: ",
                "'a: \"\\U' | document: a character that there is not: ",
            })
    void whatIsNoDocumentIsRefusedWithItsPlace(String text, String message) {
        String problem = problem(text);
        assertTrue(problem.startsWith(message), problem);
        assertEquals(1, problem.lines().count());
    }

    @Test
    void aNodeOfTheWrongKindSaysWhereItIs() throws ConfigurationException {
        YamlNode root = parse("a: 1\nb:\n  - 2\n");
        assertEquals(
                "document, line 3: is no text",
                assertThrows(ConfigurationException.class, () -> root.textOf("b")).getMessage());
        assertThrows(ConfigurationException.class, () -> root.get("a").items());
        assertThrows(ConfigurationException.class, () -> root.get("a").entries());
        assertThrows(ConfigurationException.class, () -> root.isTrue("a"));
    }

    @Test
    void depthNodesAliasesAndSizeAreBounded() {
        assertTrue(problem("[".repeat(100_000)).contains("more than 32 levels"));
        assertTrue(problem("- ".repeat(100_000)).contains("more than 32 levels"));
        assertTrue(problem("a:\n" + "- b\n".repeat(70_000)).contains("more than 65536 nodes"));
        assertTrue(problem("- &x a\n" + "- *x\n".repeat(300)).contains("more than 256 aliases"));
        assertTrue(problem(" ".repeat(Limits.DOCUMENT_BYTES + 1)).contains("characters"));
    }

    /** A document of some lines may stand for millions of nodes. */
    @Test
    void whatAliasesStandForIsCounted() {
        StringBuilder text = new StringBuilder("- &n0 [a, a, a, a]\n");
        for (int i = 1; i < 20; i++) {
            text.append(
                    "- &n%d [*n%d, *n%d, *n%d, *n%d]\n".formatted(i, i - 1, i - 1, i - 1, i - 1));
        }
        assertTrue(problem(text.toString()).contains("more than 65536 nodes"));
    }

    @Test
    void whateverItIsItEnds() {
        Random random = new Random(3);
        String alphabet = "a1:-{}[]&*!|>'\"%@,?# \n\t\\Uxu";
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                parse(text.toString());
            } catch (ConfigurationException e) {
                assertTrue(e.getMessage().startsWith("document"), e.getMessage());
            }
        }
    }
}
